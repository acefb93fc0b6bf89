"""Two rows that are one firm. References stay where they are: reads go by the stored canonical id."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.db import transaction

from wegweiser.companies import queries
from wegweiser.companies.actions import doubts
from wegweiser.companies.events import Event
from wegweiser.companies.models import STRICTEST, Channel, Company, Merge
from wegweiser.kernel import audit, clock
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError

# What a survivor takes over where it is blank; `undo` gives it back.
ADDRESS = ("street", "postcode", "place")
FILLED = (*ADDRESS, "email", "phone", "website", "vat_id", "register_entry")
SHARED = (*FILLED, "channel")


def merge(*, loser: Company, survivor: Company, evidence: Sequence[str] = (), by: Actor) -> Merge:
    """`loser` (and what was merged into it) is the same firm as `survivor`. `evidence` says why, where nobody looked.

    Where the survivor knows no address, number or mail, those of the loser count; the stricter channel of both binds.
    Who merges by hand takes back what was said of them as two firms.
    """
    with transaction.atomic():
        rows = _locked([loser.pk, survivor.pk])
        lost, kept = rows[loser.pk], rows[survivor.pk]
        if (lost.canonical_id or lost.pk) == (kept.canonical_id or kept.pk):
            raise DomainError("same_company_already")
        if lost.canonical_id is not None:
            raise DomainError("merged_already", field="loser")
        root = rows[kept.canonical_id or kept.pk]
        if not evidence:
            doubts.are_one(one=lost, other=kept, by=by)
        made = Merge(loser=lost, survivor=kept, by=str(by), evidence=list(evidence))
        changed = _take(made, root, lost)
        made.save()
        if changed:
            root.save(update_fields=changed)
            audit.record(Event.COMPANY_COMPLETED, by=by, subject=root, changed=changed)
        _recompute({lost.pk, root.pk})
        audit.record(
            Event.COMPANIES_MERGED, by=by, subject=made, references={"loser": lost.uuid, "survivor": kept.uuid}
        )
    for company in (loser, survivor):
        company.refresh_from_db(fields=["canonical"])
    return made


def _take(merge: Merge, root: Company, loser: Company, without: frozenset[str] = frozenset()) -> list[str]:
    """`root` takes over what it has no value for, and a stricter channel; not what is named in `without`. Unsaved.

    An address is taken as a whole. Tells which fields changed.
    """
    filled = [field for field in FILLED if getattr(loser, field) and not getattr(root, field)]
    here = [field for field in ADDRESS if getattr(root, field)]
    if any(getattr(loser, field) and getattr(loser, field) != getattr(root, field) for field in here):
        filled = [field for field in filled if field not in ADDRESS]
    merge.filled = [field for field in filled if field not in without]
    for field in merge.filled:
        setattr(root, field, getattr(loser, field))
    merge.channel_before = ""
    if "channel" not in without and _strictness(loser.channel) < _strictness(root.channel):
        merge.channel_before, root.channel = root.channel, loser.channel
        return [*merge.filled, "channel"]
    return list(merge.filled)


def _strictness(channel: str) -> int:
    return STRICTEST.index(Channel(channel))


def _give_back(merge: Merge, root: Company, loser: Company) -> None:
    """The reverse of `_take`: what somebody changed at `root` since is its own and stays. Unsaved.

    An address is one thing here as well: if part of it was changed, all of it stays.
    """
    changed = {field for field in FILLED if getattr(loser, field) and getattr(root, field) != getattr(loser, field)}
    if changed.intersection(ADDRESS):
        changed.update(ADDRESS)
    for field in merge.filled:
        if field not in changed:
            setattr(root, field, "")
    if merge.channel_before and root.channel == loser.channel:
        root.channel = merge.channel_before


def _taken_away(root: Company, rows: Mapping[int, Company]) -> frozenset[str]:
    """What somebody blanked, and a channel somebody loosened, at the whole firm: no row brings that back."""
    blank = {field for field in FILLED if not getattr(root, field)}
    if not blank.issuperset(ADDRESS):
        blank -= set(ADDRESS)  # another address kept it out
    if any(_strictness(row.channel) < _strictness(root.channel) for row in rows.values()):
        blank.add("channel")
    return frozenset(blank)


def _redo(undone: Merge, root: Company, rows: Mapping[int, Company]) -> None:
    """Every row of a firm as it were if `undone` had never been: all is given back and, without it, taken again.

    Only so nothing is lost that another row knows as well, and nothing stays that came through the undone one.
    """
    before = {pk: [getattr(row, field) for field in SHARED] for pk, row in rows.items()}
    kept_out = _taken_away(root, rows)
    merges = list(Merge.objects.filter(undone_at=None, loser__in=rows).order_by("id"))
    for merge, at, loser in reversed(list(_played(merges, rows))):
        _give_back(merge, at, loser)
    for merge, at, loser in _played([merge for merge in merges if merge.pk != undone.pk], rows):
        _take(merge, at, loser, without=kept_out if at.pk == root.pk else frozenset())
        merge.save(update_fields=["filled", "channel_before"])
    for pk, row in rows.items():
        changed = [field for field, old in zip(SHARED, before[pk], strict=True) if getattr(row, field) != old]
        if changed:
            row.save(update_fields=changed)


def _played(merges: Iterable[Merge], rows: Mapping[int, Company]) -> Iterator[tuple[Merge, Company, Company]]:
    """Each merge with the firm that its survivor was when its turn came, and its loser."""
    for merge, end in queries.ends(merges):
        yield merge, rows[end], rows[merge.loser_id]


def undo(*, merge: Merge, are_two: bool = True, by: Actor) -> Merge:
    """Give the loser its own life back, with all that hung on it; the others keep what they know without it.

    `are_two`: somebody says so, and nobody is asked again; else the merge had no ground.
    """
    with transaction.atomic():
        rows = _locked([merge.loser_id, merge.survivor_id], whole=True)
        merge.refresh_from_db()
        if merge.undone_at is not None:
            raise DomainError("merge_undone_already")
        root = rows[merge.loser_id].canonical_id or merge.loser_id
        _redo(merge, rows[root], rows)
        merge.undone_at, merge.undone_by = clock.now(), str(by)
        merge.save(update_fields=["undone_at", "undone_by"])
        _recompute({root})
        if are_two:
            doubts.keep_apart(one=merge.loser, other=merge.survivor, by=by)
        audit.record(
            Event.MERGE_UNDONE,
            by=by,
            subject=merge,
            references={"loser": merge.loser.uuid, "survivor": merge.survivor.uuid},
        )
    return merge


def _locked(companies: list[int], *, whole: bool = False) -> dict[int, Company]:
    """The rows and the firms they belong to (`whole`: with every row of these), locked in the order of their ids."""
    while True:
        wanted = _wanted(companies, whole=whole)
        rows = {
            row.pk: row for row in Company.objects.select_for_update(no_key=True).filter(pk__in=wanted).order_by("id")
        }
        if _wanted(companies, whole=whole) == wanted:
            return rows


def _wanted(companies: list[int], *, whole: bool) -> list[int]:
    known = Company.objects.filter(pk__in=companies).values_list("pk", "canonical_id")
    roots = {root or pk for pk, root in known}
    rows = Company.objects.filter(canonical__in=roots).values_list("pk", flat=True) if whole else ()
    return sorted({*companies, *roots, *rows})


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
