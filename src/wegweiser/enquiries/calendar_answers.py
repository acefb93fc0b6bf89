"""What a calendar answers to a date that we sent into it (iTIP, RFC 5546, 3.2.3 and 3.2.7): the organiser gets it by
mail, whichever button was pressed. It comes as a part of its own, often as a file, too."""

import re
from dataclasses import dataclass
from uuid import UUID

TYPES = frozenset({"text/calendar", "application/ics"})
LONGEST = 50_000  # characters of the part that are read
ACCEPTED, TENTATIVE, DECLINED, COUNTER = "accepted", "tentative", "declined", "counter"
REFUSED = frozenset({DECLINED, COUNTER})
_METHOD = re.compile(r"^METHOD:\s*(REPLY|COUNTER)\s*$", re.IGNORECASE | re.MULTILINE)
_UID = re.compile(r"^UID(?:;[^:\n]*)?:\s*([0-9a-f-]{36})@", re.IGNORECASE | re.MULTILINE)
_ATTENDEE = re.compile(r"^ATTENDEE\b.{0,1000}", re.IGNORECASE | re.MULTILINE)
_SAID = re.compile(r";PARTSTAT=\"?([A-Z-]+)", re.IGNORECASE)
_COMMENT = re.compile(r"^COMMENT(?:;[^:\n]*)?:(.{1,2000})|;X-RESPONSE-COMMENT=\"([^\"\n]{1,2000})", re.I | re.MULTILINE)
# What programs write into the mail around it, each in a line: who did what, and with which date.
_BY_A_PROGRAM = re.compile(
    r"\b(hat|haben|has|have)\b.{0,200}\b(angenommen|zugesagt|abgelehnt|abgesagt|vorgeschlagen|akzeptiert"
    r"|accepted|declined|proposed)\b"
    r"|\b(accepted|declined|tentatively)\b.{0,80}\b(invitation|event|meeting)\b|mit vorbehalt",
    re.IGNORECASE,
)

_SENT_FROM = re.compile(  # and what telephones add below
    r"^\W*(gesendet (von|mit)|von meinem .{0,40} gesendet|sent from|get outlook for|outlook für .{0,40}"
    r"(beziehen|herunterladen|laden)).{0,100}$",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True)
class Answer:
    """`date` is the UUID in the date's UID, None where it is none of ours; `comment` what its writer typed into it."""

    date: UUID | None
    said: str
    comment: str = ""

    def words(self, text: str) -> str:
        """What a person wrote, of the comment and the `text` of the mail; empty where only a program did."""
        return self.comment or ("" if _BY_A_PROGRAM.search(text) else _SENT_FROM.sub("", text).strip())


def read(part: str) -> Answer | None:
    """None for what is no answer, such as an invitation.

    >>> text = "METHOD:REPLY\\nUID:00000000-0000-0000-0000-000000000001@x\\nATTENDEE;PARTSTAT=DECLINED:mailto:a@b"
    >>> read(text).said, read(text).date.int, read(text.replace("REPLY", "REQUEST"))
    ('declined', 1, None)
    """
    text = re.sub(r"\r?\n[ \t]", "", part[:LONGEST]).replace("\r", "")
    method = _METHOD.search(text)
    if method is None:
        return None
    uid, attendee, comment = _UID.search(text), _ATTENDEE.search(text), _COMMENT.search(text)
    state = _SAID.search(attendee[0]) if attendee else None
    said = COUNTER if method[1].upper() == "COUNTER" else state[1].lower() if state else ""
    typed = (comment[1] or comment[2] or "").replace("\\n", "\n").replace("\\,", ",") if comment else ""
    return Answer(_uuid(uid[1]) if uid else None, said, typed.strip())


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
