"""Two rows that are one firm. References stay where they are: reads go by the stored canonical id."""

from collections.abc import Sequence

from django.db import transaction

from wegweiser.companies import queries
from wegweiser.companies.actions import doubts
from wegweiser.companies.events import Event
from wegweiser.companies.models import Company, Merge
from wegweiser.kernel import audit, clock
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError

# What a survivor takes over where it is blank; `undo` gives it back.
FILLED = ("street", "postcode", "place", "email", "phone", "website", "vat_id", "register_entry")


def merge(*, loser: Company, survivor: Company, evidence: Sequence[str] = (), by: Actor) -> Merge:
    """`loser` (and what was merged into it) is the same firm as `survivor`. `evidence` says why, where nobody looked.

    Where the survivor knows no address, number or mail, those of the loser count.
    """
    with transaction.atomic():
        rows = _locked([loser.pk, survivor.pk])
        lost, kept = rows[loser.pk], rows[survivor.pk]
        if (lost.canonical_id or lost.pk) == (kept.canonical_id or kept.pk):
            raise DomainError("same_company_already")
        if lost.canonical_id is not None:
            raise DomainError("merged_already", field="loser")
        root = rows[kept.canonical_id or kept.pk]
        filled = fill(survivor=root, loser=lost, by=by)
        made = Merge.objects.create(loser=lost, survivor=kept, by=str(by), evidence=list(evidence), filled=filled)
        _recompute({lost.pk, root.pk})
        audit.record(
            Event.COMPANIES_MERGED, by=by, subject=made, references={"loser": lost.uuid, "survivor": kept.uuid}
        )
    for company in (loser, survivor):
        company.refresh_from_db(fields=["canonical"])
    return made


def fill(*, survivor: Company, loser: Company, by: Actor) -> list[str]:
    """Take over what `survivor` has no value for, and tell which fields. An address is taken as a whole."""
    changed = [field for field in FILLED if getattr(loser, field) and not getattr(survivor, field)]
    address = {"street", "postcode", "place"}
    here = [field for field in address if getattr(survivor, field)]
    if any(getattr(loser, field) and getattr(loser, field) != getattr(survivor, field) for field in here):
        changed = [field for field in changed if field not in address]
    for field in changed:
        setattr(survivor, field, getattr(loser, field))
    if changed:
        survivor.save(update_fields=changed)
        audit.record(Event.COMPANY_COMPLETED, by=by, subject=survivor, changed=changed)
    return changed


def _give_back(merge: Merge, root: Company) -> None:
    """Blank again what came from the loser and was not changed since."""
    given = [field for field in merge.filled if getattr(root, field) == getattr(merge.loser, field)]
    for field in given:
        setattr(root, field, "")
    if given:
        root.save(update_fields=given)


def undo(*, merge: Merge, by: Actor) -> Merge:
    """Give the loser its own life back, with all that hung on it."""
    with transaction.atomic():
        rows = _locked([merge.loser_id, merge.survivor_id])
        merge.refresh_from_db()
        if merge.undone_at is not None:
            raise DomainError("merge_undone_already")
        root = rows[merge.loser_id].canonical_id or merge.loser_id
        merge.undone_at, merge.undone_by = clock.now(), str(by)
        merge.save(update_fields=["undone_at", "undone_by"])
        _give_back(merge, rows[root])
        _recompute({root})
        doubts.keep_apart(one=merge.loser, other=merge.survivor, by=by)
        audit.record(
            Event.MERGE_UNDONE,
            by=by,
            subject=merge,
            references={"loser": merge.loser.uuid, "survivor": merge.survivor.uuid},
        )
    return merge


def _locked(companies: list[int]) -> dict[int, Company]:
    """The rows, read after they and the firms they belong to are locked in the order of their ids."""
    while True:
        known = Company.objects.filter(pk__in=companies).values_list("pk", "canonical_id")
        roots = {root or pk for pk, root in known}
        wanted = sorted({*companies, *roots})
        rows = {
            row.pk: row for row in Company.objects.select_for_update(no_key=True).filter(pk__in=wanted).order_by("id")
        }
        if {rows[pk].canonical_id or pk for pk in companies} == roots:
            return rows


def _recompute(roots: set[int]) -> None:
    """Store the canonical id anew for every company of these firms, from the merges that stand."""
    members = set(roots)
    for root in roots:
        members |= set(queries.same_firm(Company(pk=root)).values_list("pk", flat=True))
    links = dict(Merge.objects.filter(undone_at=None, loser__in=members).values_list("loser_id", "survivor_id"))
    ends = queries.followed(links)
    for company in Company.objects.filter(pk__in=members):
        end = ends.get(company.pk)
        if company.canonical_id != end:
            Company.objects.filter(pk=company.pk).update(canonical=end)
