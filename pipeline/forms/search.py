"""A search over choices made one after another, keeping those that lead to a complete solution.

Choices that come to the same state are followed as one. The search is bounded by what it tries,
not by the clock: a parse must come out the same on every machine.
"""

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from typing import TypeVar

State = TypeVar("State", bound=Hashable)
Choice = TypeVar("Choice")
Layer = Callable[[State], Iterable[tuple[Choice, State | None]]]
"""The choices that a state leaves, each with the state it leads to; None where it breaks a rule."""
Leading = dict[State, list[tuple[Choice, State]]]
"""The choices by the states of one layer, each with the state it leads to."""


def leading_on(
    start: State, layers: Sequence[Layer[State, Choice]], most: int
) -> list[Leading[State, Choice]] | None:
    """The choices of every layer that can be completed; None where more than so many were tried."""
    tried: list[dict[State, list[tuple[Choice, State | None]]]] = []
    states: Collection[State] = (start,)
    left = most
    for layer in layers:
        tried.append({})
        for state in states:
            tried[-1][state] = list(layer(state))
            left -= len(tried[-1][state])
            if left < 0:
                return None
        states = {end for own in tried[-1].values() for _, end in own if end is not None}
    found: list[Leading[State, Choice]] = []
    for choices in reversed(tried):
        kept = (
            (state, [(choice, end) for choice, end in own if end is not None and end in states])
            for state, own in choices.items()
        )
        found.append({state: own for state, own in kept if own})
        states = found[-1].keys()
    return found[::-1]


def paths(leading: Sequence[Leading[State, Choice]], state: State) -> Iterator[tuple[Choice, ...]]:
    """The choices that lead from a state to the end, one of every layer."""
    if not leading:
        yield ()
        return
    first, *behind = leading
    for choice, after in first.get(state, ()):
        for rest in paths(behind, after):
            yield (choice, *rest)
