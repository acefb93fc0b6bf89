"""Who does something: the `by` of every action."""

from dataclasses import dataclass
from enum import StrEnum


class ActorKind(StrEnum):
    STAFF = "staff"
    PERSON = "person"
    LINK = "link"
    SYSTEM = "system"
    API = "api"


@dataclass(frozen=True)
class Actor:
    """The one who acts. `id` is the UUID of a user, person or token, or the name of a command or job."""

    kind: ActorKind
    id: str

    @classmethod
    def staff(cls, user_uuid: object) -> "Actor":
        return cls(ActorKind.STAFF, str(user_uuid))

    @classmethod
    def system(cls, name: str) -> "Actor":
        return cls(ActorKind.SYSTEM, name)

    @classmethod
    def link(cls, token_uuid: object) -> "Actor":
        return cls(ActorKind.LINK, str(token_uuid))

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"


VISITOR = Actor(ActorKind.PERSON, "visitor")
