"""On the page of a case: what the enquirer writes of their own firm, ready to be entered there by who has read it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wegweiser.consortium.models import District
from wegweiser.crossings import told_of_firms
from wegweiser.enquiries.models import Case
from wegweiser.web.desk.access import Desk
from wegweiser.web.desk.forms import DeskForm


class ToldForm(DeskForm):
    """A field for each thing that was written and is not known at the firm."""

    name = forms.CharField(label=_("Name des Betriebs, ohne Anschrift"), max_length=200, required=False)
    people = forms.IntegerField(label=_("Wie viele arbeiten dort?"), min_value=1, max_value=1_000_000, required=False)
    street = forms.CharField(label=_("Straße und Hausnummer"), max_length=200, required=False)
    postcode = forms.CharField(label=_("Postleitzahl"), max_length=5, required=False)
    place = forms.CharField(label=_("Ort"), max_length=100, required=False)
    district = forms.ModelChoiceField(
        label=_("Landkreis"), queryset=District.objects.all(), required=False, empty_label=_("nicht bekannt")
    )

    optional_mark = ""

    def __init__(self, *args: Any, told: told_of_firms.Told, **kwargs: Any) -> None:
        lacks = {field: value for field in told_of_firms.FIELDS if (value := getattr(told, field))}
        super().__init__(*args, initial=lacks, **kwargs)
        for field in told_of_firms.FIELDS:
            if field not in lacks:
                del self.fields[field]

    def told(self) -> told_of_firms.Told:
        said = {field: value for field, value in self.cleaned_data.items() if field in told_of_firms.FIELDS and value}
        if district := said.get("district"):
            said["district"] = district.ags
        return told_of_firms.Told(**said)


def take(case: Case, form: Any, desk: Desk) -> None:
    told_of_firms.take(case=case, member=desk.member, said=form.told(), by=desk.by)
