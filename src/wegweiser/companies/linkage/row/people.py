"""Who is named at a firm, read out of a cell, and whether two of them are one person. Pure."""

import re
from collections.abc import Collection
from enum import IntEnum

from rapidfuzz.distance import Levenshtein

from wegweiser.companies.linkage.row import names, sounds, trades, vocabulary
from wegweiser.kernel.sorting import sort_key

Person = tuple[str, str]  # first and last name, folded; the first name may be empty or an initial
_BETWEEN = re.compile(r"\s*(?:[/;+&\n]|\bund\b)\s*")
_AND = re.compile(r"(?<=[\w.]\s)u\.(?=\s?\w)")  # "R. u. M. Abel", but "U. Abel" and "Dr. U. Abel" are Ulrich or Ute
_FIRST_AND_FULL = re.compile(
    r"^\s*([^\W\d_]{3,})\s+(?:und|u\.|&|\+)\s+([^\W\d_]{3,})\s+([\w-]{3,})\s*$"
)  # Ilka und Jan Abel
_AND_ANOTHER = re.compile(r",(?=\s*(?:herrn?|hr|frau|fr)\b)")  # Abel, Frau Kain
_TWO_WITH_A_COMMA = re.compile(r"^(\s*\S+\s+\S[^,]*),(?=\s*(?:[^,\s]+\s+[^,\s]+)[^,]*$)")
# A title of a craft, in front of a name that is written as names are: ZTM V. Abel.
_IN_CAPITALS = re.compile(r"\b[A-ZÄÖÜ][B-DF-HJ-NP-TV-Z]{2,3}\s+(?=[A-ZÄÖÜ][a-zäöüß]*\.?\s+[A-ZÄÖÜ][a-zäöüß])")
# Whoever is retired, honorary or a master of science has no initials more.
_NO_MORE = re.compile(
    r"\b(?:i\. ?R\.|a\. ?D\.|h\. ?c\.|em\.|[BM]\. ?(?:Sc|Eng|A|Ed)\b\.?|LL\. ?[BM]\b\.?|MBA|MPH|PhD)(?=\s|$|,|\))"
)
_ON_A_LETTER = re.compile(r"^\W*(?:i\. ?[AV]\.|z\. ?H(?:d|ä)?\.|zu Händen(?: von)?\b)\s*")
# What stands behind a name, or says that it is nobody of the firm.
_NOTE = re.compile(
    r"\([^()]*\)?|,?\s*\b(?:"
    r"will (?:[\w.]+ )*(?:werden|haben|wissen|kommen|\w*(?:ruf|sprech|such|bild|stell|meld|ier)en)\b"
    r"|(?:ruft|nur|nicht|ist|hat|bitte|erst) (?=\w)|(?:moechte|rueckruf|vormittags|nachmittags|abends|wegen|wg)\b"
    r"|nach \d+|ab \d+).*"
)
_BORN = re.compile(r",?\s*\(?\bgeb(?:\.|orene)\s*[a-z-]{3,}\)?")  # Ute Abel geb. Kain
_REACHED = re.compile(r",?\s*\b(?:tel|telefon|mobil|handy|fax|mail|e-mail|durchwahl|dw)\b.*")
_SOLE_TRADER = re.compile(r",?\s*\be\.?\s?(?:k\.?|kfr\.?|kfm\.?)\s*$")  # Ute Abel e.K.
_MORNINGS = re.compile(r"\bvorm\.?(?=\W*(?:$|erreichbar|von \d|bis \d|ab \d|am besten|\d))")
_ELSEWHERE = re.compile(r"\W*\b(?:frueher|vorher|zuvor|vorm\.?|vormals) (?:bei|beim|in|im|am)\b.*")
_BEFORE = re.compile(r"\s*\(?\b(?:vorm|vormals|frueher|vorher)\b[.:]?\s*(?=\w)")  # Ute Abel (vorm. Karl A.)
_FOR_OTHERS = re.compile(r"\W*(ueber|durch|via|c/o|vertreten durch|berater(in)?|steuerberater(in)?)\b")
_ROLE = re.compile(
    r"(leitung|leiter|leiterin|buero|verwaltung|empfang|pforte|theke|lager|disposition|dispo|intendanz|kasse|rezeption"
    r"|personal|dolmetscher|dolmetscherin|assistent|assistentin|beauftragte[rn]?|abteilung|hotline"
    r"|service|team|info|kontakt|anmeldung|(direktor|koordinator|rektor|moderator|kurator|dekan|intendant|kommandant|praesident|sprecher"
    r"|vorsteher|betreiber|eigentuemer|chef|gesellschafter|verwalter|pfleger|berater|ausbilder|referent|architekt|trainer)(in)?"
    r"|geschaeftsstelle|kassenwart(in)?|vorsitz)$"
)
_NOBODYS = frozenset(word for word in vocabulary.FILLERS | vocabulary.TITLES if len(word) > 1)
_NAMES_LIKE_TITLES = vocabulary.TITLES & vocabulary.SURNAMES
_GENERATION = {"jun": "jun", "jr": "jun", "junior": "jun", "sen": "sen", "senior": "sen"}
_ONE_SOUND = (
    ("ph", "f"),
    ("v", "f"),  # Detlev, Detlef
    ("th", "t"),
    ("ck", "k"),
    ("c", "k"),
    ("y", "i"),
    ("j", "i"),
    ("z", "s"),
    ("q", "k"),
    ("x", "ks"),
    ("ai", "ei"),
    ("ie", "i"),  # Marlies, Marlis
)
_ONLY_FIRST = vocabulary.FIRST_NAMES - vocabulary.SURNAMES - vocabulary.BOTH_NAMES
_FEMALE = frozenset({"a", "e", "i", "in", "ina", "ine", "iane", "ette", "ie", "ike", "hilde"})
_BY_TRADE = re.compile(
    r"(in|lehrer|lehrerin|schule|haendler|macher|techniker|gutachter|fotograf|designer|therapeut|wirt)$"
)
_HYPHEN = "-"
_ENDS = frozenset({"rike", "tina", "hannes", "achim", "gitta", "lene", "bella"})  # of names, and what one is called
# What somebody is called, though many have it by birth.
_CALLED = frozenset(
    {
        ("lisa", "elisabeth"),
        ("elli", "elisabeth"),
        ("sascha", "alexander"),
        ("trude", "gertrud"),
        ("grete", "margarete"),
    }
)
_MIDDLE_NAMES = frozenset({"thi", "van"})  # of women and of men in Vietnam
_LIKE_NGUYEN = re.compile(r"n[gj]?[uyj]{1,3}en")  # the most frequent name from there, as it is heard: Njuen
# In front of a family name: `dal Pozzo`, `van Dijk`. German ones are left out of names anyway.
_PARTICLES = frozenset(
    {"al", "da", "dal", "dalla", "de", "degli", "del", "della", "di", "dos", "du", "el", "ten", "ter", "van"}
)
_SHORT_VON = frozenset({"v", "vd", "d"})
LEAST_FOR_A_SLIP = 6
_UNSTRESSED = re.compile(r"(?<=\w{3})[ei](?=[nsrl]$)")  # Tewes and Tewis on the telephone
LEAST_HEARD = 3  # Hut and Huth


