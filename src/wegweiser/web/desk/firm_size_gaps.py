"""Figures that are still missing before the size of a firm stands: asked for one by one, or where they belong."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from wegweiser.companies import queries
from wegweiser.companies.models import Company, Share
from wegweiser.companies.sizes import Determined
from wegweiser.web.desk.access import Desk
from wegweiser.web.desk.forms import DeskForm
from wegweiser.web.ui.numbers import AmountField, NumberField

COMPLETE = "complete"


class CompleteForm(DeskForm):
    """Figures of somebody who is only a name here; `share` says of whom."""

    optional_mark = ""

    share = forms.UUIDField(widget=forms.HiddenInput)
    headcount = NumberField(
        label=gettext_lazy("Seine Beschäftigten"),
        help_text=gettext_lazy("Mit Konzernabschluss die Zahlen daraus. Ruht das Unternehmen: 0."),
        min_value=0,
        max_digits=9,
        decimal_places=1,
    )
    turnover = AmountField(
        label=gettext_lazy("Sein Jahresumsatz in Euro"), required=False, min_value=0, max_digits=15, decimal_places=2
    )
    balance = AmountField(
        label=gettext_lazy("Seine Bilanzsumme in Euro"), required=False, min_value=0, max_digits=15, decimal_places=2
    )


def gaps(found: Determined | None, shares: Iterable[Share], desk: Desk, sent: DeskForm | None) -> dict[str, Any]:
    """A form for each share of the firm without figures, and the other firms at which some are missing.

    `sent`: what was just sent and refused.
    """
    missing = set(found.latest.missing) if found else set()
    own = [row for row in shares if f"share:{row.pk}" in missing]
    others = missing - {f"share:{row.pk}" for row in own}
    named = [int(str(key).removeprefix("share:")) for key in others if isinstance(key, str)]
    firms = [row.company for row in Share.objects.filter(pk__in=named).select_related("company__canonical")]
    firms += Company.objects.filter(pk__in=[key for key in others if isinstance(key, int)])
    roots = {root.pk: root for root in map(queries.root_of, firms)}
    return {
        "blanks": [(row, _form(row, sent)) for row in own],
        "elsewhere": sorted(filter(desk.sees, roots.values()), key=lambda firm: (firm.sort_key, firm.pk)),
    }


def _form(row: Share, sent: DeskForm | None) -> DeskForm:
    if isinstance(sent, CompleteForm) and sent["share"].value() == str(row.uuid):
        return sent
    return CompleteForm(prefix=COMPLETE, initial={"share": row.uuid}, auto_id=f"id_{row.pk}_%s")
