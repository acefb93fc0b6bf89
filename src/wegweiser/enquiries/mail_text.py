"""The words of a mail: made from HTML where there is nothing else, and what is new in them apart from what is quoted.

Everything here is linear in the length of the text, whatever the text is.
"""

import html
import re
from collections.abc import Iterator, Sequence, Set

LONGEST = 200_000  # characters of a mail that are looked at
NEVER_SHOWN = frozenset({"script", "style"})
UNTIL_CLOSED = NEVER_SHOWN | {"template", "iframe"}
# Not `head`: both of its tags may be left out, and words in it belong to the body. What nobody runs a script or loads
# an object for (noscript, object) is what people see of a mail.
SILENT = UNTIL_CLOSED | {"title", "svg", "xml"}  # "xml" is how Word views it, which it writes into the head
BREAKS = frozenset(
    {"p", "div", "br", "tr", "li", "ul", "ol", "table", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "pre"}
    | {"dl", "dt", "dd", "section", "article", "header", "footer", "address", "option"}
)
CELLS = frozenset({"td", "th"})  # either tag may be left out
_NAME = re.compile(r"\s*(/?)\s*([a-zA-Z][a-zA-Z0-9:-]{0,30})")
_LINK = re.compile(r"""\bhref\s*=\s*(?:"([^"]{0,500})"|'([^']{0,500})')""", re.IGNORECASE)


def from_html(markup: str) -> str:
    """The text of a page, line by line; quotes are marked as mails mark them. Nothing is fetched, nothing is run.

    Where nothing is left that is seen, what is hidden counts: a tag that is never closed hides all that follows.

    >>> from_html("<p>Guten Tag,<br>ja &amp; gern.</p><blockquote>Passt Montag?</blockquote>")
    'Guten Tag,\\nja & gern.\\n\\n> Passt Montag?'
    """
    return _seen(markup[:LONGEST], SILENT) or _seen(markup[:LONGEST], NEVER_SHOWN)


def _seen(markup: str, hides: Set[str]) -> str:
    lines: list[str] = [""]
    depth, silent, href = 0, "", ""
    for kind, piece in _pieces(markup):
        if kind == "text":
            if not silent:
                lines[-1] += re.sub(r"\s+", " ", html.unescape(piece))
            continue
        found = _NAME.match(piece)
        if found is None:
            continue
        closes, tag = bool(found[1]), found[2].lower()
        if silent and silent not in UNTIL_CLOSED and (tag == "body" or tag in BREAKS):
            silent = ""  # as browsers have it: no paragraph stands in a drawing
        if silent:
            silent = "" if closes and tag == silent else silent
        elif tag in hides and not closes and not piece.endswith("/"):
            silent = tag
        elif tag == "blockquote":
            depth = max(0, depth - 1) if closes else min(depth + 1, 20)
            lines += ["", "> " * depth]
        elif tag in BREAKS:
            if tag != "br" and lines[-1].strip(" >"):
                lines.append("> " * depth)
            lines.append("> " * depth)
        elif tag in CELLS:
            lines[-1] += " " if lines[-1].strip(" >") and not lines[-1].endswith(" ") else ""
        elif tag == "a" and not closes:
            href = _address(piece)
        elif tag == "a":
            if href and href.removeprefix("mailto:") not in lines[-1]:
                lines[-1] += f" ({href})"
            href = ""
    return tidy("\n".join(line.rstrip() for line in lines))


def _address(piece: str) -> str:
    found = _LINK.search(piece[:2000])
    href = html.unescape(found[1] or found[2] or "") if found else ""
    return href if href.startswith(("https://", "http://", "mailto:")) else ""


def _pieces(markup: str) -> Iterator[tuple[str, str]]:
    """Text and tags in turn; comments are left out. What never closes is text."""
    place, comments, tags = 0, True, True
    while place < len(markup):
        start = markup.find("<", place) if tags else -1
        if start < 0:
            yield "text", markup[place:]
            return
        if start > place:
            yield "text", markup[place:start]
        if comments and markup.startswith("<!--", start):
            end = markup.find("-->", start + 4)
            comments = end >= 0  # no end from here means none from further on
            place = end + 3 if end >= 0 else start + 4
            continue
        end = markup.find(">", start)
        tags = end >= 0
        yield ("tag", markup[start + 1 : end]) if tags else ("text", markup[start:])
        place = end + 1 if tags else len(markup)