def people(cell: str) -> tuple[Person, ...]:
    """
    >>> people("Lothar und Kai Abel"), people("Abel, Dr. Karl"), people("Fr. Kain/Brehme")
    ((('lothar', 'abel'), ('kai', 'abel')), (('karl', 'abel'),), (('', 'kain'), ('', 'brehme')))
    >>> people("R. u. M. Abel"), people("Dr. U. Abel"), people("ZTM V. Abel")
    ((('r', 'abel'), ('m', 'abel')), (('u', 'abel'),), (('v', 'abel'),))
    """
    if not cell:
        return ()
    cell = names.VON.sub("von ", cell)
    cell = _IN_CAPITALS.sub("", _ON_A_LETTER.sub("", _NO_MORE.sub("", cell)))
    pair = _FIRST_AND_FULL.match(cell)
    if pair and sort_key(pair[1]) not in _NOBODYS:
        cell = f"{pair[1]} {pair[3]} / {pair[2]} {pair[3]}"
    plain = _BORN.sub("", vocabulary.folded(_AND.sub("/", cell)))
    if _FOR_OTHERS.match(plain):
        return ()
    plain = _AND_ANOTHER.sub("/", _SOLE_TRADER.sub("", plain))
    plain = _REACHED.sub(" ", _ELSEWHERE.sub(" ", _MORNINGS.sub("vormittags", plain)))
    now, *before = _BEFORE.split(plain, maxsplit=1)
    front, _, behind = now.partition(":")
    found = (_listed(behind) if behind.strip()[:1].isalpha() else []) or _listed(front)
    if before:  # whoever a family firm had before is told; a stranger whom it was taken over from is somebody else
        found += [(first, last) for first, last in _listed(before[0]) if any(its.startswith(last) for _, its in found)]
    return tuple(dict.fromkeys(found))


