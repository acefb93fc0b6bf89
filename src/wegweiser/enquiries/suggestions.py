"""Reads about suggestions: what matching said of each enquiry, beside what became of it."""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from wegweiser.catalogue.models import HERE, Entry
from wegweiser.consortium.models import Partner, PartnerRole
from wegweiser.enquiries.events import Event
from wegweiser.enquiries.models import Case, Change, Contribution, Matter, Outcome, State
from wegweiser.enquiries.quality import Gap, Routed
from wegweiser.enquiries.queries import TALKS
from wegweiser.enquiries.teaching import CONFIRMED, TEACHING
from wegweiser.kernel import clock
from wegweiser.kernel.models import AuditEvent

SAID: dict[str, Gap] = {Outcome.REFERRED: Gap.REFERRED, Outcome.NOTHING_OF_OURS: Gap.NO_OFFER}
NOBODY_HELPED = frozenset({Outcome.NOT_ELIGIBLE, Outcome.NO_ANSWER, Outcome.DUPLICATE})
TELLING = frozenset({Contribution.Kind.MAIL_OUT, *TALKS})  # by which an enquirer is answered


class _Owners:
    """Which partner answers for a topic, or else leads, on a day. Read once."""

    def __init__(self) -> None:
        kinds = (PartnerRole.Kind.TOPIC, PartnerRole.Kind.LEAD)
        rows = PartnerRole.objects.filter(kind__in=kinds).order_by("-valid_from", "-id")
        self._rows = list(rows.values_list("kind", "topic__slug", "partner_id", "valid_from", "valid_to"))

    def of(self, topic: str, day: dt.date) -> int | None:
        held = [
            (kind, slug, partner)
            for kind, slug, partner, start, end in self._rows
            if start <= day and (end is None or end >= day)
        ]
        own = (partner for kind, slug, partner in held if kind == PartnerRole.Kind.TOPIC and slug == topic)
        leads = (partner for kind, _slug, partner in held if kind == PartnerRole.Kind.LEAD)
        return next(own, None) or next(leads, None)


def routed(*, start: dt.date, end: dt.date) -> list[Routed]:
    """Every enquiry for which matching was asked, that came in from `start` to `end`, in four statements."""
    fields = ("uuid", "reference", "recorded_at", "suggested", "topic__slug", "partner_id", "state", "outcome")
    came = Case.objects.filter(
        recorded_at__gte=clock.at(start),
        recorded_at__lt=clock.at(end + dt.timedelta(days=1)),
        matter=Matter.ENQUIRY,
        enquirer__in=TEACHING,
    ).exclude(Q(suggested={}) | Q(outcome=Outcome.SPAM))
    # A copy from one's own mailbox has answered where the case changed by it; one to somebody else is no answer.
    said = Exists(Change.objects.filter(case=OuterRef("pk"), verb="answer"))
    rows = list(came.order_by("id").annotate(told=said).values(*fields, "text", "language", "told"))
    attached: dict[UUID, set[str]] = {}
    told: set[UUID] = set()
    for case, kind, offers in Contribution.objects.filter(case__in=came).values_list("case__uuid", "kind", "offers"):
        attached.setdefault(case, set()).update(offers)
        told |= {case} if kind in TELLING else set()
    uuids = _uuids({_key(offer) for row in rows for offer in row["suggested"].get("offers", [])})
    owners = _Owners()
    return [
        _routed(row | {"told": row["told"] or row["uuid"] in told}, attached.get(row["uuid"], set()), uuids, owners)
        for row in rows
    ]


def _routed(row: dict[str, Any], attached: set[str], uuids: dict[tuple[str, str], str], owners: _Owners) -> Routed:
    answered = _answered(row["state"], row["outcome"], told=row["told"])
    said = row["suggested"]
    received = clock.local(row["recorded_at"]).date()
    in_scope = said.get("in_scope", bool(said.get("topics")))
    topic = said["topics"][0].get("slug", "") if in_scope and said.get("topics") else ""
    offered = [uuids[key] for offer in said.get("offers", []) if (key := _key(offer)) in uuids]
    return Routed(
        case=row["uuid"],
        reference=row["reference"],
        received=received,
        suggested_topic=topic,
        suggested_partner=owners.of(topic, received) if topic and not _judges_nothing(row) else None,
        suggested_offers=frozenset(offered if in_scope else ()),
        topic=row["topic__slug"] or "",
        partner=row["partner_id"],
        confirmed=row["state"] in CONFIRMED and row["outcome"] != Outcome.DUPLICATE,
        answered=answered,
        attached=frozenset(attached),
        gap=_gap(row["outcome"], in_scope=in_scope, answered=answered, attached=bool(attached)),
        text=row["text"],
        language=row["language"],
    )


def _judges_nothing(row: dict[str, Any]) -> bool:
    """Whether the partner tells nothing of the matching: an earlier case led there, or it was put to another case."""
    return "routed_by" in row["suggested"] or row["outcome"] == Outcome.DUPLICATE


def _answered(state: str, outcome: str, *, told: bool) -> bool:
    """Whether whoever asked got an answer or help; `told`: by a mail of ours, a talk or a visit."""
    if state == State.CLOSED:
        return outcome == Outcome.HELPED or (told and outcome not in NOBODY_HELPED)
    return state == State.ANSWERED


def _gap(outcome: str, *, in_scope: bool, answered: bool, attached: bool) -> Gap | None:
    """Why nothing of ours fitted; None where something did, be it only later, or where one cannot tell.

    That matching suggested offers tells nothing: inside our field it always does.
    """
    if outcome in SAID:
        return SAID[outcome]
    if attached:
        return None
    if not in_scope:
        return Gap.OUT_OF_SCOPE
    return Gap.WITHOUT_OFFER if answered else None


def _key(offer: dict[str, str]) -> tuple[str, str]:
    return offer.get("kind", ""), offer.get("slug", "")


def _uuids(keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    rows = Entry.objects.filter(origin=HERE, slug__in={slug for _kind, slug in keys})
    return {(kind, slug): str(uuid) for kind, slug, uuid in rows.values_list("kind", "slug", "uuid")}


def moves(*, start: dt.date, end: dt.date) -> list[tuple[int, int]]:
    """From which partner to which other each hand-over went, of the enquiries that came in from `start` to `end`."""
    came = Case.objects.filter(recorded_at__gte=clock.at(start), recorded_at__lt=clock.at(end + dt.timedelta(days=1)))
    rows = AuditEvent.objects.filter(
        event=Event.HANDED_OVER, subject_kind=Case._meta.label_lower, subject_uuid__in=came.values("uuid")
    )
    numbers = {str(uuid): pk for uuid, pk in Partner.objects.values_list("uuid", "pk")}
    found = rows.order_by("id").values_list("references", flat=True)
    moved = (row for row in found if row["from"] != row["to"] and {row["from"], row["to"]} <= set(numbers))
    return [(numbers[row["from"]], numbers[row["to"]]) for row in moved]
