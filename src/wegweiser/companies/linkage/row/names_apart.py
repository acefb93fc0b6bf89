"""Whether two words that look alike are two names, or say two things. Pure."""

import re
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from wegweiser.companies.linkage.row import sounds, trades
from wegweiser.companies.linkage.row.vocabulary import SURNAMES

LEAST = 3  # letters of a name that another may begin with
# Behind a name: of it (Abels), from there (Harzer), many of it.
_ENDING = re.compile(r"e?r?s|e[nr]|(er|i)?n?isch\w*|er(in|innen)|ens")
_JOINT = re.compile(r"^(e[nrs]|[ens])(?=\w{3})")
# What a house may be called by beside its name, and no trade: "Gasthof Linde", "Lindenhof".
_HOUSE = re.compile(r"(e[nrs]|[ens])?(hof|haus|stadt|park|werk|markt)")
_WATER = re.compile(r"(ab)?wasser(?=zweck|verband|betrieb|\b)")


@lru_cache(maxsize=200_000)
def are_two(one: str, other: str) -> bool:
    """Whether one of two words is a name, and the other goes on from it with letters that are no trade and no ending;
    or one letter of a name is another; not where both sound alike.

    >>> are_two("hein", "heinrich"), are_two("linde", "lindenhof"), are_two("krueger", "kroeger")
    (True, True, True)
    >>> are_two("abel", "abelbau"), are_two("harz", "harzer"), are_two("maier", "mayer"), are_two("bau", "bauer")
    (False, False, False, False)
    """
    short, long = sorted((one, other), key=len)
    if short == long or len(short) < LEAST or sounds.sound(short) == sounds.sound(long):
        return False
    if {short, long} <= SURNAMES:
        return True
    if trades.is_trade(short):
        return False
    if not long.startswith(short):
        return len(short) == len(long) and Levenshtein.distance(short, long, score_cutoff=1) <= 1
    rest = long.removeprefix(short)
    return len(rest) > 1 and not _ENDING.fullmatch(rest) and not any(map(_is_work, (rest, _JOINT.sub("", rest))))


def _is_work(rest: str) -> bool:
    return bool(trades.KINDS.fullmatch(rest)) or (trades.is_trade(rest) and not _HOUSE.fullmatch(rest))


def say_two_things(one: str, other: str) -> bool:
    """Whether one is for the water that is drunk and one for what is led away, or one makes gardens and one is the club
    of those who have one.

    >>> say_two_things("trinkwasserverband", "abwasserverband"), say_two_things("gartenbau", "gartenbauverein")
    (True, True)
    """
    waters = {found[0] for word in (one, other) if (found := _WATER.search(word))}
    short, long = sorted((one, other), key=len)
    return len(waters) > 1 or bool(trades.kinds([short]) and long == f"{short}verein")
