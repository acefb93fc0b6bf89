"""What an offer lacks before it can be published, and what would make it better. Pure: a document in, findings out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from wegweiser.catalogue import content as contents
from wegweiser.catalogue.fields import KINDS, sides
from wegweiser.catalogue.models import Attendance, Kind
from wegweiser.kernel import clock, translations


class Code(StrEnum):
    """Each finding has a sentence at the desk."""

    TITLE = "title_missing"
    SUMMARY = "summary_missing"
    TOPIC = "main_topic_missing"
    PARTNER = "partner_missing"
    CONTACT = "contact_missing"
    CONTACT_GONE = "contact_gone"
    DAY = "day_missing"
    PLACE = "place_missing"
    LINK = "link_missing"
    TEXT = "text_missing"
    ENGLISH = "english_missing"
    OUTDATED = "english_outdated"
    EVERYDAY = "everyday_words_missing"
    PICTURE = "picture_missing"
    OVER = "event_over"
    REGION = "region_unknown"


@dataclass(frozen=True)
class Finding:
    """`field` is where it can be mended; `fields` name all where several are meant."""

    code: Code
    field: str
    fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class Readiness:
    """`missing` keeps from publishing, `advice` does not."""

    missing: tuple[Finding, ...]
    advice: tuple[Finding, ...]

    @property
    def ready(self) -> bool:
        return not self.missing


def of(
    kind: str,
    content: Mapping[str, Any],
    outdated: Sequence[str] = (),
    *,
    contact_gone: bool = False,
    no_region: bool = False,
) -> Readiness:
    """What `content` lacks by the rules of its kind. `no_region`: it takes place, but in none of our districts."""
    has = KINDS[kind].columns
    missing = [
        Finding(code, field)
        for code, field, lacks in (
            (Code.TITLE, "title", not content["title"].get("de")),
            (Code.SUMMARY, "summary", not content["summary"].get("de")),
            (Code.DAY, "dates", "dates" in has and not content["starts_at"]),
            (Code.PLACE, "place", _lacks_place(kind, content)),
            (Code.TOPIC, "topics", "topics" in has and not content["topics"]),
            (Code.PARTNER, "partner", "partner" in has and not content["partner"]),
            (Code.CONTACT, "contact", "contact" in has and not content["contact"]),
            (Code.CONTACT_GONE, "contact", "contact" in has and contact_gone),
            (Code.LINK, "source_url", _lacks_link(kind, content)),
            (Code.TEXT, "text", kind in {Kind.NEWS, Kind.GUIDE} and not content["text"].get("de")),
        )
        if lacks
    ]
    english = tuple(translations.missing(sides(kind, content)))
    end = contents.moment(content["ends_at"]) or contents.moment(content["starts_at"])
    advice = [
        Finding(code, field, fields)
        for code, field, fields, holds in (
            (Code.OVER, "dates", (), kind == Kind.EVENT and end is not None and end <= clock.now()),
            (Code.REGION, "district", (), no_region),
            (Code.OUTDATED, outdated[0] if outdated else "", tuple(outdated), bool(outdated)),
            (Code.ENGLISH, english[0] if english else "", english, bool(english)),
            (Code.EVERYDAY, "everyday_words", (), not content["everyday_words"].get("de")),
            (Code.PICTURE, "picture", (), kind != Kind.TOPIC and not content["picture"]),
        )
        if holds
    ]
    return Readiness(tuple(missing), tuple(advice))


def _lacks_link(kind: str, content: Mapping[str, Any]) -> bool:
    """A calculator is somewhere else; a film too, unless one reads what is said in it."""
    told = kind == Kind.VIDEO and content["details"].get("transcript")
    return kind in {Kind.VIDEO, Kind.TOOL} and not content["source_url"] and not told


def _lacks_place(kind: str, content: Mapping[str, Any]) -> bool:
    on_site = content["attendance"] in {Attendance.ON_SITE, Attendance.HYBRID}
    return kind in {Kind.EVENT, Kind.DEMONSTRATOR} and on_site and not content["place"]
