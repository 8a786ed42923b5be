"""What came to be dealt with, and what became of it, over all sentences of a report."""

from collections.abc import Iterator, Sequence
from itertools import product

from pipeline.facts.check_sides import (
    SeenNumber,
    added_values,
    are_exact,
    indicators_of,
    result,
)
from pipeline.facts.sentences import clauses
from pipeline.facts.wording import wording
from pipeline.forms.balance import balance
from pipeline.model.check import CheckResult


def compare_balance(prose: Sequence[SeenNumber]) -> Iterator[CheckResult]:
    """X-P6: requests received and carried in, against those closed and carried on."""
    said: dict[str, list[SeenNumber]] = {}
    for one in prose:
        if one.of.indicator_id and not one.is_open and are_exact(one):
            said.setdefault(one.of.indicator_id, []).append(one)
    names = (*balance().came, *(name for name in balance().went if name in said))
    if len(names) <= len(balance().came) or not said.keys() >= set(names):
        return
    # 新收40件中办结38件;全年共办结41件: which of them is all, their sum tells.
    readings = list(product(*(said[name] for name in names)))
    received = len(balance().came)
    balanced = (
        one for one in readings if added_values(one[:received]) == added_values(one[received:])
    )
    chosen = next(balanced, readings[0])
    is_all = len(names) == len(balance().came) + len(balance().went)
    came, went = chosen[:received], chosen[received:]
    inward, outward = added_values(came), added_values(went)
    fits = inward == outward if is_all else inward >= outward
    yield result(
        "balance",
        fits,
        came,
        went,
        about=tuple(one.of.indicator_id or "" for one in (*came, *went)),
        actual=inward,
        expected=outward,
    )


def compare_due(prose: Sequence[SeenNumber]) -> Iterator[CheckResult]:
    """X-P6: requests due to be dealt with, against those received and carried in."""
    for due in prose:
        names = (due.of.label_raw, clauses(due.before)[-1])
        if not any(map(wording().balances.due.fullmatch, names)) or not are_exact(due):
            continue
        came = [
            next((one for one in prose if one.of.indicator_id == name and not one.is_open), None)
            for name in balance().came
        ]
        parts = [one for one in came if one is not None and one.of.quote == due.of.quote]
        if len(parts) < len(came) or not are_exact(*parts):
            continue
        value = added_values(parts)
        yield result(
            "due", value == due.value, (due,), parts, about=indicators_of(*parts), expected=value
        )
