"""What of the house hangs on the row of a firm, told by the links of all tables. Reads only."""

from typing import Any

from django.db.models import ForeignObjectRel, Model

from wegweiser.companies.models import Company, ContactEntry, Doubt, Fact, ListRow, Merge, Position


def is_in_use(company: Company) -> bool:
    """Whether more hangs on the row than what is said of the firm itself: cases, steps, promises, merges, aid."""
    own = {"facts", "positions", "contact_entries"}
    rows = [(link.related_model, link.field.name) for link in _links() if link.related_name not in own]
    return any(model.objects.filter(**{field: company}).exists() for model, field in rows)


def served() -> set[int]:
    """Primary keys of all rows that the house works with: an access, a case, a step, a plan hang on them, anything but
    what a list of firms brings."""
    of_lists: set[type[Model]] = {Company, Fact, Position, ContactEntry, ListRow, Merge, Doubt}
    rows = [
        link.related_model.objects.order_by().exclude(**{link.field.name: None}).values_list(link.field.attname)
        for link in _links()
        if link.related_model not in of_lists
    ]
    return {pk for (pk,) in rows[0].union(*rows[1:])}


def _links() -> list[Any]:
    """The fields of other tables that point to a company."""
    return [link for link in Company._meta.get_fields(include_hidden=True) if isinstance(link, ForeignObjectRel)]
