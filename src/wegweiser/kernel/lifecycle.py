"""A lifecycle as one table: which state leads where, by which verb. Actions ask the table before they write."""

from collections.abc import Iterable
from dataclasses import dataclass

from wegweiser.kernel.errors import DomainError


@dataclass(frozen=True)
class Transition:
    """`verb` leads from any of `sources` to `target`."""

    verb: str
    sources: frozenset[str]
    target: str


class Lifecycle:
    """The transitions of one kind of record."""

    def __init__(self, states: Iterable[str], transitions: Iterable[tuple[str, Iterable[str], str]]) -> None:
        self.states = tuple(states)
        self.transitions = {verb: Transition(verb, frozenset(sources), target) for verb, sources, target in transitions}
        for transition in self.transitions.values():
            unknown = ({transition.target} | transition.sources) - set(self.states)
            if unknown:
                raise ValueError(f"{transition.verb} names unknown states: {sorted(unknown)}")

    def target(self, *, state: str, verb: str) -> str:
        """The state that `verb` leads to from `state`. Raises DomainError("transition_not_allowed")."""
        transition = self.transitions[verb]
        if state not in transition.sources:
            raise DomainError("transition_not_allowed", f"{verb} does not lead on from {state}.")
        return transition.target

    def verbs(self, state: str) -> list[str]:
        """The verbs that lead on from `state`, in the order of the table."""
        return [verb for verb, transition in self.transitions.items() if state in transition.sources]
