"""Cases like the one at hand, and what was asked back: as the desk shows them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from wegweiser.catalogue import matches
from wegweiser.catalogue.matches import Offer
from wegweiser.catalogue.matching import sayings
from wegweiser.catalogue.models import Entry
from wegweiser.consortium.rights import Permission
from wegweiser.enquiries import queries
from wegweiser.enquiries.models import Case
from wegweiser.kernel import clock
from wegweiser.kernel.translated import Translated
from wegweiser.web.desk.access import Desk


@dataclass(frozen=True)
class Similar:
    """How many cases taught what is suggested, and those of them that the one at the desk may read."""

    count: int
    cases: list[Case]


def cases(uuids: Collection[UUID], desk: Desk) -> Similar | None:
    """Those cases, the newest first; None where there are none."""
    if not uuids:
        return None
    found = readable(uuids, desk)
    return Similar(len(uuids), sorted(found.values(), key=lambda case: -case.pk))


def readable(uuids: Collection[UUID], desk: Desk) -> dict[UUID, Case]:
    """Those of the cases that the one at the desk may read."""
    if not uuids or not desk.may(Permission.CASE_SEE):
        return {}
    everywhere = desk.everywhere_for(Permission.CASE_SEE)
    visible = queries.visible_cases(member=desk.member, day=clock.today(), everywhere=everywhere)
    return {case.uuid: case for case in visible.filter(uuid__in=uuids)}


def of(case: Case, desk: Desk) -> Similar | None:
    """What was like the case when it came in."""
    return cases([UUID(text) for text in case.suggested.get("similar", [])], desk)


WHY = {
    "example": _("Hat bei einer ähnlichen Frage geholfen."),
    "asked": _("Ähnlich fragen Betriebe, denen das hilft."),
    "word": _("Nennt, wovon der Text spricht."),
    "related": _("Handelt von dem, was der Text beschreibt."),
}


def told(offer: Offer) -> str:
    """Why an offer is suggested while one types: to whoever types, not to the enquirer."""
    reason = next(iter(offer.reasons), None)
    if reason is None:
        return ""
    match reason.kind:
        case "word":
            return _keywords(reason.words)
        case "topic":
            return _about(reason.words[0], reason.words[1:])
    return str(WHY[reason.kind])


def _quoted(words: Sequence[str]) -> str:
    return ", ".join(_now("„%(word)s“") % {"word": word} for word in words)


def _keywords(words: Sequence[str]) -> str:
    return _now("Stichworte: %(words)s") % {"words": _quoted(words)}


def _about(topic: str, sayings: Sequence[str]) -> str:
    """What an offer is about: as those say it whom it helps, else its topic."""
    if sayings:
        return _now("Hilft bei: %(words)s") % {"words": _quoted(sayings)}
    return _now("Gehört zum Thema %(topic)s.") % {"topic": topic}


def why(case: Case, entry: Entry) -> str:
    """Why an offer was suggested when the case came in, in words: with those of the text while it is kept.

    Cases of before say only what kind of reason it was.
    """
    rows = case.suggested.get("offers", [])
    row = next((row for row in rows if (row["kind"], row["slug"]) == (entry.kind, entry.slug)), {})
    first = next(iter(row.get("why", [])), "")
    words = matches.words_at(case.text, row.get("said", []))
    if first == "word" and words:
        return _keywords(words)
    if first in WHY:
        return str(WHY[first])
    topic = next((row.topic for row in entry.topic_rows.all()), None)
    return _about(str(topic), sayings(str(entry.everyday_words))[:2]) if topic else ""


def asked_back(case: Case) -> list[tuple[str, str]]:
    """What we asked back and what was answered, in the reader's language; no answer is "I do not know"."""
    return [
        (str(Translated(row["question"])), str(Translated(row["answer"]))) for row in case.suggested.get("asked", [])
    ]
