"""Texts that answers are written with: what may stand in braces, and how it is filled in for one enquirer.

Greeting and signature are the mail's own, so a block is what stands between them.
"""

import difflib
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wegweiser.companies import phones
from wegweiser.companies import queries as companies
from wegweiser.consortium.loaded import fingerprint
from wegweiser.consortium.models import Member, Partner
from wegweiser.enquiries.models import Case, TextBlock
from wegweiser.kernel.errors import DomainError

TITLE_LENGTH = 80
TEXT_LENGTH = 4_000
_BRACES = re.compile(r"\{([^{}\n]*)\}")


@dataclass(frozen=True)
class Placeholder:
    """What is filled in: its words in German and in English, either of which may be written, and what it means."""

    key: str
    de: str
    en: str
    meaning: str | Promise

    def written(self, language: str) -> str:
        return "{" + (self.en if language == "en" else self.de) + "}"


PLACEHOLDERS = (
    Placeholder("name", "name", "name", _("wer gefragt hat, so wie es angegeben wurde, etwa „Frau Ölmann“")),
    Placeholder("firm", "betrieb", "company", _("der Betrieb, wenn er bekannt ist")),
    Placeholder("offers", "angebote", "offers", _("die Angebote, die angekreuzt sind, als Liste")),
    Placeholder("adviser", "ansprechperson", "adviser", _("Ihr Name")),
    Placeholder("phone", "telefon", "phone", _("Ihre Telefonnummer, sonst die des Zentrums")),
    Placeholder("reference", "nummer", "reference", _("die Vorgangsnummer")),
)
_BY_WORD = {word: row for row in PLACEHOLDERS for word in (row.de, row.en)}
SAMPLE = {
    "de": {"name": "Frau Beispiel", "firm": "Muster GmbH", "offers": "- Ein Angebot\n- Noch ein Angebot"},
    "en": {"name": "Ms Sample", "firm": "Sample Ltd", "offers": "- One offer\n- Another offer"},
}


@dataclass(frozen=True)
class Filled:
    """A text with everything filled in that is known; `missing` are the braces that still stand in it."""

    text: str
    missing: tuple[str, ...]


def unknown(text: str) -> list[str]:
    """What stands in braces, or beside a lone one, and is no placeholder, as it was written."""
    odd = [found.group() for found in _BRACES.finditer(text) if _word(found) not in _BY_WORD]
    rest = _BRACES.sub("", text)
    return list(dict.fromkeys([*odd, *(sign for sign in "{}" if sign in rest)]))


def nearest(odd: str, language: str = "de") -> str:
    """The placeholder that was probably meant; empty where none is alike."""
    words = [row.en if language == "en" else row.de for row in PLACEHOLDERS]
    found = difflib.get_close_matches(odd.strip("{} ").casefold(), words, n=1, cutoff=0.6)
    return "{" + found[0] + "}" if found else ""


def left_over(text: str) -> list[str]:
    """The placeholders that still stand in a text, as they were written."""
    return list(dict.fromkeys(found.group() for found in _BRACES.finditer(text) if _word(found) in _BY_WORD))


def fill(text: str, values: Mapping[str, str]) -> Filled:
    """`text` with the values of its placeholders, by key. What has no value stays in its braces, for a person to see.

    What a value says in braces is nobody's placeholder: it is filled in once.
    """
    missing = []

    def replaced(found: re.Match[str]) -> str:
        placeholder = _BY_WORD.get(_word(found))
        value = values.get(placeholder.key, "") if placeholder else ""
        if placeholder and not value:
            missing.append(found.group())
        return value or found.group()

    filled = _BRACES.sub(replaced, text)
    return Filled(filled, tuple(dict.fromkeys(missing)))


def _word(found: re.Match[str]) -> str:
    return found[1].strip().casefold()


def values(*, case: Case, member: Member, phone: str, offers: Sequence[str] = ()) -> dict[str, str]:
    """What stands for each placeholder in an answer of `member`; `phone` is the centre's, `offers` are titles."""
    return {
        "name": case.name,
        "firm": companies.told_name(case.company) if case.company else case.firm,
        "offers": "\n".join(f"- {title}" for title in offers),
        "adviser": member.name,
        "phone": phones.shown(member.phone or phone),
        "reference": case.reference,
    }


def sample(*, member: Member, phone: str, language: str) -> dict[str, str]:
    """Values of an enquirer who does not exist, to try a text out."""
    own = {"adviser": member.name, "phone": phones.shown(member.phone or phone), "reference": "W-A1B2C3"}
    return {**SAMPLE["en" if language == "en" else "de"], **own}


def of_partners(partners: Sequence[Partner] | None) -> QuerySet[TextBlock]:
    """The blocks of these partners (None: of all) and those of the whole centre, by language and title."""
    rows = TextBlock.objects.select_related("partner").order_by("language", "title", "id")
    return rows if partners is None else rows.filter(Q(partner=None) | Q(partner__in=partners))


def for_case(case: Case) -> list[TextBlock]:
    """What an answer to `case` may be written with: in its language, of its partner or of the whole centre."""
    return list(of_partners([case.partner]).filter(language=case.language, withdrawn_at=None))


def stamp(block: TextBlock) -> str:
    """Says which state somebody read; who saves hands it back."""
    return fingerprint([block.title, block.text, block.language, block.partner_id, block.withdrawn_at])[:16]


@dataclass(frozen=True)
class Shipped:
    """A block that comes with a centre's file; `partner` is the key of one, empty for the whole centre."""

    key: str
    language: str
    title: str
    text: str
    partner: str


def read(path: Path) -> list[Shipped]:
    """The blocks of a file. Raises DomainError("centre_file_missing") or ("centre_file_invalid")."""
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise DomainError("centre_file_missing", f"{path}: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DomainError("centre_file_invalid", f"{path}: {error}") from error
    rows = document.get("block", [])
    found = [_shipped(path, number, row) for number, row in enumerate(rows, start=1)]
    if len({(row.key, row.language) for row in found}) < len(found):
        raise DomainError("centre_file_invalid", f"{path}: a key stands twice for one language.")
    return found


def _shipped(path: Path, number: int, row: Mapping[str, Any]) -> Shipped:
    where = f"{path}: block {number}"
    told = {name: row.get(name, "") for name in ("key", "language", "title", "text", "partner")}
    if not all(isinstance(value, str) for value in told.values()) or not (told["key"] and told["title"].strip()):
        raise DomainError("centre_file_invalid", f"{where}: needs a key, a language, a title and a text.")
    if told["language"] not in {"de", "en"} or not told["text"].strip():
        raise DomainError("centre_file_invalid", f"{where}: needs a text in language de or en.")
    if odd := unknown(told["text"]):
        raise DomainError("centre_file_invalid", f"{where}: {', '.join(odd)} is no placeholder.")
    return Shipped(told["key"], told["language"], told["title"].strip(), told["text"].strip(), told["partner"])
