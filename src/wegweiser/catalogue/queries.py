"""Reads of the catalogue."""

import datetime as dt
from collections.abc import Collection, Iterable

from django.db.models import Max, Q, QuerySet, TextField
from django.db.models.functions import Cast

from wegweiser.catalogue import times
from wegweiser.catalogue.matching import Document
from wegweiser.catalogue.models import HERE, Availability, Entry, Example, FormerSlug, Kind, Published
from wegweiser.consortium import teams
from wegweiser.consortium.models import Member
from wegweiser.kernel.translated import LANGUAGES, Translated

# What an answer may name; news and videos are found by search.
MATCHED_KINDS = (
    Kind.EVENT,
    Kind.DEMONSTRATOR,
    Kind.LIGHTHOUSE_PROJECT,
    Kind.CHECK,
    Kind.TOOL,
    Kind.GUIDE,
    Kind.PROGRAMME,
    Kind.CONTACT,
    Kind.TOPIC,
)
# Not matched, but their pages show what is about the same.
LIKENED_KINDS = (Kind.NEWS, Kind.VIDEO)
GONE = frozenset({Availability.PAST, Availability.CANCELLED})
# Lists among an entry's details that tell what it is about.
POINTS = ("takeaways", "technologies", "lessons_learned")


def shown() -> QuerySet[Entry]:
    """Every entry that is not withdrawn, with what a list shows of it."""
    entries = Entry.objects.filter(withdrawn_at=None).select_related("partner", "contact", "district")
    return entries.prefetch_related("topic_rows__topic")


def entry(kind: str, slug: str, *, origin: str = HERE) -> Entry | None:
    """The entry behind an address, or None."""
    return shown().filter(origin=origin, kind=kind, slug=slug).first()


def named(keys: Iterable[tuple[str, str]]) -> list[Entry]:
    """Ours of these (kind, slug), in that order, without what is withdrawn or not there: two kinds may share a slug."""
    wanted = list(dict.fromkeys(keys))
    rows = Entry.objects.filter(origin=HERE, withdrawn_at=None, slug__in={slug for _kind, slug in wanted})
    rows = rows.prefetch_related("topic_rows__topic")
    found = {(row.kind, row.slug): row for row in rows}
    return [found[key] for key in wanted if key in found]


def keys_of(uuids: Collection[str]) -> dict[str, tuple[str, str]]:
    """(kind, slug) of these entries by their id, as a text."""
    rows = Entry.objects.filter(uuid__in=uuids).values_list("uuid", "kind", "slug")
    return {str(uuid): (kind, slug) for uuid, kind, slug in rows}


def titles_of(uuids: Collection[str]) -> dict[str, Translated]:
    """The titles of these entries by their id, as a text."""
    return {str(uuid): title for uuid, title in Entry.objects.filter(uuid__in=uuids).values_list("uuid", "title")}


def picture_credits() -> list[tuple[str, str]]:
    """Who made the pictures that are shown, each once with its licence, by name."""
    rows = Entry.objects.filter(withdrawn_at=None).exclude(image="").values_list("details__picture", flat=True)
    found = {(row.get("credit", ""), row.get("licence", "")) for row in rows if row}
    return sorted(row for row in found if row[0])


def edited(entries: Collection[int]) -> dict[int, dt.datetime]:
    """When each of these entries was last published at the desk, by its id; those that never were are left out."""
    rows = Published.objects.filter(draft__entry__in=entries).values_list("draft__entry").order_by()
    return dict(rows.annotate(Max("recorded_at")))


def attachable() -> QuerySet[Entry]:
    """What one may send to somebody as an offer: all of ours but topics, persons and what is over; by title."""
    rows = Entry.objects.filter(origin=HERE, withdrawn_at=None).exclude(kind__in=[Kind.TOPIC, Kind.CONTACT])
    return rows.exclude(Q(availability__in=GONE)).exclude(times.over()).order_by("sort_key", "id")


def is_gone(entry: Entry, *, now: dt.datetime | None = None) -> bool:
    """Whether it is over or called off, so that nobody is sent there any more."""
    return entry.availability in GONE or entry.is_over(now=now)


