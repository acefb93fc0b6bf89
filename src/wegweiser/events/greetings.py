"""By which name a mail greets somebody. Anybody can write anything into the form, and any address beside it."""

import re

MOST_WORDS, LONGEST = 6, 70
_LINK = re.compile(r"://|\bwww\.|\w@\w|\.\w+/", re.IGNORECASE)
# What mail programs make a link of, and what no name has: a dot between letters, long numbers, signs of a sentence.
_NO_NAME = re.compile(r"\w\.\w|\d{3,}|[!?:;/\\@<>&%=$€#*\"„“]")


def has_link(name: str) -> bool:
    """Whether it leads somewhere, or is a mail address: no name is."""
    return bool(_LINK.search(name))


def name(written: str) -> str:
    """The name for a greeting; empty where it does not read like one, so that our mail carries nobody's message."""
    plain = len(written) <= LONGEST and len(written.split()) <= MOST_WORDS and not _NO_NAME.search(written)
    return written if plain else ""
