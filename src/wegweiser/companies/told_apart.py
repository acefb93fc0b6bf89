"""Which rows are two firms, because somebody knows it. Reads only."""

from django.db.models import Q

from wegweiser.companies.models import Doubt, Share


def pairs(firm: int | None = None) -> list[tuple[int, int]]:
    """Pairs of rows, by their keys: those that somebody said are two, and those of which one owns shares of the other.

    With `firm` those of this firm alone. One query.
    """
    said = Doubt.objects.exclude(apart_at=None).order_by()
    owns = Share.objects.filter(withdrawn_at=None).exclude(other=None).order_by()
    if firm is not None:
        said = said.filter(_either("one", firm) | _either("other", firm))
        owns = owns.filter(_either("company", firm) | _either("other", firm))
    return list(said.values_list("one_id", "other_id").union(owns.values_list("company_id", "other_id")))


def _either(side: str, firm: int) -> Q:
    return Q(**{side: firm}) | Q(**{f"{side}__canonical": firm})