def _listed(plain: str) -> list[Person]:
    """The people whom a text names one after the other."""
    plain = _NOTE.sub(" ", plain)
    found: list[Person] = []
    for part in reversed(_BETWEEN.split(_TWO_WITH_A_COMMA.sub(r"\1/", plain))):
        person = _person(part)
        if person is None:
            continue
        first, last = person
        if not first and found and len(last) < 3:
            person = (last, found[0][1])
        if not last and found:
            person = (first, found[0][1])  # shares the last name of who is named next
        found.insert(0, person)
    return found


def _person(text: str) -> Person | None:
    if text.count(",") == 1:
        last, _, first = text.partition(",")
        text = f"{first} {last}"
    parts = (sort_key(word) for word in re.split(r"[\s.]*-[\s.]*", text.replace("ph", "f")))
    told = [word.strip(_HYPHEN) for word in _HYPHEN.join(parts).split()]
    words = [word for word in told if set(word.split(_HYPHEN)) - _NOBODYS - {""} and not word.isdigit()]
    likes = _NAMES_LIKE_TITLES.intersection((*told[:1], *told[-1:]))
    if likes and all(_is_first(word) or _is_role(word) for word in words):
        words.extend(likes)  # Dieter Koch, and no "Karl Abel, Koch"
    words = ["nguyen" if _LIKE_NGUYEN.fullmatch(word) else word for word in words]
    if words and _is_role(words[0]) and (len(words) > 1 or not _GREETING.search(text)):
        words = words[1:]
    if len(words) > 2 and _is_role(words[-1]):  # Abel Karl Tischlermeister
        words = words[:-1]
    if not words:
        return None
    if len(words) > 1 and words[0] in vocabulary.FAMILY_NAMES_FIRST:  # Nguyen Thi Huong
        words = [*words[1:], words[0]]
    if len(words) > 2 and words[-1] in vocabulary.FAMILY_NAMES_FIRST:
        words = [word for word in words[:-1] if word not in _MIDDLE_NAMES][-1:] + words[-1:]
        return (words[0], words[1]) if len(words) == 2 else ("", words[0])
    if words[-1] not in vocabulary.FAMILY_NAMES_FIRST:
        words = [*(word for word in words[:-1] if word not in _PARTICLES), words[-1]]
        words = [*words[:1], *(word for word in words[1:-1] if word not in _SHORT_VON), *words[1:][-1:]]  # F. v. Abel
    if len(words) == 1 and _MR_OR_MRS.match(text):
        return "", words[0]  # Herr Paul, Frau Fritz
    words[0] = names.called(words[0])
    is_trade = len(words) == 1 and _BY_TRADE.search(words[0]) and trades.fields(words[0])
    if is_trade and not _GREETING.search(text):
        return None  # Töpferin, Klavierlehrer
    if len(words) == 1:
        return (words[0], "") if words[0] in _ONLY_FIRST else ("", words[0])
    if len(words[-1]) > 1 and _is_first(words[-1]) and not _is_first(words[0]):  # as registers write it
        words = [words[-1], *words[:-1]]
    while len(words) > 1 and not _is_first(words[0]) and trades.is_trade(words[0]):  # Bäcker Abel
        words = words[1:]
    if len(words) == 1:
        return "", words[0]
    called = [names.called(word) for word in words[:-1] if _is_first(word)] or words[:1]
    return _HYPHEN.join(called), words[-1]


