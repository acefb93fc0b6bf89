"""Working on an offer: write, publish, take back, withdraw. Nothing is public before it is published.

Every write names the `seen` stamp of what its writer read: where somebody else wrote since, it is refused and nothing
is lost. All writes wait for each other at the catalogue's one lock, which publishing takes anyway.
"""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from wegweiser.catalogue import content as contents
from wegweiser.catalogue import drafts, placing, slugs
from wegweiser.catalogue.actions import entries
from wegweiser.catalogue.drafts import Work
from wegweiser.catalogue.events import Event
from wegweiser.catalogue.fields import CREATED, sides
from wegweiser.catalogue.models import DRAFTING, Draft, Entry, Kind, Published
from wegweiser.consortium.actions import topics
from wegweiser.consortium.models import Member, Partner, Topic
from wegweiser.files.models import Picture
from wegweiser.kernel import audit, clock, translations
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.translated import Translated

MOST_TEXT = 20_000  # signs in one text
_FORMS = UUID("5f0c1d6a-0a4e-4b52-9d0e-6f1f0f7f8a31")  # the namespace of forms for something new
SEVERAL = ("title", "summary", "text", "target_group", "everyday_words")


def create(
    *,
    kind: str,
    content: Mapping[str, Any],
    slug: str = "",
    submission: UUID,
    is_template: bool = False,
    by: Actor,
) -> Draft:
    """A new draft, or a template for others. The same form sent twice by the same writer finds the first one."""
    if kind not in CREATED:
        raise DomainError("kind_unknown")
    content = placing.followed(kind, content)
    _check(content, is_event=kind == Kind.EVENT)
    with transaction.atomic():
        entries.hold(by=by)
        uuid = _of_form(submission, by)
        if known := Draft.objects.filter(uuid=uuid).first():
            return known
        title = content["title"]["de"]
        own = slugs.slug(f"vorlage {title}" if is_template else title)  # a template leaves the address to its copies
        chosen = slug or slugs.free(own, lambda wanted: drafts.is_taken(kind, wanted))
        if drafts.is_taken(kind, chosen):
            raise DomainError("slug_taken", field="slug")
        draft = Draft(uuid=uuid, kind=kind, slug=chosen, is_template=is_template)
        _write(draft, content, by)
        audit.record(Event.DRAFT_SAVED, by=by, subject=draft)
    return draft


def write(
    *,
    uuid: UUID,
    seen: str,
    content: Mapping[str, Any],
    slug: str = "",
    confirmed: Collection[str] = (),
    by: Actor,
) -> Draft:
    """Keep what was written. `confirmed` are fields whose English still says the same as the German.

    Raises DomainError: changed_meanwhile, slug_taken, transition_not_allowed.
    """
    with transaction.atomic():
        found = _open(uuid, seen, by)
        content = placing.followed(found.kind, content, found.content)
        _check(content, is_event=found.kind == Kind.EVENT)
        wanted = slug or found.slug
        if found.kind == Kind.TOPIC and wanted != found.slug:
            raise DomainError("slug_fixed", field="slug")
        if drafts.is_taken(found.kind, wanted, but=found):
            raise DomainError("slug_taken", field="slug")
        outdated = translations.outdated(
            sides(found.kind, found.content),
            sides(found.kind, content),
            marked=found.outdated,
            confirmed=confirmed,
        )
        changed = [name for name, value in content.items() if found.content.get(name) != value]
        if not changed and wanted == found.slug and outdated == list(found.outdated) and found.draft:
            return found.draft
        draft = _adopted(found, by)
        verb = "change" if found.is_public else "write"
        if changed or wanted != found.slug:
            draft.state = DRAFTING.target(state=found.state, verb=verb)
        draft.slug, draft.outdated = wanted, outdated
        _write(draft, content, by)
        audit.record(Event.DRAFT_SAVED, by=by, subject=draft, changed=changed)
    return draft


