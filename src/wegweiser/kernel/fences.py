"""Periodic work over many things: one that fails holds up no other, and is told all the same."""

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

log = logging.getLogger(__name__)
Thing = TypeVar("Thing")


def each(things: Iterable[Thing], do: Callable[[Thing], object]) -> int:
    """`do` for all of `things`, each on its own. Gives for how many it went well.

    Where it failed for any, the first failure is raised after the last one had its turn, so that the job that called
    shows it (`/readyz` and the page of the installation).
    """
    done, failures = 0, []
    for thing in things:
        try:
            do(thing)
        except Exception as failure:
            log.exception("%s failed, the others go on.", do)
            failures.append(failure)
        else:
            done += 1
    if failures:
        raise failures[0]
    return done
