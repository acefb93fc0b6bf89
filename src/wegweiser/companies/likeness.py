"""Whether two rows are one firm: surely, perhaps, or not, each with what speaks for it and against it.

Pure. Names are compared word by word: spelling, order, compounds, initials and slips do not matter, words that only one
side has matter little, words that both sides have for themselves speak against it. Nothing but a number of a register
makes two rows surely one without a name that fits and a place, number or address that they share.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from wegweiser.companies import duplicates
from wegweiser.kernel.sorting import sort_key


class Verdict(IntEnum):
    NO, UNSURE, SURE = 0, 1, 2


@dataclass(frozen=True)
class Likeness:
    """The verdict on two rows, how much speaks for it, and the evidence as codes (`web.desk` has the words)."""

    verdict: Verdict
    weight: float
    evidence: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is known of a firm. Phones are E.164; everything may be empty but the name."""

    name: str
    street: str = ""
    postcode: str = ""
    place: str = ""
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    website: str = ""
    vat_id: str = ""
    register: str = ""
    persons: tuple[str, ...] = ()


# --- What a name is made of ----------------------------------------------------------------------------------------

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_OWNER = re.compile(r"\b(?:inh|inhaber|inhaberin|inhaberfamilie)\b\.?:?\s*(.+)$")
_BRANCH = re.compile(
    r"\b(filiale|zweigstelle|(zweig)?niederlassung|betriebsstaette|geschaeftsstelle|standort|aussenstelle|nl)\b.*"
)
_SUCCESSOR = re.compile(r"\b(nachf(olger(in)?)?|vorm(als)?|ehem(als|alige)?|frueher|in liquidation|i\.? ?l\.)(?!\w)")
_CARE_OF = re.compile(r"\bc\s?/\s?o\b.*")
_FORMS: tuple[tuple[str, str], ...] = (
    (r"\be\.?\s?v\b\.?", "club"),
    (r"\be\.?\s?g\b\.?|\bgenossenschaft\b", "coop"),
    (r"\bg\.?\s?b\.?\s?r\b\.?", "partners"),
    (r"\bo\.?\s?h\.?\s?g\b\.?", "partners"),
    (r"\be\.?\s?(k|kfr|kfm)\b\.?", "sole"),
    (r"\bag\b|\baktiengesellschaft\b", "stock"),
    (
        r"\bgg?\.?\s?m\.?\s?b\.?\s?h\b\.?|\bges\.?\s?mbh\b|\bgesellschaft mit beschr\w+ haftung\b|\bmbh\b|\bug\b",
        "limited",
    ),
    (r"\bk\.?\s?g\b\.?", "limited"),
)
_STRIPPED = re.compile(
    r"\bg\.?\s?m\.?\s?b\.?\s?h\.?(?!\w)|\bgg\.?m\.?b\.?h\.?(?!\w)|\bges\.?\s?m\.?b\.?h\.?(?!\w)|gesellschaft mit beschr\w+ haftung"
    r"|\bgemeinnuetzige\b|\bug\b|\(?haftungsbeschraenkt\)?|[&+]\s*co\b\.?|\bco\.? ?kg\b|\bk\.?\s?g\.?(?!\w)|\bag\b|\baktiengesellschaft\b"
    r"|\bo\.?\s?h\.?\s?g\.?(?!\w)|\bg\.?\s?b\.?\s?r\.?(?!\w)|\be\.\s?k\.?(?!\w)|\bek\b|\be\.\s?kfr\.?|\be\.\s?kfm\.?"
    r"|\be\.\s?g\.?(?!\w)|\beg\b|\be\.\s?v\.?(?!\w)|\bev\b|\bmbh\b|\bpartg(mbb)?\b|\beinzelunternehmen\b"
)
_FILLERS = frozenset(
    [
        "und",
        "u",
        "and",
        "der",
        "die",
        "das",
        "des",
        "dem",
        "den",
        "am",
        "an",
        "im",
        "in",
        "zum",
        "zur",
        "von",
        "vom",
        "fuer",
        "bei",
        "beim",
        "auf",
        "aus",
        "mit",
        "fa",
        "firma",
        "inh",
        "herr",
        "frau",
        "dr",
        "dipl",
        "ing",
        "prof",
        "betrieb",
        "meisterbetrieb",
        "meister",
        "fachbetrieb",
        "unternehmen",
        "firmengruppe",
        "co",
        "partner",
        "&",
        "+",
        "stadt",
        "ot",
        "the",
        "le",
        "la",
        "il",
        "buero",
    ]
)
# Words that make another firm of the same people.
_HOLDINGS = re.compile(
    r"verwaltung|beteiligung|holding|immobilien|grundstueck|vermoegen|besitz|stiftung|foerderverein|leasing|capital|invest"
)
# What a trade is called: two firms may share it without being alike.
_TRADES = re.compile(
    r"baecker|konditor|fleischer|metzger|tischler|schreiner|elektr|maler|dach|zimmer|metall|stahl|schlosser|maschinen|anlagen|apparate"
    r"|werkzeug|heizung|sanitaer|installat|klempner|bau$|^bau|fliesen|trocken|geruest|glas|fenster|rollad|parkett|raumausstatt|polster|moebel"
    r"|holz|auto|kfz|fahrzeug|reifen|fahrrad|zweirad|landmasch|agrar|landwirt|gaertner|garten|blumen|baumschul|imker|weingut|brau"
    r"|hotel|pension|gasthof|gaststaette|restaurant|ristorante|cafe|bistro|imbiss|kiosk|apothek|praxis|physio|ergo|logo|podolog|therap"
    r"|pflege|senior|tages|betreuung|zahn|dental|optik|hoer|hebamme|steuer|kanzlei|rechtsanw|notar|architekt|ingenieur|buero|software"
    r"|system|netzwerk|edv|computer|technik|service|dienst|druck|werb|foto|copy|verlag|spedition|transport|kurier|umzug|umzuege|logist"
    r"|taxi|fahrschul|musikschul|tanzschul|sprachschul|schule|friseu|kosmetik|nagel|salon|studio|textil|schneider|schuh|reinig|juwel"
    r"|uhren|handel|markt|laden|haus$|hof$|werk|reise|bestatt|verein|stadt|werkstatt|immobil|verwalt|hausverw|solar|wind|park|energie"
    r"|druckerei|buchbind|schmied|gies|kaelte|kuehl|automation|mess|kunststoff|plast|polymer|spritz|zerspan|dreh|fraes|feder|ofen|kamin"
    r"|brunnen|bohr|tief|hoch|strassen|wasser|kran|bagger|hebebuehn|steinmetz|schaefer|milch|molkerei|kaes|jugend|institut|gesellschaft"
)
_COMMON_NAMES = frozenset(
    [
        "mueller",
        "schmidt",
        "schneider",
        "fischer",
        "weber",
        "meyer",
        "meier",
        "mayer",
        "maier",
        "wagner",
        "becker",
        "schulz",
        "schulze",
        "hoffmann",
        "hofmann",
        "schaefer",
        "koch",
        "bauer",
        "richter",
        "klein",
        "wolf",
        "wolff",
        "schroeder",
        "neumann",
        "schwarz",
        "zimmermann",
        "braun",
        "krueger",
        "hartmann",
        "lange",
        "schmitt",
        "schmitz",
        "werner",
        "krause",
        "lehmann",
        "koehler",
        "herrmann",
        "walter",
        "koenig",
        "huber",
        "kaiser",
        "fuchs",
        "peters",
        "lang",
        "scholz",
        "moeller",
        "weiss",
        "jung",
        "hahn",
        "schubert",
        "vogel",
        "friedrich",
        "keller",
        "guenther",
        "frank",
        "berger",
        "winkler",
        "roth",
        "beck",
        "lorenz",
        "baumann",
        "franke",
        "albrecht",
        "schuster",
        "simon",
        "ludwig",
        "boehm",
        "winter",
        "kraus",
        "martin",
        "schumacher",
    ]
)
_NUMBER = re.compile(r"\d+|[ivx]{1,4}")


