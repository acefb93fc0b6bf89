"""`wegweiser match`: route one enquiry, or many."""

import json
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from typing import TYPE_CHECKING, Any

from wegweiser.config.commands.shape import Command, print_json
from wegweiser.kernel.errors import DomainError

if TYPE_CHECKING:
    from wegweiser.catalogue.matches import Answer, Ask


LIKELY = 0.25  # chance from which a second topic is named


def at_least_one(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise ArgumentTypeError(f"{text!r} is no number from 1")
    return int(text)


def configure(parser: ArgumentParser) -> None:
    help_text = "the enquiry; without it, or with -, one per line of standard input"
    parser.add_argument("text", metavar="TEXT", nargs="?", help=help_text)
    parser.add_argument("--lang", choices=("de", "en"), default="de", help="language of the reasons (de)")
    parser.add_argument("--limit", type=at_least_one, default=5, help="how many offers (5)")
    parser.add_argument("--json", action="store_true", help="print JSON, one line for each enquiry")


def run(arguments: Namespace) -> int:
    from wegweiser.catalogue import matches
    from wegweiser.config import installation

    if arguments.text is None and sys.stdin.isatty():  # nobody would know what it waits for
        print("wegweiser match: TEXT is missing; with - it reads one enquiry per line.", file=sys.stderr)
        return 2
    installation.require()
    is_many = arguments.text in {None, "-"}
    texts = _lines() if is_many else [arguments.text]
    for text in texts:
        answer = matches.match(text, lang=arguments.lang, limit=arguments.limit)
        if arguments.json or is_many:
            print_json(as_json(answer))
        else:
            print(as_text(answer))
    return 0


def _lines() -> list[str]:
    """The enquiries on standard input; all are read before the first is answered, so a mistake changes nothing."""
    try:
        lines = sys.stdin.buffer.read().decode("utf-8").removeprefix("\ufeff").split("\n")
    except UnicodeDecodeError as error:
        raise DomainError("input_not_utf8", f"Standard input is not UTF-8: {error}.") from error
    if lines[-1] == "":
        lines.pop()
    return [_line(number, line.removesuffix("\r")) for number, line in enumerate(lines, start=1)]


def _line(number: int, line: str) -> str:
    if not line.startswith('"'):
        return line
    try:
        value = json.loads(line)
    except ValueError as error:
        raise DomainError(
            "line_not_json", f"Line {number} starts with a quotation mark but is no JSON string."
        ) from error
    return str(value)


def as_json(answer: "Answer | None") -> dict[str, Any] | None:
    """An answer in the shape that scripts rely on; None for an empty enquiry."""
    if answer is None:
        return None
    return {
        "in_scope": answer.in_scope,
        "urgent": answer.urgent,
        "topics": [{"slug": row.slug, "partner": row.partner, "score": row.score} for row in answer.topics],
        "contact": {"slug": answer.contact.slug} if answer.contact else None,
        "offers": [
            {"slug": row.entry.slug, "kind": row.entry.kind, "score": row.score, "why": list(row.why)}
            for row in answer.offers
        ],
        "ask": {"question": answer.ask.text, "replies": [text for _, text in answer.ask.replies]}
        if answer.ask
        else None,
    }


def _ask(asked: "Ask") -> dict[str, Any]:
    return {"question": asked.text, "replies": [text for _, text in asked.replies]}


def as_text(answer: "Answer | None") -> str:
    """An answer for a terminal."""
    if answer is None:
        return "Nothing was asked."
    lines = ["urgent" if answer.urgent else "in scope" if answer.in_scope else "out of scope"]
    if answer.ask:
        lines.append(f"ask back: {answer.ask.text} ({' / '.join(text for _, text in answer.ask.replies)})")
    likely = [row for place, row in enumerate(answer.topics) if place == 0 or row.score >= LIKELY]
    lines += [f"{'topic' if row is likely[0] else 'or'}: {row.slug} ({row.partner})" for row in likely]
    if answer.contact:
        lines.append(f"contact: {answer.contact.title}")
    lines += [f"  {row.entry.kind}  {row.entry.title}: {' '.join(row.why)}" for row in answer.offers]
    return "\n".join(lines)


COMMAND = Command("match", "Route one enquiry: topics, contact person and offers that fit.", run, configure)
