"""Reads of what editors work on: our entries, those nobody touched yet too, and what is not published yet."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from wegweiser.catalogue import content, placing, readiness
from wegweiser.catalogue.fields import KINDS
from wegweiser.catalogue.models import HERE, Draft, DraftState, Entry, EntryTopic, FormerSlug, Kind
from wegweiser.consortium import queries as consortium
from wegweiser.consortium.models import Member, Membership, Partner, Role, Topic
from wegweiser.consortium.rights import Extent, Permission, Rights
from wegweiser.kernel import clock

CONTACT_ROLES = (Role.ADVISER, Role.MANAGEMENT)


@dataclass(frozen=True)
class Work:
    """One offer as editors see it. `stamp` says which state one read; who saves hands it back."""

    uuid: UUID
    kind: str
    slug: str
    state: DraftState
    content: dict[str, Any]
    outdated: tuple[str, ...]
    stamp: str
    partner: Partner | None
    contact: Member | None
    entry: Entry | None
    draft: Draft | None

    @property
    def is_public(self) -> bool:
        return self.state in {DraftState.PUBLISHED, DraftState.CHANGED}

    def within(self, reach: Extent, member: Member | None) -> bool:
        """Whether somebody with this reach may edit it."""
        if self.kind == Kind.TOPIC:
            owner = self._owner()
            return reach.everywhere or (owner is not None and owner.pk in reach.partners)
        at_partner = self.partner is not None and self.partner.pk in reach.partners
        return reach.everywhere or at_partner or (reach.assigned and member is not None and self.contact == member)

    def _owner(self) -> Partner | None:
        """Who answers for the topic today; the entry keeps whoever did when it was published."""
        topic = Topic.objects.filter(slug=self.slug).first()
        return consortium.owner(topic) if topic else None

    @property
    def readiness(self) -> readiness.Readiness:
        gone = self.contact is not None and not present().filter(member=self.contact).exists()
        no_region = placing.lacks_region(self.kind, self.content)
        return readiness.of(self.kind, self.content, self.outdated, contact_gone=gone, no_region=no_region)


def stamp(draft: Draft | None, entry: Entry | None) -> str:
    return f"{draft.version if draft else 0}.{entry.changed if entry else 0}"


def work(uuid: UUID) -> Work | None:
    """The offer of that id, whether somebody edited it before or not."""
    drafts = Draft.objects.select_related("entry__partner", "entry__contact", "partner", "contact")
    draft = drafts.filter(uuid=uuid).first() or drafts.filter(entry__uuid=uuid).first()
    if draft:
        return of_draft(draft)
    entry = _entries().filter(uuid=uuid).first()
    return of_entry(entry) if entry else None


def of_draft(draft: Draft) -> Work:
    """What is published is read from the entry: a duty or the centre's file may have changed it since."""
    entry, state, told = draft.entry, state_of(draft), draft.content
    partner, contact = draft.partner, draft.contact
    if entry and (state == DraftState.PUBLISHED or state != draft.state):
        told, partner, contact = content.of_entry(entry), entry.partner, entry.contact
    return Work(
        uuid=draft.uuid,
        kind=draft.kind,
        slug=draft.slug,
        state=state,
        content=told,
        outdated=tuple(draft.outdated),
        stamp=stamp(draft, entry),
        partner=partner,
        contact=contact,
        entry=entry,
        draft=draft,
    )


def state_of(draft: Draft) -> DraftState:
    """The state as the public sees it: a duty may have withdrawn the entry, or brought it back."""
    state, entry = DraftState(draft.state), draft.entry
    if entry and state in {DraftState.PUBLISHED, DraftState.CHANGED} and entry.withdrawn_at:
        return DraftState.WITHDRAWN
    if entry and state == DraftState.WITHDRAWN and entry.withdrawn_at is None:
        return DraftState.PUBLISHED
    return state


def of_entry(entry: Entry) -> Work:
    return Work(
        uuid=entry.uuid,
        kind=entry.kind,
        slug=entry.slug,
        state=DraftState.WITHDRAWN if entry.withdrawn_at else DraftState.PUBLISHED,
        content=content.of_entry(entry),
        outdated=(),
        stamp=stamp(None, entry),
        partner=entry.partner,
        contact=entry.contact,
        entry=entry,
        draft=None,
    )


def unsaved_entry(found: Work) -> Entry:
    """The entry as it would be published."""
    return content.unsaved_entry(found.kind, found.slug, found.content, found.entry)


def is_taken(kind: str, slug: str, *, but: Work | None = None) -> bool:
    """Whether an address belongs to another offer, or belonged to one once."""
    if but and but.entry and but.entry.slug == slug:
        return False
    drafts, entries = Draft.objects.filter(kind=kind, slug=slug), Entry.objects.filter(origin=HERE)
    former = FormerSlug.objects.filter(kind=kind, slug=slug)
    if but and but.draft:
        drafts = drafts.exclude(pk=but.draft.pk)
    if but and but.entry:
        entries, former = entries.exclude(pk=but.entry.pk), former.exclude(entry=but.entry)
    return drafts.exists() or entries.filter(kind=kind, slug=slug).exists() or former.exists()


def _entries() -> QuerySet[Entry]:
    rows = Entry.objects.filter(origin=HERE, kind__in=list(KINDS)).select_related("partner", "contact", "district")
    first = EntryTopic.objects.select_related("topic")
    return rows.prefetch_related(Prefetch("topic_rows", first), "supporting_partners", "sectors")


def contacts(partners: Collection[int]) -> QuerySet[Member]:
    """Who may be named as the contact for an offer of `partners` today."""
    return Member.objects.filter(pk__in=present().filter(partner__in=partners).values("member"))


def present() -> QuerySet[Membership]:
    """The roles that make somebody a contact today."""
    return Membership.objects.filter(Membership.on(clock.today()), role__in=CONTACT_ROLES)


def reach(kind: str, rights: Rights) -> Extent:
    """How far somebody may edit offers of a kind. The texts of a topic belong to whoever answers for it."""
    return rights.extent(Permission.PROFILE_EDIT if kind == Kind.TOPIC else Permission.ENTRY_EDIT)


def editable(reach: Extent, member: Member | None) -> Q:
    """`Work.within` as a condition for a list of offers; topics are a list of their own."""
    if reach.everywhere:
        return ~Q(kind=Kind.TOPIC)
    own = Q(partner__in=reach.partners) | (Q(contact=member) if member and reach.assigned else Q(pk__in=[]))
    return own & ~Q(kind=Kind.TOPIC)


def editable_topics(reach: Extent) -> Q:
    """`Work.within` as a condition for a list of topics."""
    if reach.everywhere:
        return Q(kind=Kind.TOPIC)
    owned = [topic for topic, partner in consortium.owners().items() if partner.pk in reach.partners]
    slugs = Topic.objects.filter(pk__in=owned).values_list("slug", flat=True)
    return Q(kind=Kind.TOPIC, slug__in=list(slugs))