def _is_role(word: str) -> bool:
    """Whether a word is what somebody does: `werkstattmeister`. Burmeister and Hofmeister are family names."""
    if _ROLE.search(word):
        return True
    craft = _MASTER.sub("", word)
    return craft != word and (not craft or (len(craft) > 3 and (craft in _MASTERS_OF or trades.is_trade(craft))))


_MASTER = re.compile(r"meister(in)?$")
_MASTERS_OF = frozenset({"schicht", "haus", "platz", "kuechen", "werkstatt", "lager", "maurer", "industrie", "kassen"})
_GREETING = re.compile(r"\b(herrn?|hr|frau|fr|frl|fam|familie|dr)\b")


_MR_OR_MRS = re.compile(r"\s*(?:herrn?|hr|frau|fr|frl)\b")


def mailbox(address: str) -> str:
    """What stands in front of the sign, spelt as the names of people are here, its words parted by dots.

    >>> mailbox("v_philipp@web.example")
    'v.filipp'
    """
    return address.partition("@")[0].translate(vocabulary.UMLAUTS).replace("ph", "f").replace("_", ".")


def of_a_mail(address: str) -> Person | None:
    """Who writes under an address, if it says so.

    >>> of_a_mail("ute.abel@web.example"), of_a_mail("ute@abel.example"), of_a_mail("info@abel.example")
    (('ute', 'abel'), ('ute', ''), None)
    """
    first, dot, last = mailbox(address).partition(".")
    if not dot:
        return (names.called(first), "") if first in _ONLY_FIRST else None
    is_first = len(first) == 1 or first in vocabulary.FIRST_NAMES
    is_last = len(last) > 2 and re.fullmatch(r"[a-z]+(-[a-z]+)?", last) is not None and not trades.is_trade(last)
    return (names.called(first), last) if is_first and is_last else None


_OWNED_BY = re.compile(
    r"(?:^|[,;.(–-]\s*)(?:inh(?:aber(?:in)?)?|betreiber(?:in)?|chef(?:in)?)\b[.:]*\s*"
    r"(?:(?:ist|herrn?|hr\.|frau|fr\.|dr\.|prof\.)\s+)*(?P<who>(?P<first>[a-z]\.|[^\W\d_][\w-]+\s)\s*[^\W\d_][\w-]{2,})"
)


def owner_told(remark: str) -> str:
    """Who a remark says that a firm belongs to, by first and last name.

    >>> owner_told("Inh. Dr. Ute Abel, 3 MA"), owner_told("Inhaberin Café Kain"), owner_told("früher Inh. Ute Abel")
    ('ute abel', '', '')
    """
    found = _OWNED_BY.search(vocabulary.folded(remark))
    if found is None:
        return ""
    first = found["first"].strip().replace("ph", "f").partition("-")[0]
    return found["who"] if first.endswith(".") or first in vocabulary.FIRST_NAMES else ""


def _is_first(word: str) -> bool:
    if len(word) == 1 or _SHORT_FIRST.fullmatch(word):
        return True
    return all(len(part) == 1 or part in vocabulary.FIRST_NAMES for part in word.split(_HYPHEN))


_SHORT_FIRST = re.compile(r"[^aeiouy]{2,3}")  # Chr. Lorenz, Th. Paul


