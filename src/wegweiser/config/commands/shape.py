"""What a command is."""

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


def no_options(parser: ArgumentParser) -> None:
    """For a command without arguments."""


@dataclass(frozen=True)
class Command:
    """A name, one line that says what it does, its arguments, and the function that returns the exit code."""

    name: str
    summary: str
    run: Callable[[Namespace], int]
    configure: Callable[[ArgumentParser], None] = no_options


def print_json(document: Any) -> None:
    """One JSON document on one line of standard output."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False) + "\n")
    sys.stdout.flush()