@dataclass(slots=True)
class Profile:
    """A firm prepared to be compared with many."""

    key: int
    known: Known
    words: tuple[str, ...]
    joined: str
    numbers: frozenset[str]
    form: str
    is_branch: bool
    is_successor: bool
    owner: str
    street: str
    house: str
    postcode: str
    place: str
    phones: frozenset[str]
    emails: frozenset[str]
    domains: frozenset[str]
    persons: tuple[tuple[str, str], ...]
    register: str = ""
    vat_id: str = ""
    blocks: tuple[str, ...] = field(default=())


def profile(key: int, known: Known) -> Profile:
    plain = known.name.casefold().translate(_UMLAUTS)
    plain = _CARE_OF.sub(" ", plain)
    owner = _OWNER.search(plain)
    without_owner = plain[: owner.start()] if owner else plain
    is_branch, is_successor = _BRANCH.search(without_owner) is not None, _SUCCESSOR.search(without_owner) is not None
    bare = _SUCCESSOR.sub(" ", _BRANCH.sub(" ", without_owner))
    words = _words(_STRIPPED.sub(" ", bare)) or _words(bare) or (plain.strip(),)
    street, house = _street(known.street)
    domains = {duplicates.mail_domain(address) for address in known.emails} | {_domain(known.website)}
    made = Profile(
        key=key,
        known=known,
        words=words,
        joined="".join(word for word in words if word not in _FILLERS),
        numbers=frozenset(word for word in words if _NUMBER.fullmatch(word)),
        form=next((kind for pattern, kind in _FORMS if re.search(pattern, bare)), ""),
        is_branch=is_branch,
        is_successor=is_successor,
        owner=_surname(owner[1]) if owner else "",
        street=street,
        house=house,
        postcode=known.postcode,
        place=_place(known.place),
        phones=frozenset(known.phones),
        emails=frozenset(address.casefold() for address in known.emails),
        domains=frozenset(domains - {""}),
        persons=tuple(filter(None, map(_person, known.persons))),
        register=sort_key(known.register),
        vat_id=known.vat_id,
    )
    made.blocks = tuple(_blocks(made))
    return made


