"""Firms that a list of past contacts founded, and that nothing else in the house knows. Reads only."""

from typing import Any

from django.db.models import ForeignObjectRel, QuerySet

from wegweiser.companies.events import Event
from wegweiser.companies.models import Company, Doubt
from wegweiser.journey.history.lists import SOURCE
from wegweiser.journey.models import ContactList, ContactRow, Step
from wegweiser.kernel import audit


def known_from_it_alone(source: ContactList) -> list[Company]:
    """Those of the firms that `source` founded for which nothing stands: no step but of lists that were taken back, no
    row of another list, and nothing that somebody said or changed."""
    rows = ContactRow.objects.filter(source=source, is_founder=True).order_by()
    firms = Company.objects.filter(pk__in=rows.values("company"), restricted_at=None, canonical=None)
    used = _in_use(firms, source)
    return [firm for firm in firms.order_by("pk") if firm.pk not in used and _is_untouched(firm)]


def _in_use(firms: QuerySet[Company], source: ContactList) -> set[int | None]:
    here = firms.order_by().values("pk")
    steps = Step.objects.filter(company__in=here, reverses=None)
    rows = ContactRow.objects.filter(company__in=here, undone_at=None).exclude(source=source)
    standing = (steps.exclude(source_kind=SOURCE), steps.filter(reversed_by=None), rows)
    found: set[int | None] = {pk for some in standing for pk in some.values_list("company", flat=True)}
    for link in Company._meta.get_fields(include_hidden=True):
        model: Any = link.related_model
        if isinstance(link, ForeignObjectRel) and model not in {Step, ContactRow, Doubt}:
            name = link.field.name
            found |= set(model.objects.filter(**{f"{name}__in": here}).order_by().values_list(name, flat=True))
    return found


def _is_untouched(firm: Company) -> bool:
    """Whether nobody changed what the list told of it; it may have come back with the list."""
    last = audit.last(firm)
    came_back = last is not None and last.event == Event.COMPANY_COMPLETED and "restricted_at" in last.changed
    return came_back or (last is not None and last.event == Event.COMPANY_CREATED)
