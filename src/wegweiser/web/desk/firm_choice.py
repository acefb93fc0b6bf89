"""Which firm it is: one of those known, or none of them."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wegweiser.companies.models import Company

OTHER = "other"


class _FirmsAndOther(forms.models.ModelChoiceIterator):
    def __iter__(self) -> Iterator[tuple[Any, Any]]:
        yield from super().__iter__()
        yield OTHER, self.field.other  # type: ignore[attr-defined]

    def __len__(self) -> int:
        return super().__len__() + 1


class KnownFirm(forms.ModelChoiceField):
    """Firms that are known, and that it is none of them: that has to be chosen, nothing chosen says nothing."""

    iterator = _FirmsAndOther

    def __init__(self, *, other: str | Promise, **kwargs: Any) -> None:
        super().__init__(queryset=Company.objects.none(), required=False, empty_label=_("noch nicht klar"), **kwargs)
        self.other = other

    def to_python(self, value: Any) -> Any:
        return None if value == OTHER else super().to_python(value)


def words_of(company: Company) -> str:
    """A firm among others of its name."""
    return ", ".join(filter(None, [company.name, f"{company.postcode} {company.place}".strip()]))


def chose_other(form: forms.Form) -> bool:
    """Whether somebody looked at the known firms and said that it is none of them."""
    return form.data.get(form.add_prefix("company")) == OTHER
