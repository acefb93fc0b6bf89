"""What the first words of a subject say of a mail: what a gateway put before them, an answer, something sent on."""

import re

_TAG = re.compile(r"\s*(?:\[[^\[\]]{1,60}\]|\*{1,3}[^*]{1,40}\*{1,3}|\(?\bext(?:ern(?:al)?)?\)?\s*:)\s*", re.IGNORECASE)
_MOST_TAGS = 5
_ANSWER = re.compile(r"(re|aw|antw|antwort|sv)\s*(\[\d+\])?\s*:", re.IGNORECASE)
_SENT_ON = re.compile(r"(wg|fw|fwd|wtr|tr|i|weitergeleitet|weiterleitung|forwarded)\s*(\[\d+\])?\s*:", re.IGNORECASE)


def untagged(subject: str) -> str:
    """`subject` without what mail servers write in front of it.

    >>> untagged("[EXTERN] *** SPAM *** WG: Anfrage")
    'WG: Anfrage'
    """
    for _number in range(_MOST_TAGS):
        found = _TAG.match(subject)
        if found is None:
            break
        subject = subject[found.end() :]
    return subject.strip()


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