def corpus(*, now: dt.datetime | None = None) -> list[tuple[int, Document]]:
    """What the matching reads: (id of the entry, document) for each entry and each language it has; nothing that is
    over or called off."""
    entries = shown().filter(origin=HERE, kind__in=MATCHED_KINDS).prefetch_related("sectors").order_by("id")
    documents = []
    for row in entries:
        if is_gone(row, now=now):
            continue
        documents += [
            (row.pk, _document(row, language))
            for language in LANGUAGES
            if language in row.title or language in row.summary
        ]
    return documents


def likened() -> list[tuple[int, Document]]:
    """What the matching does not read and is still compared with it: each in German, in which entries are compared."""
    entries = shown().filter(origin=HERE, kind__in=LIKENED_KINDS).prefetch_related("sectors").order_by("id")
    return [(row.pk, _document(row, "de")) for row in entries]


def _document(entry: Entry, language: str) -> Document:
    """`entry` in one language, without the parts that this language lacks. A person is found by their field."""
    is_person = entry.kind == Kind.CONTACT
    parts = [entry.text.get(language, ""), entry.target_group.get(language, "")]
    if language == "de":
        parts += ["; ".join(entry.details.get(name) or []) for name in POINTS]
    return Document(
        key=entry.slug,
        kind=entry.kind,
        topics=tuple(row.topic.slug for row in entry.topic_rows.all()),
        partner=entry.partner.key if entry.partner else "",
        title=_field(entry, language) if is_person else entry.title.text(language),
        summary="" if is_person else entry.summary.text(language),
        text=" ".join(part for part in parts if part),
        everyday_words=entry.everyday_words.get(language, ""),
        sectors=tuple(sector.key for sector in entry.sectors.all()),
        lang=language,
        over_at=end.timestamp() if (end := times.end(entry.starts_at, entry.ends_at)) else None,
    )


def _field(entry: Entry, language: str) -> str:
    """What a person does; where nobody wrote that down, their topics."""
    if entry.summary or entry.text or entry.everyday_words:
        return entry.summary.text(language)
    return ", ".join(row.topic.title.text(language) for row in entry.topic_rows.all())


def naming(member: Member) -> Q:
    """The condition that an entry names `member`: as the one to ask, or as the page about them."""
    return Q(contact=member) | Q(origin=HERE, kind=Kind.CONTACT, slug=member.slug)


def contact_persons() -> QuerySet[Member]:
    """Who is found as a contact person, and who has to be."""
    found = Entry.objects.filter(origin=HERE, kind=Kind.CONTACT, withdrawn_at=None)
    return Member.objects.filter(Q(slug__in=found.values("slug")) | Q(pk__in=teams.public_roles().values("member")))


def drafted_for(member: Member) -> Q:
    """The condition that a draft names `member` as its contact."""
    return Q(contact=member) | Q(content__contact=member.slug)


def renamed(kind: str, slug: str) -> Entry | None:
    """The entry that could once be found at this address and is at another now."""
    row = FormerSlug.objects.filter(kind=kind, slug=slug).select_related("entry").first()
    return row.entry if row else None


def renamed_keys() -> dict[tuple[str, str], tuple[str, str]]:
    """(kind, slug) of now by each that one of ours had before, where nothing else has that one now."""
    rows = FormerSlug.objects.filter(entry__origin=HERE).values_list("kind", "slug", "entry__kind", "entry__slug")
    found = {(kind, slug): (now, new) for kind, slug, now, new in rows}
    taken = Entry.objects.filter(origin=HERE, withdrawn_at=None, slug__in={slug for _kind, slug in found})
    for key in taken.values_list("kind", "slug"):
        found.pop(key, None)
    return found


def shows_picture(images: Collection[str]) -> bool:
    """Whether an entry that anybody may see shows one of these, named as in `Entry.image`."""
    wanted = [image for image in images if image]
    return bool(wanted) and Entry.objects.filter(withdrawn_at=None, image__in=wanted).exists()


def about(examples: QuerySet[Example], topic: str) -> QuerySet[Example]:
    """Those of a topic (its slug), which is looked for as it is written: SQLite cannot ask a list what it holds."""
    return examples.alias(written=Cast("topics", TextField())).filter(written__contains=f'"{topic}"')
