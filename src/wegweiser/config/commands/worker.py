"""`wegweiser worker`: periodic work."""

from argparse import ArgumentParser, Namespace

from wegweiser.config.commands.shape import Command


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help="run what is due now and end")


def run(arguments: Namespace) -> int:
    from wegweiser.config import installation, worker

    installation.require()
    worker.run(once=arguments.once)
    return 0


COMMAND = Command("worker", "Run periodic work until it is told to stop.", run, configure)
