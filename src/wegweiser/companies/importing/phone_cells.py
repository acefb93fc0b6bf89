"""Phone numbers out of cells that hold several of them, the hours at which somebody answers, and whose a number is.

A number begins with 0, 00 or +, and goes on over digits and the signs between them. Words say what kind of line it is
(nothing is lost with those), when and by whom it is answered (kept beside the number), or that it is somebody else's
(then it is none of the firm's).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import phonenumbers

from wegweiser.companies import phones
from wegweiser.companies.importing.values import known
from wegweiser.companies.linkage.row import told_contacts
from wegweiser.kernel.errors import DomainError


@dataclass(frozen=True)
class Numbers:
    """What could be read, in the order of the cell, and what could not."""

    good: tuple[str, ...] = ()
    bad: tuple[str, ...] = ()
    fax: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()  # words beside a number that say more than what kind of line it is
    others: tuple[str, ...] = ()  # numbers of somebody else, with the words that say so
    put_right: tuple[str, ...] = ()  # numbers as they were written, with a letter for a digit


_KINDS = (
    r"tel(?:efon)?|fon|fone|phone|mobil|mob|handy|hdy|festnetz|privat|priv|dienstlich|dienst|gesch(?:ä|ae)ftlich|gesch"
    r"|b(?:ü|ue)ro|zentrale|funk|werkstatt|werkst|laden|gesch(?:ä|ae)ft|praxis|firma|betrieb|rezeption|empfang|pforte|haupt"
    r"|ruf|whats\s?app|wa|anrufbeantworter|ab(?=\W*$)|auch|oder|und|bzw|nr|nummer|[tmdpfhg](?=[.: \d(+]|$)"
)
_KIND = re.compile(
    rf"\b(?:tel(?:efon)?|handy|mobil|fest(?:netz)?|ruf|fax)(?:\s?[-.]?\s?(?:nr|nummer|n))\b|\b(?:{_KINDS})\b", re.I
)
_NOTES = re.compile(
    r"\([^()]*[^\W\d_][^()]*\)|(?i:\b(tel|telefon|fon|mobil|handy|büro|buero|privat|zentrale|funk)\b\.?:?)"
)
_FAX = re.compile(r"(?i)(?:\b(?:tele)?fax\b|\bfx\b)(?:\s?[-.]?\s?(?:nr|nummer)\b)?")
_PHONE_AND_FAX = re.compile(
    r"(?i)(?:\btel\w*|\bfon)\W*(?:/|\+|u\.|und|&)\W*(?:tele)?fax|fax\W*(?:/|\+|u\.|und|&)\W*(?:tel|fon)"
)
_F = re.compile(r"\bF\s?[.:]")
_IS_T_AND_F = re.compile(r"\bT(?:el\w*)?\s?[.:].*\bF\s?[.:]", re.DOTALL)
_IS_WHOLE = r"(?<!(?<!\d)01[5-7]\d)(?<!(?<!\d)01[5-7]\d\d)"  # not in 0159/04187725, which goes on with a 0
_BETWEEN = re.compile(
    rf"(?i)[\n;|]|,(?!\s?\d{{1,2}}(?!\d))|\s+(?:oder|und|od?\.|u\.|bzw\.?)\s+|{_IS_WHOLE}\s+/\s+(?=[0+])"
    rf"|(?<=\d{{4}}){_IS_WHOLE}/(?=0[1-9]\d{{2}}|\+|00)"
    r"|(?<=\d{3})\s*[+&]\s*(?=[1-9]\d{3})"  # 944127+944128
)
_EXTENSIONS = re.compile(r"(?i)\s*(?:bis|ff\.?|[-–]\s*\d{1,3}(?=\s*(?:bis)))\s*-?\s*\d{0,3}\.?\s*$")
_HOUR = r"(?:[01]?\d|2[0-4])(?:[:.][0-5]\d)?"
_DAY = r"(?:mo|di|mi|do|fr|sa|so|montags?|dienstags?|mittwochs?|donnerstags?|freitags?|samstags?|werktags|tägl|täglich)"
# Digits that are no part of a number: hours, days, a floor or how many times to ring.
_NO_NUMBER = re.compile(
    rf"(?i)(?<![\d/-]){_HOUR}\s?(?:-|–|bis|u\.|und)\s?{_HOUR}\s?(?:uhr|h)\b|(?<![\d/-]){_HOUR}\s?(?:uhr|h)\b"
    rf"|\b(?:ab|bis|vor|nach|von|zwischen|gegen|{_DAY}\.?)\s+{_HOUR}(?:\s?(?:-|–|bis|und)\s?{_HOUR})?(?!\d)"
    r"|(?<!\d)\d{1,2}:\d\d(?!\d)|(?<![\d/])\d{1,2}\.\d{1,2}\.(?:(?:19|20)?\d\d(?!\d))?"
    r"|(?<=\s)\d{1,2}(?:\.\s?(?=[^\W\d_])|\s?x\b|\s?(?=(?:og|eg|etage|stock\w*|ma|leute)\b))"
)
_RUN = re.compile(r"(?<![\w.,:/-])(?:[(\[]?\+|[(\[]?0)[\d\s()/.\-–—\[\]*'_]*\d")
_LETTER = re.compile(r"(?<![^\W\d_])[oO](?=[\s/-]?\d)|(?<=\d)[oO](?![^\W\d_])")  # O39292-6654O
_FAX_AND_DIGITS = re.compile(r"(?i)fax\D{0,3}\d")
_IN_DOUBT = re.compile(r"[^\W_]|\?")
# `8-12` behind a number that is whole without it.
_HOURS_BEHIND = re.compile(r"(.*\d)\s+(\d{1,2})\s?[-–]\s?(\d{1,2})")
LEAST_BEFORE_HOURS = 11  # digits with the zero in front, of a number that needs no more
# A line that follows: 310760/61 names two, 310760-62 a row of them. `-50` behind 56399 is a desk.
_NEXT_LINE = re.compile(r"(?P<first>.*\d)(?P<sign>\s?[/,]\s?|\s?[-–]\s?|\s?[+&]\s?-?)(?P<tail>\d{1,2})")
LEAST_OF_A_LINE = 8  # digits without the zero in front: what has fewer goes on behind the stroke
MOST_OF_A_LINE = 11  # digits without the zero: the longest that the federal agency gives away for a line in the ground
MOST_LINES = 9  # in a row


def parts(text: str) -> list[str]:
    """What stands beside each other in a cell of numbers, as it was written.

    >>> parts("805566 oder 0171 1234567"), parts("03921/944127+944128")
    (['805566', '0171 1234567'], ['03921/944127', '944128'])
    """
    return [part.strip() for part in _BETWEEN.split(text)]


def numbers(text: str) -> Numbers:
    """
    >>> numbers("Tel. 0391/5448619 oder 0171 1234567").good
    ('+493915448619', '+491711234567')
    >>> told = numbers("03921 944127 ab 16 Uhr, Vermieter 03921 88104, Fax 03921 944128")
    >>> told.good, told.fax, told.beside, told.others
    (('+493921944127',), ('+493921944128',), ('ab 16 Uhr',), ('Vermieter 03921 88104',))
    >>> numbers("03925 310760/61").good, numbers("0391 56399-50").good
    (('+493925310760', '+493925310761'), ('+493915639950',))
    """
    flat = "\n".join(line for line in text.split("\n") if known(line))
    if re.search(r"\d[.,]?\d*E\+\d", flat):  # a spreadsheet rounded it: its last digits are gone
        return Numbers((), (" ".join(flat.split()),))
    if _IS_T_AND_F.search(flat):
        flat = _F.sub("Fax ", flat)
    found = _Found()
    for part in _BETWEEN.split(flat):
        if known(part.strip(" .:-'")):
            _read(part, found)
    return found.told()


class _Found:
    """What was read of a cell so far."""

    def __init__(self) -> None:
        self.good: list[str] = []
        self.fax: list[str] = []
        self.bad: list[str] = []  # digits that are no number
        self.words: list[str] = []  # what holds none
        self.others: list[str] = []
        self.put_right: list[str] = []

    def told(self) -> Numbers:
        is_read = bool(self.good or self.fax or self.others)
        bad, beside = (self.bad, self.words) if is_read else ([*self.bad, *self.words], [])
        lists = (self.good, bad, self.fax, beside, self.others, self.put_right)
        return Numbers(*(tuple(dict.fromkeys(told)) for told in lists))


def _read(part: str, found: _Found) -> None:
    """One number of a cell, or several that no sign parts."""
    flat = " ".join(part.split())
    if not _FAX.search(part) and not _says_more(part):
        digits = _NOTES.sub(" ", part).strip(" .:-'")
        if not known(digits):
            return
        if lines := _lines(digits):
            found.good += lines[0]
            found.words += lines[1]
            return
    written = _LETTER.sub("0", part)
    runs = _RUN.finditer(_NO_NUMBER.sub(lambda no: "x" * len(no[0]), written))
    spans = [run.span() for run in runs if sum(map(str.isdigit, run[0])) >= LEAST_DIGITS]
    pieces = list(_pieces(written, spans))
    if not any(_lines(number) for _before, number, _after in pieces):
        is_theirs = re.search(r"\d{3}", part) and told_contacts.is_of_somebody_else(part)
        (found.others if is_theirs else found.bad if re.search(r"\d{3}", part) else found.words).append(flat)
        return
    for before, number, behind in pieces:
        after = behind
        if re.search(r"\d{4}", behind):  # one without its code, and what stands there is said of that
            (found.others if told_contacts.is_of_somebody_else(behind) else found.words).append(behind.strip(" ,;-"))
            after = ""
        words = " ".join(f"{before} {after}".split())
        whole = " ".join(f"{before}{number}{after}".split())
        lines = _lines(number)
        if not lines:
            found.bad.append(whole)
        elif told_contacts.is_of_somebody_else(words):
            found.others.append(whole.strip(" ,;-"))
        else:
            good, rest = lines
            if _FAX.search(before) or (_FAX.search(after) and not before.strip() and _is_all(after)):
                found.fax += good
                if _PHONE_AND_FAX.search(before):
                    found.good += good
            else:
                found.good += good
            left = [told for told in (_rest(before), _rest(after), *rest) if told]
            found.words += [" … ".join(left)] if left else []
    if written != part:
        found.put_right.append(flat)


LEAST_DIGITS = 6  # of what may be a number


def _says_more(part: str) -> bool:
    """Whether brackets hold more than the kind of a number: when to call, or whose it is."""
    return any(_rest(note) for note in re.findall(r"\([^()]*[^\W\d_][^()]*\)", part))


def _is_all(after: str) -> bool:
    return bool(re.fullmatch(rf"\W*{_FAX.pattern.removeprefix('(?i)')}\W*", after, re.I))


def _rest(words: str) -> str:
    """Words without those that say what kind of line it is; empty where nothing else stands there."""
    left = words if _FAX_AND_DIGITS.search(words) else _KIND.sub(" ", _FAX.sub(" ", words))
    flat = " ".join(words.split()).strip(" ,;:/–!" if words.lstrip().startswith("-") else " ,;:/–!-")
    flat = flat[1:-1] if flat.startswith("(") and flat.endswith(")") else flat
    return flat if _IN_DOUBT.search(left) else ""


def _pieces(text: str, spans: list[tuple[int, int]]) -> Iterator[tuple[str, str, str]]:
    """Each number with the words that are its own: those in front of it, and a note in brackets behind it; behind the
    last one all that follows."""
    before, end = text[: spans[0][0]] if spans else "", 0
    for place, (start, end) in enumerate(spans):
        following = text[end : spans[place + 1][0]] if place + 1 < len(spans) else text[end:]
        own = following
        if place + 1 < len(spans):
            note = re.match(r"\s*\([^()]*\)", following)
            own = note[0] if note else ""
        halves = _two(text[start:end])
        for number in halves[:-1]:
            yield before, number, ""
            before = ""
        yield before, halves[-1], own
        before = following[len(own) :]


def _two(run: str) -> list[str]:
    """`03491 403312 0170 2245190`: two numbers with a blank between them."""
    if _number(run) is None:
        for between in re.finditer(r"\s*[-–/]?\s+(?=0[1-9]|\+|00)", run):
            one, other = run[: between.start()], run[between.end() :]
            if _number(one) and _number(other):
                return [one, other]
    return [run]


def _lines(text: str) -> tuple[list[str], list[str]] | None:
    """The numbers in E.164 that digits stand for, and what is left of them; None where they are no number."""
    if (hours := _HOURS_BEHIND.fullmatch(text)) and int(hours[2]) < int(hours[3]) <= 24:
        number = _number(hours[1])
        if number and sum(map(str.isdigit, hours[1])) >= LEAST_BEFORE_HOURS:
            return [number], [text[len(hours[1]) :].strip()]
    if following := _NEXT_LINE.fullmatch(text):
        number, tail = _number(following["first"]), following["tail"]
        length = len(_national(number)) if number else 0
        if number and length >= LEAST_OF_A_LINE:
            sign, step = following["sign"].strip(), int(tail) - int(number[-len(tail) :])
            if 0 < step <= MOST_LINES and sign in {"/", "+", "&"}:
                return [number, number[: -len(tail)] + tail], []
            is_a_desk = sign in {"-", "–"} and not (len(tail) > 1 and 0 < step <= MOST_LINES)
            if length + len(tail) > MOST_OF_A_LINE and not is_a_desk:
                return [number], [f"{sign}{tail}"]
    number = _number(text)
    return ([number], []) if number else None


def _national(number: str) -> str:
    return str(phonenumbers.parse(number).national_number)


def _number(text: str) -> str | None:
    if not re.fullmatch(r"[\d\s+()/.\-–—\[\]*'_]+|.*(?i:ff|bis).*", text):
        return None
    bare = _EXTENSIONS.sub("", text).replace("–", "-").replace("—", "-")
    compact = re.sub(r"\D", "", bare)
    abroad = f"+{compact}" if compact.startswith("49") and len(compact) > 10 and bare[0].isdigit() else ""
    for candidate in (abroad, bare):
        try:
            if candidate and (found := phones.e164(candidate)):
                return found
        except DomainError:
            continue
    return None