def generation(text: str) -> str:
    """`jun` or `sen`, where somebody is called so."""
    plain = re.sub(r"\bsen\.(?=\w)", " ", text.casefold())  # Sen.residenz
    found = [_GENERATION[word] for word in sort_key(plain).split() if word in _GENERATION]
    return found[0] if found else ""


def but_initials_of(named: Collection[Person], told: Collection[Person]) -> list[Person]:
    """`named` without the initials of those who are `told` in full: "J. Abel" beside Jan Abel is Jan, and no Jens.

    >>> but_initials_of([("j", "abel"), ("u", "abel")], [("jan", "abel")])
    [('u', 'abel')]
    """
    full = [person for person in told if len(person[0]) > 1]
    return [
        person
        for person in named
        if len(person[0]) != 1 or not any(same(person, whole) >= Same.LIKELY for whole in full)
    ]


class Same(IntEnum):
    NOBODY, OTHER, FAMILY, LIKELY, PERSON = 0, 1, 2, 3, 4


def same(one: Person, other: Person) -> Same:
    """Whether two are one person: OTHER where the first name is another one, FAMILY where one is not known, LIKELY
    where it is an initial, or a letter of the last name differs.

    >>> same(("jens", "abel"), ("j", "abel")).name, same(("jens", "abel"), ("jens", "abel")).name
    ('LIKELY', 'PERSON')
    """
    firsts = bool(one[0] and other[0]) and one_first_name(one[0], other[0])
    in_full = firsts and all(max(map(len, first.split(_HYPHEN))) > 2 for first in (one[0], other[0]))
    in_full = in_full and not _is_perhaps_short(one[0], other[0])
    if not one[1] or not other[1]:
        return Same.FAMILY if in_full else Same.NOBODY
    if 1 in {len(one[1]), len(other[1])}:  # Nele S.
        if one[1][0] != other[1][0]:
            return Same.NOBODY
        return Same.PERSON if in_full else Same.NOBODY if one[0] and other[0] and not firsts else Same.FAMILY
    if one[1] != other[1] and set(one[1].split(_HYPHEN)) & set(other[1].split(_HYPHEN)):
        return Same.PERSON if in_full else Same.LIKELY if firsts else Same.NOBODY  # who married, or a relative
    if firsts and (_is_written_as_one(one[1], other[1]) or _is_written_as_one(other[1], one[1])):
        return Same.PERSON if in_full else Same.LIKELY
    if _is_called_by_first_name(one, other) or _is_called_by_first_name(other, one):
        return Same.LIKELY
    if one[1] != other[1] and (_is_greeted_by_first_name(one, other) or _is_greeted_by_first_name(other, one)):
        return Same.FAMILY
    if one[1] != other[1] and not _is_a_slip(one[1], other[1]):
        crossed = len(one[0]) > 2 and len(other[0]) > 2 and one == other[::-1]
        return Same.PERSON if crossed else Same.NOBODY
    if not one[0] or not other[0]:
        return Same.FAMILY
    if not firsts:
        return Same.OTHER
    return Same.PERSON if in_full else Same.LIKELY


def _is_perhaps_short(one: str, other: str) -> bool:
    """Whether one first name is short for the other and for others as well: Uli for Ulrike. Most are Ulrich."""
    if names.first_name(one) == names.first_name(other):
        return False
    return names.is_short_for(one, other) or names.is_short_for(other, one)


def _is_called_by_first_name(one: Person, other: Person) -> bool:
    """Whether `one` is `other` as people of Vietnam are called: Herr Duc, whose family name is Hoang."""
    return not one[0] and one[1] == other[0] and other[1] in vocabulary.FAMILY_NAMES_FIRST


def _is_written_as_one(one: str, other: str) -> bool:
    """Whether `one` is `other` with the word in front that we leave out: Dalmolin, dal Molin."""
    front = one.removesuffix(other)
    return len(other) >= LEAST_BEHIND_A_PARTICLE and front != one and front in _WRITTEN_AS_ONE


