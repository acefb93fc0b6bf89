"""`wegweiser receive`: one mail on standard input, as Postfix, procmail or maildrop hand it over."""

import sys
from argparse import ArgumentParser, Namespace

from wegweiser.config.commands.shape import Command, print_json
from wegweiser.kernel.errors import DomainError


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print what became of it as JSON")


def run(arguments: Namespace) -> int:
    from django.conf import settings

    from wegweiser.config import installation
    from wegweiser.crossings import mails
    from wegweiser.kernel.actor import Actor

    installation.require()
    most = settings.MAIL_MOST_BYTES
    raw = sys.stdin.buffer.read(most + 1)
    if not raw.strip():
        raise DomainError("mail_empty", "There is no mail on standard input.")
    if len(raw) > most:
        raise DomainError("mail_too_large", f"The mail is larger than {most // 1024 // 1024} MB (MAIL_MOST_MB).")
    taken = mails.receive(raw=raw, by=Actor.system("receive"))
    case = taken.mail.case
    if arguments.json:
        document = {
            "mail": str(taken.mail.uuid),
            "became": str(taken.mail.state),
            "reason": taken.mail.reason or None,
            "case": case.reference if case else None,
            "fresh": taken.fresh,
        }
        print_json(document)
    else:
        print(f"{taken.mail.state}{f' {case.reference}' if case else ''}{'' if taken.fresh else ' (known)'}")
    return 0


COMMAND = Command("receive", "Take in one mail from standard input.", run, configure)
