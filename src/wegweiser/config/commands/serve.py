"""`wegweiser serve`: the web server with the worker beside it."""

from argparse import Namespace

from wegweiser.config.commands.shape import Command


def run(arguments: Namespace) -> int:
    from wegweiser.config import installation, serve

    installation.require()
    return serve.run(on_answer=lambda address: print(f"Wegweiser answers at {address}", flush=True))


COMMAND = Command("serve", "Serve this installation on PORT (8000) with the worker beside it.", run, serves=True)
