"""What a command is."""

import datetime as dt
import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from wegweiser.kernel.errors import DomainError


def no_options(parser: ArgumentParser) -> None:
    """For a command without arguments."""


@dataclass(frozen=True)
class Command:
    """A name, one line that says what it does, its arguments, the function that returns the exit code, whether it
    serves pages, and whether it runs the demo."""

    name: str
    summary: str
    run: Callable[[Namespace], int]
    configure: Callable[[ArgumentParser], None] = no_options
    serves: bool = False
    is_demo: bool = False


def day(text: str | None, option: str) -> dt.date | None:
    """The day an option names, None where it is not given. Raises DomainError("date_invalid")."""
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise DomainError("date_invalid", f"{option} must be a date such as 2026-01-31, not {text!r}.") from None


def stage(name: str) -> None:
    """Say what comes next, on standard error: who waits for minutes can tell work from a hang."""
    print(f"{name} …", file=sys.stderr, flush=True)


def print_json(document: Any) -> None:
    """One JSON document on one line of standard output."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False) + "\n")
    sys.stdout.flush()