def _words(plain: str) -> tuple[str, ...]:
    flat = sort_key(plain.replace("'", "").replace("ph", "f"))
    flat = re.sub(r"\b0\d(?=\d)", "", flat)  # the length that a sort key puts in front of a number
    merged: list[str] = []
    letters = ""
    for word in [*flat.split(), ""]:
        if len(word) == 1 and word.isalpha():
            letters += word
            continue
        if letters:
            merged.append(letters)
            letters = ""
        if word:
            merged.append(word)
    return tuple(dict.fromkeys(word for word in merged if word not in _FILLERS))


def _street(text: str) -> tuple[str, str]:
    """The street without its ending, and the house number."""
    plain = text.casefold().translate(_UMLAUTS)
    told = re.search(r"(\d+)(?:\s*[-–/+]\s*\d+)*\s*[-/]?\s*[a-z]?[^a-z0-9]*$", plain)
    house = told[1] if told else ""
    name = plain[: told.start()] if told else plain
    words = [_STREET_WORDS.get(word, word) for word in sort_key(re.sub(r"\bnr\b\.?", " ", name)).split()]
    flat = "".join(words)
    return re.sub(r"(strasse|str|weg|w|platz|pl|allee|gasse|g|chaussee|ch)$", "", flat) if len(
        flat
    ) > 6 else flat, house


_STREET_WORDS = {"gr": "grosse", "kl": "kleine", "st": "sankt", "v": "von", "ch": "chaussee"}


def _place(text: str) -> str:
    plain = re.split(r"[,/(]|\bot\b|\bbei\b|\ban der\b", text.casefold().translate(_UMLAUTS))[0]
    plain = re.sub(r"\b(lutherstadt|hansestadt|landeshauptstadt|stadt)\b", " ", plain)
    return sort_key(plain).split(" am ")[0]


def _domain(website: str) -> str:
    host = re.sub(r"^[a-z]+://", "", website.casefold()).partition("/")[0].partition(":")[0]
    return host.removeprefix("www.")


def _person(name: str) -> tuple[str, str] | None:
    """First and last name."""
    plain = name.casefold().translate(_UMLAUTS)
    if "," in plain:
        last, _, first = plain.partition(",")
        plain = f"{first} {last}"
    words = [word for word in sort_key(plain).split() if word not in _FILLERS]
    return ("" if len(words) == 1 else words[0], words[-1]) if words else None


def _surname(text: str) -> str:
    told = _person(text)
    return told[1] if told else ""


# --- Which are worth to be compared --------------------------------------------------------------------------------


def _blocks(made: Profile) -> Iterable[str]:
    """What two rows of one firm share at least once."""
    yield from (f"p{number}" for number in made.phones)
    yield from (f"m{address}" for address in made.emails)
    yield from (f"d{domain}" for domain in made.domains)
    if made.vat_id:
        yield f"v{made.vat_id}"
    if made.register:
        yield f"r{made.register}"
    wheres = [where for where in (made.postcode, made.place[:6]) if where]
    for where in wheres:
        if made.street and made.house:
            yield f"a{where}|{made.street[:5]}|{made.house}"
        for word in made.words:
            if len(word) > 2 and not _is_trade(word):
                yield f"w{where}|{word[:4]}"
        if all(map(_is_trade, made.words)):
            yield f"n{where}|{made.joined}"
            yield f"n{where}|{''.join(sorted(made.words))}"
    if len(made.joined) > 9 and not all(map(_is_trade, made.words)):
        yield f"j{''.join(sorted(made.words))}"