def tidy(text: str) -> str:
    """Without signs that a database or a page cannot hold, and with no more than one empty line in a row."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").replace("\u00a0", " ")
    text = text.encode("utf-8", "replace").decode("utf-8")
    lines: list[str] = []
    for line in (line.rstrip() for line in text.split("\n")):
        if line.strip(" >") or (lines and lines[-1].strip(" >")):
            lines.append(line if line.strip(" >") else "")
    return "\n".join(lines).strip("\n ")


_WROTE = re.compile(
    r"^(am\b.{4,200}\bschrieb\b.{0,160}:|on\b.{4,200}\bwrote:|le\b.{4,200}\ba écrit\s?:"
    r"|.{3,160}\bschrieb am\b.{4,100}:)$",
    re.IGNORECASE,
)
_BY_A_PROGRAM = re.compile(r"@|\b(19|20)\d\d\b|\b\d{1,2}:\d\d\b")  # an address, a year, an hour
_BY_A_PERSON = re.compile(r"(?i:\bschrieb)\s+(?!am\b)[a-zäöü]+[\s:]")  # "schrieb mir der Kunde:"
_DIVIDER = re.compile(
    r"^[-_=\s]*(ursprüngliche nachricht|original-?nachricht|weitergeleitete nachricht|original message"
    r"|forwarded message|anfang der weitergeleiteten (e-mail|nachricht)|begin forwarded message"
    r"|message d'origine|message transféré)\b[-_=:\s]*$",
    re.IGNORECASE,
)
_SENDER = frozenset({"von", "from", "de"})
_SUBJECT = frozenset({"betreff", "subject", "objet"})
_HEADER = re.compile(
    r"^\*?(von|from|de|gesendet|datum|sent|date|envoyé|an|to|à|cc|betreff|subject|objet)\s?\*?:\*?(\s|$)", re.IGNORECASE
)
HEAD_LINES = 6  # of a copied head that are looked at


def new_words(text: str) -> str:
    """What somebody wrote above what they answer. Answers between or below the quoted lines stay with them: whole.

    >>> new_words("Ja, Montag passt.\\n\\nAm 2. März 2026 um 10:00 schrieb Anna:\\n> Passt Montag?")
    'Ja, Montag passt.'
    """
    lines = text.split("\n")
    cut = _start_of_history(lines)
    if cut is None:
        return text
    above = "\n".join(lines[:cut]).rstrip("\n _-=")
    return tidy(above) or text


def _start_of_history(lines: Sequence[str]) -> int | None:
    for number, line in enumerate(lines):
        plain = line.strip()
        if plain.startswith(">"):
            return number if _only_quotes(lines[number:]) else None
        if _DIVIDER.match(plain) or (_HEADER.match(plain) and _is_header_block(lines, number)):
            return number
        if after := introduces(lines, number):
            return number if _only_quotes(lines[number + after :]) else None
    return None


def introduces(lines: Sequence[str], number: int) -> int:
    """Over how many lines "Am … schrieb …:" goes here, 0 where nothing is quoted: people write such lines, too."""
    plain = lines[number].strip()
    wrapped = " ".join(part.strip() for part in lines[number : number + 2])[:400]
    if _WROTE.match(plain):
        said, after = plain, 1
    elif len(plain) < 200 and not plain.endswith(":") and _WROTE.match(wrapped):
        said, after = wrapped, 2
    else:
        return 0
    following = next((line.strip() for line in lines[number + after : number + after + 4] if line.strip()), "")
    by_a_program = _BY_A_PROGRAM.search(said) and ("@" in said or not _BY_A_PERSON.search(said))
    return after if by_a_program or following.startswith(">") else 0


def _is_header_block(lines: Sequence[str], number: int) -> bool:
    """Three lines of a copied head, in any order; without a subject or an address they may be somebody's own words."""
    block: list[str] = []
    for line in lines[number : number + HEAD_LINES]:
        if not line.strip():
            break
        block.append(line.strip())
    names = {found[1].lower() for line in block if (found := _HEADER.match(line))}
    is_told = bool(names & _SUBJECT) or any("@" in line for line in block)
    return len(names) >= 3 and bool(names & _SENDER) and is_told


def _only_quotes(lines: Sequence[str]) -> bool:
    """Whether nothing of one's own comes any more. HTML quotes without marks count where no line has a mark."""
    said = [line.strip() for line in lines if line.strip()]
    if not any(line.startswith(">") for line in said):
        return True
    return all(line.startswith(">") for line in said)


_WORDS = {
    "en": "the and you your we our is are with for please thank thanks dear hello have would regards",
    "de": "der die das und sie ihr ihre wir unser ist sind mit für bitte danke guten tag hallo haben",
}


def language(text: str) -> str:
    """`en` where clearly more English than German small words stand in it, else `de`."""
    words = re.findall(r"[a-zäöüß]+", text[:3000].lower())
    english, german = (sum(word in _WORDS[key].split() for word in words) for key in ("en", "de"))
    return "en" if english >= 3 and english > 2 * german else "de"