LEAST_BEHIND_A_PARTICLE = 4
_WRITTEN_AS_ONE = _PARTICLES - {"al", "el", "ten", "ter"}  # and no Alberg, Elmann


def _is_greeted_by_first_name(one: Person, other: Person) -> bool:
    """Whether `one` may be `other` as colleagues greet: Frau Anke."""
    is_first = not one[0] and len(other[0]) > 2 and one[1] in vocabulary.FIRST_NAMES
    return is_first and one_first_name(names.called(one[1]), other[0])


def _is_a_slip(one: str, other: str) -> bool:
    """Whether two last names are one, with a slip or by how it sounds: Garz, Gartz."""
    short = min(len(one), len(other))
    if short >= LEAST_HEARD and sounds.sound(one) == sounds.sound(other):
        return True
    if short == LEAST_FOR_A_SLIP - 1 and _UNSTRESSED.sub("_", one) == _UNSTRESSED.sub("_", other):
        return len(one) == len(other)
    return short >= LEAST_FOR_A_SLIP and one[0] == other[0] and Levenshtein.distance(one, other) <= 1


def one_first_name(one: str, other: str) -> bool:
    """Ralf is Ralph and perhaps R.; Martin is not Martina.

    >>> one_first_name("thorsten", "torsten"), one_first_name("chr", "christian"), one_first_name("martin", "martina")
    (True, True, False)
    >>> one_first_name("uli", "ulrike"), one_first_name("andrea", "andreas"), one_first_name("rolli", "robert")
    (True, False, False)
    >>> one_first_name("vladimir", "wladimir"), one_first_name("v", "wladimir"), one_first_name("v", "walter")
    (True, True, False)
    """
    if set(one.split(_HYPHEN)) & set(other.split(_HYPHEN)) or (one, other) in _CALLED or (other, one) in _CALLED:
        return True
    if names.is_short_for(one, other) or names.is_short_for(other, one):
        return True
    parts = one.split(_HYPHEN), other.split(_HYPHEN)
    if len(parts[0]) == len(parts[1]) > 1 and all(map(one_first_name, *parts)):
        return True  # K.-U. for Kai-Uwe
    short, long = sorted((one.replace(_HYPHEN, ""), other.replace(_HYPHEN, "")), key=len)
    if len(short) == 1 and any(nick.startswith(short) for nick in vocabulary.NICKNAMES.get(long, ())):
        return True  # L. for Lena, who is read as Magdalena
    if len(short) == 1 and names.is_initial(short, long):
        return True  # P. for Philipp
    if len(short) == 1 and _sound(short) == _sound(long[:1]) and short + long[1:] in vocabulary.FIRST_NAMES:
        return True  # C. for Karsten
    if {one[0], other[0]} == {"v", "w"} and (
        one[1:] == other[1:] or (len(short) == 1 and short + long[1:] in vocabulary.FIRST_NAMES)
    ):
        return True  # Vladimir, Wladimir
    if short == long or (len(short) <= 2 and names.is_initial(short, long)):
        return True
    if not re.search("[aeiouy]", short) and short[0] == long[0] and names.is_subsequence(short, long):
        return True
    if _sound(short) == _sound(long):
        return True
    if short in vocabulary.FIRST_NAMES and long in vocabulary.FIRST_NAMES:
        if short in _ENDS and long.endswith(short):
            return True  # Rike for Friederike and for Ulrike
        return long.startswith(short) and len(long) >= len(short) + 4
    if long.removeprefix(short) in _FEMALE:  # Josef and Josefine
        return False
    slipped = len(short) >= LEAST_FOR_A_SLIP - 1 and Levenshtein.distance(short, long) <= 1 and short[-1] == long[-1]
    return slipped or (len(short) >= 3 and len(long) >= len(short) + 3 and long.startswith(short))


def _sound(name: str) -> str:
    for spelt, heard in _ONE_SOUND:
        name = name.replace(spelt, heard)
    return re.sub(r"(.)\1", r"\1", name)