@lru_cache(maxsize=200_000)
def _is_trade(word: str) -> bool:
    if word in _COMMON_NAMES or _SURNAMES.search(word):
        return False
    return _TRADES.search(word) is not None


_SURNAMES = re.compile(r"(mann|bauer|hofer|m[ae][iy]er|schneider|schuster)$")


# --- Comparing -----------------------------------------------------------------------------------------------------


class Names(IntEnum):
    OTHER, CONFLICT, PART, NEAR, SAME = 0, 1, 2, 3, 4


@lru_cache(maxsize=400_000)
def _covers(one: str, other: str) -> int:
    """How well a word stands for another: 3 the same, 2 a slip, an initial or a part, 1 the same stem, 0 not."""
    if one == other:
        return 3
    short, long = sorted((one, other), key=len)
    if len(short) == 1:
        return 2 if long.startswith(short) else 0
    slips = Levenshtein.distance(short, long, score_cutoff=2)
    if len(short) >= 5 and slips <= (1 if len(short) < 8 else 2) and not any(map(str.isdigit, long)):
        return 2
    if len(short) >= 4 and short in long:
        return 2
    if len(short) == 3 and (long.startswith(short) or long.endswith(short)) and len(long) > 4:
        return 2
    shared = next((place for place, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if shared >= 4 and shared >= 0.5 * len(short) and (_is_trade(short) and _is_trade(long)):
        return 1
    if len(short) <= 4 and short[0] == long[0] and _is_subsequence(short, long) and len(long) > 2 * len(short):
        return 1
    return 0


def _is_subsequence(short: str, long: str) -> bool:
    letters = iter(long)
    return all(letter in letters for letter in short)


def _names(one: Profile, other: Profile) -> tuple[Names, list[str], bool]:
    """How the names go together, the words that only one side has, and whether a word that is no trade is shared."""
    if one.joined == other.joined or sorted(one.words) == sorted(other.words):
        return Names.SAME, [], any(not _is_trade(word) for word in one.words)
    left, right = list(one.words), list(other.words)
    best = {word: max((_covers(word, its) for its in right), default=0) for word in left}
    back = {word: max((_covers(word, its) for its in left), default=0) for word in right}
    for words, joined in ((best, other.joined), (back, one.joined)):
        for word in words:
            if not words[word] and len(word) >= 4 and word in joined:
                words[word] = 2
            if not words[word] and 2 <= len(word) <= 4 and joined[:1] == word[0] and _is_initials(word, joined):
                words[word] = 1
    if not any(best.values()) and Levenshtein.normalized_similarity(one.joined, other.joined) < 0.85:
        return Names.OTHER, [], False
    left_alone = [word for word, quality in best.items() if not quality]
    right_alone = [word for word, quality in back.items() if not quality]
    distinct = any(quality >= 2 and not _is_trade(word) for word, quality in best.items())
    distinct |= Levenshtein.normalized_similarity(one.joined, other.joined) >= 0.85
    if left_alone and right_alone:
        if Levenshtein.normalized_similarity(one.joined, other.joined) >= 0.9:
            return Names.NEAR, [], distinct
        return Names.CONFLICT, left_alone + right_alone, distinct
    alone = left_alone + right_alone
    if alone:
        return Names.PART, alone, distinct
    return Names.NEAR, [], distinct


def _is_initials(word: str, joined: str) -> bool:
    return len(joined) > 3 * len(word) and _is_subsequence(word, joined)


def compare(one: Profile, other: Profile) -> Likeness:
    """Sure, unsure or no, with the evidence."""
    names, alone, distinct = _names(one, other)
    for_it: list[str] = []
    against: list[str] = []
    weight = {Names.SAME: 4.0, Names.NEAR: 3.0, Names.PART: 2.0, Names.CONFLICT: 0.5, Names.OTHER: -2.0}[names]
    if names in _NAME_CODES:
        for_it.append(_NAME_CODES[names])

    same_number = _registers(one, other, for_it, against)
    contact = _shared_contact(one, other, for_it)
    address = _addresses(one, other, for_it, against)
    near = _places(one, other, for_it, against)
    if address and not near:
        address = None  # a street without a town proves nothing
    people = _people(one, other, for_it, against)
    if not contact and one.phones and other.phones:
        against.append("other_phone")
    if one.numbers != other.numbers and names != Names.SAME:
        against.append("other_number_in_name")
    if {one.form, other.form} in _FORMS_APART or (names == Names.PART and {one.form, other.form} == {"", "partners"}):
        against.append("other_legal_form")
    if one.is_branch != other.is_branch or (one.is_branch and near is False):
        against.append("branch")
    if one.is_successor != other.is_successor:
        against.append("successor")
    if any(_HOLDINGS.search(word) for word in alone):
        against.append("sister_firm")
    if names == Names.CONFLICT:
        against.append("different_words")
    weight += sum(_WEIGHTS.get(code, 0) for code in for_it) + sum(_WEIGHTS.get(code, 0) for code in against)
    verdict = _verdict(
        names, distinct, alone, set(against), contact=contact, address=address, near=near, people=people,
        same_number=same_number, sparse=_sparse(one) or _sparse(other),
    )  # fmt: skip
    return Likeness(verdict, weight, (*for_it, *against))


_NAME_CODES = {
    Names.SAME: "same_name",
    Names.NEAR: "similar_name",
    Names.PART: "part_of_name",
    Names.CONFLICT: "shared_word",
}
_FORMS_APART = [
    {"club", "limited"}, {"club", "stock"}, {"club", "coop"}, {"coop", "limited"}, {"coop", "stock"}, {"club", "partners"},
    {"partners", "limited"}, {"sole", "limited"}, {"sole", "partners"}, {"stock", "limited"}, {"partners", "stock"},
]  # fmt: skip
_WEIGHTS = {
    "same_vat_id": 8, "same_register": 6, "same_mail": 4, "same_phone": 3, "same_domain": 3, "same_address": 3,
    "same_person": 2, "same_postcode": 1, "same_place": 1, "other_vat_id": -6, "other_register": -5, "other_address": -2,
    "different_place": -4, "other_phone": -1, "other_first_name": -3, "other_owner": -3, "other_number_in_name": -4,
    "other_legal_form": -2, "branch": -3, "successor": -3, "sister_firm": -3, "different_words": -2,
}  # fmt: skip
# With one of these nobody but a person says that two rows are one firm.
VETOES = frozenset(
    {
        *(
            "other_vat_id",
            "other_register",
            "different_place",
            "other_first_name",
            "other_owner",
            "other_number_in_name",
        ),
        *("other_legal_form", "branch", "successor", "sister_firm", "different_words"),
    }
)


def _verdict(
    names: Names,
    distinct: bool,
    alone: Sequence[str],
    against: set[str],
    *,
    contact: int,
    address: bool | None,
    near: bool | None,
    people: bool,
    same_number: bool,
    sparse: bool,
) -> Verdict:
    if same_number:
        return Verdict.SURE if names >= Names.PART and not against & VETOES - {"different_place"} else Verdict.UNSURE
    if names == Names.OTHER:
        return Verdict.UNSURE if address and contact else Verdict.NO
    if names == Names.CONFLICT:
        alike = (address and (contact or distinct)) or (contact and distinct and near is not False)
        return Verdict.UNSURE if alike else Verdict.NO
    if "other_vat_id" in against or "other_register" in against:
        return Verdict.UNSURE if address or contact else Verdict.NO
    if near is False:
        return Verdict.UNSURE if contact or (people and distinct) else Verdict.NO
    maybe = Verdict.UNSURE if near or contact or address else Verdict.NO
    if against & VETOES:
        return maybe
    if names == Names.SAME:
        if contact or address or (people and near):
            return Verdict.SURE
        return Verdict.SURE if near and sparse and distinct and address is None else maybe
    if names == Names.NEAR:
        if contact or (address and "other_phone" not in against):
            return Verdict.SURE
        return maybe
    if contact >= 2 or (contact and (address or distinct)):  # only one side has more words
        return Verdict.SURE if address is not False or contact >= 2 else maybe
    if address and distinct and len(alone) <= 2 and "other_phone" not in against:
        return Verdict.SURE
    return maybe if distinct or address or contact else Verdict.NO


def _sparse(one: Profile) -> bool:
    """A row that tells little more than a name and a place contradicts nobody."""
    common = all(_is_trade(word) or word in _COMMON_NAMES for word in one.words)
    return not common and not one.street and not one.phones and not one.emails


def _registers(one: Profile, other: Profile, for_it: list[str], against: list[str]) -> bool:
    same = False
    for name, left, right in (("vat_id", one.vat_id, other.vat_id), ("register", one.register, other.register)):
        if left and right:
            same |= left == right
            (for_it if left == right else against).append(f"{'same' if left == right else 'other'}_{name}")
    return same


def _shared_contact(one: Profile, other: Profile, for_it: list[str]) -> int:
    """How many ways of reaching them are the same."""
    found = 0
    if one.phones & other.phones:
        for_it.append("same_phone")
        found += 1
    if one.emails & other.emails:
        for_it.append("same_mail")
        found += 1
    elif one.domains & other.domains:
        for_it.append("same_domain")
        found += 1
    return found


def _addresses(one: Profile, other: Profile, for_it: list[str], against: list[str]) -> bool | None:
    if not one.street or not other.street:
        return None
    long = max(len(one.street), len(other.street))
    alike = one.street == other.street or Levenshtein.distance(one.street, other.street) <= (
        2 if long > 7 else 1 if long > 4 else 0
    )
    alike = alike or (
        min(len(one.street), len(other.street)) > 5 and (one.street in other.street or other.street in one.street)
    )
    alike = alike or _abbreviated(one.street, other.street)
    same = alike and (one.house == other.house or not one.house or not other.house)
    where = (
        one.postcode == other.postcode
        or (one.place and one.place == other.place)
        or not one.postcode
        or not other.postcode
    )
    if same and where:
        for_it.append("same_address")
        return bool(one.house and other.house) or None
    if same:
        return None
    against.append("other_address")
    return False


def _abbreviated(one: str, other: str) -> bool:
    """`ethaelmann` for `ernstthaelmann`."""
    short, long = sorted((one, other), key=len)
    return len(short) > 6 and short[0] == long[0] and long.endswith(short[-6:]) and _is_subsequence(short, long)


def _places(one: Profile, other: Profile, for_it: list[str], against: list[str]) -> bool | None:
    if one.postcode and one.postcode == other.postcode:
        for_it.append("same_postcode")
        return True
    if one.place and other.place:
        short, long = sorted((one.place, other.place), key=len)
        if short == long or (len(short) > 3 and (long.startswith(short) or short in long.split())):
            for_it.append("same_place")
            return True
        if len(short) > 4 and Levenshtein.distance(short, long) <= 1:
            for_it.append("same_place")
            return True
    if (one.place and other.place) or (one.postcode and other.postcode):
        against.append("different_place")
        return False
    return None


def _people(one: Profile, other: Profile, for_it: list[str], against: list[str]) -> bool:
    """Whether somebody works for both; two first names of one family, or two owners, speak against it."""
    for first, last in one.persons:
        for its_first, its_last in other.persons:
            if last == its_last and _covers(first or "?", its_first or "?") >= 2:
                for_it.append("same_person")
                return True
    if any(
        last == its_last and first and its_first and not _covers(first, its_first)
        for first, last in one.persons
        for its_first, its_last in other.persons
    ):
        against.append("other_first_name")
    if one.owner and other.owner and not _covers(one.owner, other.owner):
        against.append("other_owner")
    return False


# --- Many ----------------------------------------------------------------------------------------------------------

CROWD = 400  # rows that share one thing: it tells nothing any more


class Index:
    """Firms by what they share, so that each is compared with few others."""

    def __init__(self) -> None:
        self.profiles: dict[int, Profile] = {}
        self._blocks: dict[str, list[int]] = {}

    def add(self, one: Profile) -> None:
        self.profiles[one.key] = one
        for block in one.blocks:
            self._blocks.setdefault(block, []).append(one.key)

    def alike(self, one: Profile) -> list[tuple[int, Likeness]]:
        """Those that are surely or perhaps the same, the best first; of equals the one that was there first."""
        keys: dict[int, None] = {}
        for block in one.blocks:
            held = self._blocks.get(block, ())
            if len(held) <= CROWD:
                keys.update(dict.fromkeys(held))
        keys.pop(one.key, None)
        found = [(key, compare(one, self.profiles[key])) for key in keys]
        hits = [(key, likeness) for key, likeness in found if likeness.verdict]
        return sorted(hits, key=lambda hit: (-hit[1].verdict, -hit[1].weight, hit[0]))
