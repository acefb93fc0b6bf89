"""What a firm's name is made of. Pure; the word lists stand in `words.toml`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from wegweiser.companies.linkage.row import forms, trades, vocabulary
from wegweiser.kernel.sorting import sort_key

_SYNONYMS = dict(line.split() for line in vocabulary.LISTS["synonyms"].strip().splitlines())
# Who does it, and as often a family name: "Elektro Metzger" is not called Fleischer.
_CRAFTSMEN = frozenset(word for word, its in _SYNONYMS.items() if word.endswith("er") and its.endswith("er"))
_ABBREVIATIONS = dict(
    line.split() for line in vocabulary.LISTS["abbreviations"].replace("ph", "f").strip().splitlines()
)
_NUMERALS = dict(line.split() for line in vocabulary.LISTS["numerals"].strip().splitlines())
_BUSINESS = re.compile(r"(?:(?<=\w{6})|(?<=maler))(meister|betrieb|meisterbetrieb|fachbetrieb|geschaeft)$")
_OWNER = re.compile(r"\b(?:inh|inhaber|inhaberin|inhaberfamilie)\b\.?:?\s*(.+)$")
_BRANCH = re.compile(
    r"\b(filiale|zweigstelle|(zweig)?niederlassung|betriebsstaette|geschaeftsstelle|standort|aussenstelle|nl)\b.*"
)
_SUCCESSOR = re.compile(r"\b(nachf(olger(in)?)?|vorm(als)?|ehem(als|alige)?|frueher)(?!\w)")
_INSOLVENT = re.compile(
    r"\b(in (insolvenz|abwicklung|aufloesung|liquidation)|i\.? ?l\.|insolvent|i\.? ?i\."
    r"|i\.? ?ins(olv?)?\.?|i\.? ?abw\.?)(?!\w)"
)
# What nearly every older firm of East Germany came out of: history, and nobody's successor.
_HISTORY = re.compile(
    r"\(?\b(?:vorm(?:als)?|ehem(?:als|alige[rs]?)?|frueher)\b\.?:?\s*(?:teil d\w+ )?(?:veb|pgh|lpg|gpg|zbe|kap|vdk"
    r"|hog?|konsum|kombinat|kreisbetrieb|staatsbetrieb)\b[^()]*?(?:\)|$|[,;]?\s*\b(?:jetzt|nun|heute|inzwischen)\b:?)"
)
_FORMER = re.compile(r"\(?\b(?:vorm(?:als)?|ehem(?:als|alige)?|frueher)\b\.?:?\s*([^()]+)\)?\s*$")
# Abel Guss (jetzt Kain GmbH): a company of a register, and no note.
_NOW_CALLED = re.compile(
    r"\s*(?P<before>\w[^()]{3,}?)\s*(?:[(,;]|\s[–-]\s)\s*"
    r"(?:(?:jetzt|nun|heute|inzwischen|firmiert jetzt als|heisst jetzt)\b:?|neu:)\s+(?!auch\b|mit\b|bei\b|in\b|und\b)"
    r"(?P<now>[^()]{3,}\b(?:gmbh|ug|ag|kg|e\.? ?g)\b\.?[^()]*?)\s*\)?\s*"
)
_INSIDE = re.compile(
    r"(?<=\w )(?:im|in der|in dem|beim|bei der)\s+(?:\w+-)?(?:hotel|autohaus|einkaufs\w+|\w*center|\w*zentrum|passage"
    r"|galerie|bahnhof|schloss|klinik\w*|krankenhaus|markt\w*|kaufland|edeka|rewe|netto|globus|museum|golfclub|kino)\b.*"
)
# What somebody noted behind a name.
_NOTE = re.compile(
    r"[\s,;/(–-]+(?:bitte (?!gmbh|ug|ohg|kg|gbr|ag|u\.|und|e\.)\w|moechte\b|rueckruf\b|zurueckrufen\b"
    r"|will (?:[\w.]+ )*(?:werden|haben|wissen|kommen|\w*(?:ruf|sprech|such|bild|stell|meld|ier)en)\b"
    r"|nur (?:vor|nach)mittags\b|(?:erst )?(?:nach|ab) \d+ ?(?:h|uhr)\b|wg\. ?\w|wegen \w).*"
)
# What everybody shortens.
_PHRASES = tuple(
    (re.compile(phrase), short)
    for phrase, short in (
        (r"\bwerkstatt (fuer|f\.) (behinderte menschen|menschen mit behinderung(en)?)\b", "wfbm"),
        (r"\b(behinderten|lebenshilfe)[- ]?werkst(att|aetten)\b", r"\1 wfbm"),
        (r"\(?\bdipl[. -]+\w+\.?(?:[ -]*\(f\.?h\.?\))?\)?", " "),
        (r"\bwp (?=\w+(?: \w+)? (?:\d+|[ivx]+)\b)", "windpark "),
        (r"\bing(?:\.|enieur)?[ -]*ges\.(?!\w)|\bing(?:\.|enieur)?[ -]*ges\.?(?= ?mbh)", "ingenieurgesellschaft "),
        (r"(?<=[a-z]{4})-?ges\.(?= |$|,|\))|(?<=[a-z]{4})-?ges\.?(?= ?mbh\b)", "gesellschaft "),  # Agrarges.
        (r"[,;(]?\s*\bjetzt (?=(?:gmbh|ug|kg|ohg|gbr|ag)\b)", " "),  # Abel Bau, jetzt GmbH
        (r"\b(?:dr\.?[ -]*)?med\.?[ -]*dent\b\.?", " zahnarzt "),
        (r"\b(?:dr\.?[ -]*)?med\.?[ -]*vet\b\.?", " tierarzt "),
        (r"(?<=\w{3})\+(?=\s+\w|\s*$)", " plus "),  # Perspektive+ Zeitarbeit, but Abel+Kain
        (r"^fv\.? (?=(?:schlo|kirch|schul|museum|kita|feuerwehr|ffw|burg|kloster|dom\b|park|bad\b))", "foerderverein "),
        (r"\bsen\.[ -]?(?=(?:residenz|heim|zentrum|wohn|stift|park|hof)\w*)", "senioren"),
        (r"\b(?:freiwillige |freiw\. ?)?feuerwehr\b", "ffw"),
        (
            r"^\W*fam(?:ilie|\.)\s+(?!und\b|u\.|im\b|in\b|am\b)(?=[a-z]{3})",
            " ",
        ),  # Fam. Abel, and no "Familie und Beruf"
        (r"\bbosch[ -](?:car[ -]?)?(?:service|dienst)\b", "autoservice"),
        (r"\breal[ -]estate\b", "immobilien"),
        (r"\brund u(?:ms|m das) haus\b", "hausmeisterdienst"),
        (r"\bmedizinisches versorgungszentrum\b", "mvz"),
        (r"\bdeutsches rotes kreuz\b", "drk"),
        (r"\barbeiterwohlfahrt\b", "awo"),
        (r"^\W*ev(ang)?\.(?= ?[a-z])|\bevang\.", "evangelische "),
        (r"^\W*kath\.(?= ?[a-z])", "katholische "),
        (r"\bgoldn(?=e[mnrs]?\b)", "golden"),  # Goldner Hirsch
        (r"\bkindertages(staette|einrichtung)\b", "kita"),
    )
)
# Short for what everybody knows, and no letters of a firm.
EVERYBODY_KNOWS = frozenset({"wfbm", "ffw", "mvz", "drk", "awo"})
# Büro- und Schulbedarf: the end of the second word is that of the first as well. Not with an end that tells two firms
# apart: "Zelt- und Partyverleih" lends tents, and is called "Zelte Abel" as often.
_HALVES = re.compile(
    r"\b([^\W\d_]{3,})\s?-\s*(und|u\.|&|\+|/)\s*([^\W\d_]{3,}?)"
    r"(bedarf|reinigung|schlosserei|tischlerei|installation|schneiderei"
    r"|pflege|waren|moebel|druck|druckerei|gestaltung|herstellung|beratung)\b"
)
_SINCE = re.compile(r"[\s,–(-]+\b(?:seit|gegr(?:\.|uendet)?|since|anno)\s*(?:anno\s*)?(?:1[6-9]|20)\d\d\b\)?")
_LETTER = re.compile(r"[^\W_]")
NAMELESS = "?"  # an empty cell: no word of a name is empty
_CARE_OF = re.compile(r"\bc\s?/\s?o\b.*")
_NUMBER = re.compile(r"\d+|[ivx]{1,4}")


@dataclass(frozen=True, slots=True)
class Name:
    """A name taken apart. `joined` has its words as one, `owner` is the surname after "Inh.", `owner_words` all of that
    name, `former` what the firm says that it was called before."""

    words: tuple[str, ...]
    joined: str
    numbers: frozenset[str]
    form: str
    is_branch: bool
    is_successor: bool
    owner: str
    owner_words: frozenset[str] = frozenset()
    owner_text: str = ""
    is_insolvent: bool = False
    former: "Name | None" = None
    two_of_one_name: bool = False  # Abel & Abel
    initials: tuple[str, ...] = ()  # of people whose family name is told once: Abel J. u. M.

    @property
    def is_family(self) -> bool:
        """Whether several of one family have it together."""
        return self.two_of_one_name or len(self.initials) > 1 or not vocabulary.BROTHERS.isdisjoint(self.words)


_BY_LETTERS = re.compile(r"([a-z]{3,}),? ([a-z])\.\s*(?:u\.|und\b|&|\+)\s*([a-z])\.\s*$")  # Abel J. u. M.
_BY_LETTERS_AND_FORM = re.compile(r"[a-z]{3,},? [a-z]\.\s*(?:u\.|und\b|&|\+)\s*[a-z]\.\s*(?:gbr|g\.b\.r\.|ohg)(?!\w)")
VON = re.compile(r"(?<!\S)v\.\s?(?:d\.\s?)?(?=[A-ZÄÖÜ][a-zäöüß]{2})")  # and "V. Abel" is called Viktor
# Somebody's letters, and no form: forms are written "e. K." and behind the name.
_INITIALS = re.compile(r"(?:(?<=^)|(?<=\s))([EK])\.\s([KG])\.\s(?=[A-ZÄÖÜ][a-zäöüß]{2})")
_OF_ONE_NAME = re.compile(r"\b(\w{3,})\s*(?:&|\+|\bu\.|\bund\b)\s*\1\b")
_ROMAN = {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9"}
_ROMAN_LAST = {"i": "1", "v": "5", "x": "10"}


@lru_cache(maxsize=20_000)  # a remark that may be a name is asked about with each pair
def parse(text: str) -> Name:
    """
    >>> parse("Moedebeck & Söhne Kühlgeräte GmbH Inh. Karl Abel").words
    ('moedebeck', 'soehne', 'kuehlgeraete')
    """
    text = _INITIALS.sub(r"\1.-\2. ", VON.sub("von ", text))
    plain = vocabulary.folded(text)
    for note in (_CARE_OF, _HISTORY, _SINCE):
        rest = note.sub(" ", plain)
        plain = rest if _LETTER.search(rest) else plain  # nothing but a note is a name all the same
    plain = _NOTE.sub(" ", plain) if _NOTE.match(plain) is None else plain
    if now := _NOW_CALLED.fullmatch(plain):
        plain = f"{now['now']} (vormals {now['before']})"
    for phrase, short in _PHRASES:
        plain = phrase.sub(short, plain)
    plain = _HALVES.sub(r"\1\4 und \3\4", plain) if "-" in plain else plain
    if domain := re.fullmatch(r"\s*(?:www\.)?([\w-]{3,})\.[a-z]{2,10}\s*", plain):
        plain = domain[1]
    owner = _OWNER.search(plain)
    without_owner = plain[: owner.start()] if owner else plain
    before = _FORMER.search(without_owner)
    has_new = before is not None and re.search(r"\w{3}", without_owner[: before.start()]) is not None
    if before is not None and re.search(r"\w{2}", before[1]) is None:
        has_new = False  # "Abel Guss (vormals )" was left open
    former = parse(before[1]) if before is not None and has_new else None
    current = without_owner[: before.start()] if before is not None and has_new else without_owner
    if by_letters := _BY_LETTERS_AND_FORM.search(current):
        current = current[: by_letters.end()]  # behind the form stands where it is
    bare = _INSOLVENT.sub(" ", _SUCCESSOR.sub(" ", _BRANCH.sub(" ", _inside_left_out(current))))
    stripped = forms.without(bare)
    by_letters = _BY_LETTERS.search(stripped)
    if by_letters:
        stripped = stripped[: by_letters.start(2)]
    words = _words(stripped) or _words(bare) or (plain.strip() or text.strip() or NAMELESS,)
    person = sort_key(owner[1]).split() if owner else []
    return Name(
        words=words,
        joined="".join(words),
        numbers=frozenset(
            word for word in words if _NUMBER.fullmatch(word) and not (len(word) == 1 and word != words[-1])
        ),
        form=forms.kind_of(bare),
        is_branch=_BRANCH.search(without_owner) is not None,
        is_successor=_SUCCESSOR.search(without_owner) is not None,
        owner=person[-1] if person else "",
        owner_words=frozenset(word for word in person if word not in vocabulary.FILLERS),
        owner_text=owner[1] if owner else "",
        is_insolvent=_INSOLVENT.search(without_owner) is not None,
        former=former,
        two_of_one_name=_OF_ONE_NAME.search(bare) is not None,
        initials=by_letters.groups()[1:] if by_letters else (),
    )


def is_told(name: Name) -> bool:
    """Whether there is a letter or a digit in it: "-" is no name.

    >>> is_told(parse("-")), is_told(parse(" ")), is_told(parse("4")), is_told(parse("Abel"))
    (False, False, True, True)
    """
    return _LETTER.search(name.joined) is not None


def _inside_left_out(plain: str) -> str:
    """Without the house it is in: the restaurant in a hotel is not the hotel."""
    found = _INSIDE.search(plain)
    has_name = found is not None and any(not trades.is_trade(word) for word in _words(plain[: found.start()]))
    return plain[: found.start()] if found and has_name else plain


def _words(plain: str) -> tuple[str, ...]:
    flat = sort_key(plain.replace("'", "").replace("ph", "f"))
    flat = re.sub(r"(?<!\d)0\d(?=\d)", "", flat)  # the length that a sort key puts in front of a number
    flat = re.sub(r"(?<=[a-z]{3})(?=\d)", " ", flat)
    merged: list[str] = []
    letters = ""
    for word in [*flat.split(), ""]:
        if len(word) == 1 and word.isalpha():
            letters += word  # "A. B. S." and "B & F" are one word
            continue
        if letters:
            merged.append(letters)
            letters = ""
        if word:
            merged.append(_one_word_for_it(_BUSINESS.sub("", word)))
    written = {_ABBREVIATIONS.get(word): word for word in flat.split() if len(word) == LETTERS_OF_TWO}
    written |= {_SYNONYMS[word]: word for word in flat.split() if word in _CRAFTSMEN}
    merged = [written[word] if word in written and _is_beside_its_trade(word, merged) else word for word in merged]
    told = [word for word in merged if word not in vocabulary.FILLERS]
    numbered = [_ROMAN.get(word, word) if place else word for place, word in enumerate(told)]
    if len(numbered) > 1:
        numbered[-1] = _ROMAN_LAST.get(numbered[-1], numbered[-1])
    once: dict[str, None] = {}
    for before, word in pairwise(("", *numbered)):
        if (len(before) == 1 and before.isalpha()) or before in vocabulary.FIRST_NAMES:
            once.pop(word, None)  # Abel Zäune K. Abel: somebody is told, and stays with the first name
        once[word] = None
    return tuple(once)


LETTERS_OF_TWO = 2


def _is_beside_its_trade(word: str, words: Iterable[str]) -> bool:
    """Whether the name has a trade that `word` has nothing to do with: "ZM Steuerberatung" is no Zimmermeister."""
    its, others = (
        trades.fields(word),
        frozenset[int]().union(*(trades.fields(beside) for beside in words if beside != word)),
    )
    return bool(its and others and not its & others and not trades.are_related(its, others))


def first_name(word: str) -> str:
    """Babsi is Barbara, and Conny mostly is Cornelia."""
    return vocabulary.SHORT_NAMES.get(word) or vocabulary.MOSTLY.get(word, word)


def called(word: str) -> str:
    """What somebody is called, in full where nobody else is called so: Conny may be Constanze.

    >>> called("babsi"), called("conny")
    ('barbara', 'conny')
    """
    return vocabulary.SHORT_NAMES.get(word, word)


@lru_cache(maxsize=50_000)
def is_short_for(short: str, whole: str) -> bool:
    """Whether somebody with the first name `whole` may be called `short`: by the list, or by the beginning with an -i,
    -y or -e behind it, where that is no name of its own.

    >>> is_short_for("kati", "katharina"), is_short_for("holgi", "holger"), is_short_for("manne", "manfred")
    (True, True, True)
    >>> is_short_for("heike", "heiko"), is_short_for("holgi", "horst"), is_short_for("andre", "andreas")
    (False, False, False)
    """
    parts = {whole.replace("-", ""), *whole.split("-")}
    if not parts.isdisjoint(vocabulary.SHORT_FOR.get(short, ())):
        return True
    if short in vocabulary.FIRST_NAMES or not (begin := _CALLED.fullmatch(short)):
        return False
    front = _DOUBLED.sub(r"\1", begin[1])
    return len(front) >= LEAST_OF_A_SHORT_NAME and any(
        part.startswith((front, begin[1])) and part in vocabulary.FIRST_NAMES for part in parts
    )


_CALLED = re.compile(r"([a-z]+?)(?:ie|i|y|e)")
_DOUBLED = re.compile(r"([^aeiou])\1$")
LEAST_OF_A_SHORT_NAME = 3  # letters without the ending


@lru_cache(maxsize=50_000)
def _one_word_for_it(word: str) -> str:
    if word in _NUMERALS:
        return _NUMERALS[word]
    word = _ABBREVIATIONS.get(word, word)
    word = first_name(word)
    begin = next((begin for begin in _SYNONYMS if word.startswith(begin)), "")
    if begin:
        return _SYNONYMS[begin] + word[len(begin) :]
    inside = next((part for part in _SYNONYMS if len(part) > 6 and part in word[3:]), "")  # Landmetzgerei
    return word.replace(inside, _SYNONYMS[inside]) if inside else word


def is_initial(letter: str, first: str) -> bool:
    """Whether a letter stands for a first name, as it is folded.

    >>> is_initial("p", "filipp"), is_initial("f", "filipp"), is_initial("p", "felix"), is_initial("c", "karsten")
    (True, True, False, True)
    """
    if first.startswith(letter):
        return True
    return letter in _OTHER_LETTERS.get(first, ())


# Philipp is folded to an "f"; Carsten is written so as often, and Lena is read as Magdalena.
_OTHER_LETTERS = {
    **{first: {nick[0] for nick in nicks} for first, nicks in vocabulary.NICKNAMES.items()},
    **{
        first: {"c"}
        for first in vocabulary.FIRST_NAMES
        if first[0] == "k" and f"c{first[1:]}" in vocabulary.FIRST_NAMES
    },
    **{first: {"p"} for first in vocabulary.SPELT_WITH_PH},
}


def is_subsequence(short: str, long: str) -> bool:
    letters = iter(long)
    return all(letter in letters for letter in short)
