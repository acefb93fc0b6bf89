"""What the first words of a subject say of a mail: what a gateway put before them, an answer, something sent on."""

import re

_TAG = re.compile(
    r"\s*(?:\[[^\[\]]{1,60}\]|\*{1,5}[^*]{1,40}\*{1,5}|\{[^{}]{0,20}\bspam\b[^{}]{0,20}\}|\(?\bext(?:ern(?:al)?)?\)?\s*:)\s*",
    re.IGNORECASE,
)
_MOST_TAGS = 5
_ANSWER = re.compile(r"(re|aw|antw|antwort|sv)\s*(\[\d+\])?\s*:", re.IGNORECASE)
_SENT_ON = re.compile(r"(wg|fw|fwd|wtr|tr|i|weitergeleitet|weiterleitung|forwarded)\s*(\[\d+\])?\s*:", re.IGNORECASE)


def untagged(subject: str) -> str:
    """`subject` without what mail servers write in front of it.

    >>> untagged("[EXTERN] *** SPAM *** WG: Anfrage")
    'WG: Anfrage'
    """
    return subject[sum(map(len, tags(subject))) :].strip()


def tags(subject: str) -> list[str]:
    """What mail servers wrote in front of it, piece by piece.

    >>> tags("[EXTERN] *** SPAM *** WG: Anfrage")
    ['[EXTERN] ', '*** SPAM *** ']
    """
    found, place = list[str](), 0
    while len(found) < _MOST_TAGS and (tag := _TAG.match(subject, place)):
        found.append(tag[0])
        place = tag.end()
    return found


def answers(subject: str) -> bool:
    """Whether it says that the mail answers one.

    >>> answers("[EXT] AW: WG: Anfrage"), answers("WG: AW: Anfrage")
    (True, False)
    """
    return bool(_ANSWER.match(untagged(subject)))


def sent_on(subject: str) -> bool:
    """Whether it says that the mail is forwarded. An answer to what was forwarded is an answer.

    >>> sent_on("[EXTERN] Wtr: Anfrage"), sent_on("AW: WG: Anfrage")
    (True, False)
    """
    return bool(_SENT_ON.match(untagged(subject)))


def about(subject: str) -> str:
    """`subject` without what gateways and programs put in front of it, however often.

    >>> about("AW: WG: [EXTERN] Fwd: Fräse")
    'Fräse'
    """
    subject = untagged(subject)
    while found := _ANSWER.match(subject) or _SENT_ON.match(subject):
        subject = untagged(subject[found.end() :].strip())
    return subject
