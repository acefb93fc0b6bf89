"""What `check` has to say: one thing to put right, as an error or a warning."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Finding:
    """One thing to put right; an error makes `check` fail, a warning does not."""

    level: str
    code: str
    text: str

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def error(code: str, text: str) -> Finding:
    return Finding("error", code, text)


def warning(code: str, text: str) -> Finding:
    return Finding("warning", code, text)
