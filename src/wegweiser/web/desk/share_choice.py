"""Which known firm holds a share or is held: chosen by somebody, never by its name alone."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from wegweiser.companies import alike, queries
from wegweiser.companies.linkage.row.profiles import Known
from wegweiser.companies.models import Company, Share
from wegweiser.kernel.sorting import sort_key
from wegweiser.web.desk import firm_choice
from wegweiser.web.desk.forms import DeskForm

FIRMS = frozenset({Share.Kind.ENTERPRISE, Share.Kind.EXEMPT})  # people and public bodies are no firms that we know


class WhichOther(DeskForm):
    """The other side of a share: what is typed into `name` finds firms to choose from. `asked` is the name for which a
    choice was shown: that it is none of them holds for no other name.
    """

    company = firm_choice.KnownFirm(
        label=_("Diese Betriebe kennen wir schon"),
        other=_("keiner davon: Es gilt, was unten steht"),
        widget=forms.RadioSelect,
    )
    asked = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            del self.fields["company"]

    def ask(self, company: Company) -> None:
        """Offer the firms that `name` may stand for; never `company` itself, whose owner often has its very name."""
        name = str(self["name"].value() or "").strip()
        found = self._known(name, company) if self["kind"].value() in FIRMS and name else []
        field: Any = self.fields["company"]
        field.queryset = Company.objects.filter(pk__in=found)
        field.label_from_instance, field.empty_label = firm_choice.words_of, None
        self.was_asked = str(self["asked"].value() or "")
        data: Any = self.data
        self.data = data = data.copy()
        data[self.add_prefix("asked")] = name
        if not found:
            del self.fields["company"]
        self.order_fields(["submission", "name", "company"])

    def _known(self, name: str, company: Company) -> list[int]:
        own = set(queries.same_firm(company).values_list("pk", flat=True))
        hits = [hit.company.pk for hit in alike.likely(Known(name=name), besides=company)]
        hits += [row.pk for row in queries.search(name, limit=firm_choice.MOST).companies]
        return [pk for pk in dict.fromkeys(hits) if pk not in own][: firm_choice.MOST]

    def clean(self) -> dict[str, Any]:
        """The firm that was chosen as `other`; None where it is none of the known ones."""
        said = super().clean() or {}
        said.pop("asked", None)
        said["other"] = said.pop("company", None)
        if "company" in self.fields and "company" not in self.errors:
            is_same = sort_key(self.was_asked) == sort_key(said.get("name", ""))
            if not said["other"] and not (is_same and firm_choice.chose_other(self)):
                self.add_error("company", _now("Bitte wählen Sie den Betrieb."))
        return said