def say(*, draft: Draft, facts: Mapping[str, Any], by: Actor) -> Draft:
    """Let an offer say what its duty knows better than its editors, such as how one takes part.

    It is no edit: what somebody writes meanwhile and has not published stays unpublished.
    """
    with transaction.atomic():
        entries.hold(by=by)
        draft = Draft.objects.select_related("entry").get(pk=draft.pk)
        told = {**draft.content, **facts}
        if told != draft.content:
            draft.content = told
            draft.save(update_fields=["content"])
        if draft.entry is not None and draft.entry.withdrawn_at is None:
            entries.say_facts(entry=draft.entry, facts=facts, by=by)
    return draft


def adopt(*, uuid: UUID, by: Actor) -> Draft:
    """The draft of an offer, also of one that nobody edited yet: a duty hangs on it what only the duty knows.

    Raises DomainError("offer_unknown").
    """
    with transaction.atomic():
        entries.hold(by=by)
        found = drafts.work(uuid)
        if found is None:
            raise DomainError("offer_unknown")
        return _adopted(found, by)


def set_picture(*, uuid: UUID, seen: str, picture: Picture | None, by: Actor) -> Draft:
    """Show `picture` with the offer, or none."""
    with transaction.atomic():
        found = _open(uuid, seen, by)
        return write(
            uuid=uuid,
            seen=seen,
            content={**found.content, "picture": str(picture.uuid) if picture else ""},
            confirmed=(),
            by=by,
        )


def publish(*, uuid: UUID, seen: str, by: Actor) -> Entry:
    """Make the offer public as it is written.

    Raises DomainError: not_ready where something is missing (`catalogue.readiness`), template_stays_inside.
    """
    with transaction.atomic():
        found = _open(uuid, seen, by)
        if found.draft and found.draft.is_template:
            raise DomainError("template_stays_inside")
        if not found.readiness.ready:
            raise DomainError("not_ready", ", ".join(finding.code for finding in found.readiness.missing))
        draft = _adopted(found, by)
        draft.state = DRAFTING.target(state=found.state, verb="publish")
        if drafts.is_taken(found.kind, found.slug, but=found):
            raise DomainError("slug_taken", field="slug")
        if found.entry and found.entry.slug != found.slug:
            entries.rename(entry=found.entry, slug=found.slug, by=by)
        content = placing.followed(found.kind, found.content)
        entry = entries.publish(offer=contents.offer(found.kind, found.slug, content), by=by)
        if found.kind == Kind.TOPIC:
            _describe_topic(entry, by)
        draft.entry = entry
        _write(draft, content, by)
        _keep(draft, by)
    return entry


def withdraw(*, uuid: UUID, seen: str, by: Actor) -> Draft:
    """Take the offer off the site; its address says so, and what was written stays."""
    with transaction.atomic():
        found = _open(uuid, seen, by)
        if found.kind == Kind.TOPIC:
            raise DomainError("transition_not_allowed", "A topic ends with the role of its partner.")
        target = DRAFTING.target(state=found.state, verb="withdraw")
        draft = _adopted(found, by)
        entry = draft.entry
        if entry is None:
            raise DomainError("transition_not_allowed")
        draft.state = target
        entries.withdraw(kind=entry.kind, slug=entry.slug, by=by)
        _write(draft, found.content, by)
    return draft


def discard(*, uuid: UUID, seen: str, by: Actor) -> Draft:
    """Give up what was changed since the offer was published."""
    with transaction.atomic():
        found = _open(uuid, seen, by)
        target = DRAFTING.target(state=found.state, verb="discard")
        draft = _adopted(found, by)
        if draft.entry is None:
            raise DomainError("transition_not_allowed")
        draft.state, draft.slug, draft.outdated = target, draft.entry.slug, []
        _write(draft, contents.of_entry(draft.entry), by)
        audit.record(Event.DRAFT_DISCARDED, by=by, subject=draft)
    return draft


def drop(*, uuid: UUID, seen: str, by: Actor) -> None:
    """Throw away a draft that was never public."""
    with transaction.atomic():
        found = _open(uuid, seen, by)
        if found.draft is None or found.entry is not None:
            raise DomainError("transition_not_allowed", "What was public once is withdrawn, not thrown away.")
        audit.record(Event.DRAFT_DROPPED, by=by, subject=found.draft)
        found.draft.delete()


