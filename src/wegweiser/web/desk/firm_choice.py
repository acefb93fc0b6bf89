"""Which firm it is: one of those known, or none of them."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wegweiser.companies import alike, queries, written_firms
from wegweiser.companies.linkage.row.profiles import Known
from wegweiser.companies.models import Company
from wegweiser.crossings import firms
from wegweiser.enquiries.models import Case, Enquirer
from wegweiser.kernel.sorting import sort_key

OTHER = "other"
MOST = 8  # firms to choose from; who sees more types more of the name


class _FirmsAndOther(forms.models.ModelChoiceIterator):
    def __iter__(self) -> Iterator[tuple[Any, Any]]:
        yield from super().__iter__()
        yield OTHER, self.field.other  # type: ignore[attr-defined]

    def __len__(self) -> int:
        return super().__len__() + 1


class KnownFirm(forms.ModelChoiceField):
    """Firms that are known, and that it is none of them: that has to be chosen, nothing chosen says nothing."""

    iterator = _FirmsAndOther
    speaks_for_itself = True  # no mark beside it: one of the choices is that it is none of them

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


class WhichFirm(forms.Form):
    """The firm behind an enquiry: what is typed into `firm` finds those that are known, to choose from before a new
    one is made. `asked` is the text for which a choice was shown: that it is none of them holds for no other text.
    """

    company = KnownFirm(
        label=_("Diese Betriebe kennen wir schon"),
        other=_("keiner davon, als neuen Betrieb anlegen"),
        widget=forms.RadioSelect,
    )
    asked = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def ask(self, meant: "Meant", text: str) -> None:
        """Offer what `text`, else what the enquirer wrote, may stand for."""
        self.case, self.typed = meant.case, text.strip() or meant.case.firm
        field: Any = self.fields["company"]
        field.queryset = Company.objects.filter(pk__in=meant(self.typed))
        field.label_from_instance, field.empty_label = words_of, None
        if not field.queryset:
            del self.fields["company"]
        if self.is_bound:  # what is shown now belongs to what was typed now
            self.was_asked = self.data.get(self.add_prefix("asked"), self.typed)
            data: Any = self.data
            self.data = data = data.copy()  # keeps lists whole
            data[self.add_prefix("asked")] = self.typed
        self.initial["asked"] = self.typed

    def none_of_them(self) -> bool:
        return chose_other(self) and sort_key(self.was_asked) == sort_key(self.typed)

    def ensure_chosen(self) -> None:
        """Nobody founds a firm anew by accident that is known under this name."""
        if "company" not in self.fields or self.case.enquirer != Enquirer.COMPANY:
            return
        if self.cleaned_data.get("company") or self.none_of_them() or certain(self.typed, self.case):
            return
        if "company" not in self.errors:
            self.add_error("company", _("Bitte wählen Sie den Betrieb."))


class Meant:
    """The known firms that a name or a number may stand for, compared once for each text: a page has several forms."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self._found: dict[str, list[int]] = {}

    def __call__(self, text: str) -> list[int]:
        """Their ids, the likely ones first."""
        if text not in self._found:
            self._found[text] = self._look(text) if text.strip() else []
        return self._found[text]

    def _look(self, text: str) -> list[int]:
        found = [hit.company.pk for hit in alike.likely(_known(text, self.case))]
        name = written_firms.read(text).name
        found += [company.pk for company in queries.search(name, limit=MOST).companies if company.pk not in found]
        return found[:MOST]


def certain(text: str, case: Case) -> Company | None:
    return alike.certain(_known(text, case))


def _known(text: str, case: Case) -> Known:
    return alike.with_contact(Known(name=written_firms.read(text).name), **firms.who_asks(case, text))