def restore(*, uuid: UUID, number: int, seen: str, by: Actor) -> Draft:
    """Write again what was published as `number`; it becomes public when it is published.

    Who answers for the offer stays as it is today: a version of earlier days may name another partner, and bringing it
    back would give the offer away, past all rights.
    """
    with transaction.atomic():
        found = _open(uuid, seen, by)
        version = Published.objects.filter(draft=found.draft, number=number).first()
        if version is None:
            raise DomainError("version_unknown")
        today = {name: found.content[name] for name in ("partner", "contact")}
        draft = write(uuid=uuid, seen=seen, content={**version.content, **today}, by=by)
        audit.record(Event.DRAFT_RESTORED, by=by, subject=draft, references={"published": version.uuid})
    return draft


def _of_form(submission: UUID, by: Actor) -> UUID:
    """The id of the draft that this writer's form makes. What a form sends is not trusted: taken as it is, it could be
    the id of an offer that belongs to others, and stand in its way."""
    return uuid5(_FORMS, f"{by}/{submission}")


def _open(uuid: UUID, seen: str, by: Actor) -> Work:
    """What is worked on, under the lock. Raises DomainError("changed_meanwhile")."""
    entries.hold(by=by)
    found = drafts.work(uuid)
    if found is None:
        raise DomainError("offer_unknown")
    if found.stamp != seen:
        raise DomainError("changed_meanwhile")
    return found


def _adopted(found: Work, by: Actor) -> Draft:
    """The draft of an offer; an entry that nobody edited yet gets one, and what it shows is kept as its first state."""
    if found.draft:
        return found.draft
    assert found.entry is not None  # noqa: S101 - a work without a draft is an entry
    # A draft that chose this address before the entry came has to make room.
    for other in Draft.objects.filter(kind=found.kind, slug=found.slug, entry=None):
        other.slug = slugs.free(found.slug, lambda wanted: drafts.is_taken(found.kind, wanted))
        other.version += 1
        other.save(update_fields=["slug", "version"])
    draft = Draft(uuid=found.uuid, kind=found.kind, slug=found.slug, state=found.state, entry=found.entry, version=0)
    _write(draft, found.content, by)
    _keep(draft, by)
    return draft


def _write(draft: Draft, content: Mapping[str, Any], by: Actor) -> None:
    """Store `content` and the columns that lists read."""
    draft.content = dict(content)
    draft.title = Translated(content["title"])
    draft.partner = Partner.objects.filter(key=content["partner"]).first() if content["partner"] else None
    draft.contact = Member.objects.filter(slug=content["contact"]).first() if content["contact"] else None
    draft.topic = Topic.objects.filter(key__in=content["topics"][:1]).first()
    draft.starts_at = contents.moment(content["starts_at"])
    draft.ends_at = contents.moment(content["ends_at"])
    draft.lacks_english = bool(translations.missing(sides(draft.kind, content)))
    draft.changed_at, draft.changed_by = clock.now(), str(by)
    if draft.pk:
        draft.version += 1
    draft.save()


def _keep(draft: Draft, by: Actor) -> None:
    last = draft.published.order_by("-number").first()
    number = last.number + 1 if last else 1
    Published.objects.create(draft=draft, number=number, slug=draft.slug, content=draft.content, by=str(by))


def _describe_topic(entry: Entry, by: Actor) -> None:
    """The page of a topic shows the topic's own words."""
    topic = Topic.objects.filter(slug=entry.slug).first()
    if topic:
        topics.describe(topic=topic, title=Translated(entry.title), summary=Translated(entry.summary), by=by)


def _check(content: Mapping[str, Any], *, is_event: bool) -> None:
    if not content["title"].get("de"):
        raise DomainError("title_missing", field="title_de")
    if any(len(text) > MOST_TEXT for name in SEVERAL for text in content[name].values()):
        raise DomainError("text_too_long")
    starts, ends = contents.moment(content["starts_at"]), contents.moment(content["ends_at"])
    if ends and (ends < starts if starts else is_event):
        raise DomainError("end_before_start", field="ends_time")
