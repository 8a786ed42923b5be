"""The one evaluator of identities: which operands count, what the sides give, what holds.

Whoever adds up numbers of a form asks here: the splitting of rows without borders, the
order of columns, numbers broken over lines, totals, checks. What a sum is says the form.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from msgspec import Struct

from pipeline.forms.identities import Identity, Relation, Term, identities

_NEAR_SHARE = Decimal("0.2")
_NEAR_LEAST = Decimal(5)
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Known:
    """What a report says of its indicators.

    Attributes:
        values: Values read without doubt.
        blank: Indicators of cells that are printed blank: they add nothing to a sum, and
            a blank total says nothing about its parts.
        absent: Indicators whose rows the report does not print at all.
    """

    values: Mapping[str, Decimal]
    blank: frozenset[str] = frozenset()
    absent: frozenset[str] = frozenset()


class Sides(Struct, frozen=True):
    """The operands of an identity that count in a report."""

    left: tuple[Term, ...]
    right: tuple[Term, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """The indicators, left side first."""
        return tuple([term.indicator_id for term in (*self.left, *self.right)])


def equalities(rules: Iterable[Identity]) -> list[Identity]:
    """The identities that can rule a reading out: equalities within a year."""
    return [rule for rule in rules if rule.relation is Relation.EQUAL and not rule.spans_years]


def sides(identity: Identity, printed: Collection[str]) -> Sides:
    """The operands that count: optional ones where printed, the first complete alternative.

    Args:
        identity: The identity.
        printed: Indicators of the cells that a report prints, blank or not.
    """
    if not identity.has_choices:
        return Sides(identity.left, identity.right)
    complete = (
        terms
        for terms in identity.alternatives
        if all(term.indicator_id in printed for term in terms)
    )
    chosen = next(complete, identity.alternatives[0] if identity.alternatives else ())
    return Sides(
        _that_count(identity.left, printed), _that_count((*identity.right, *chosen), printed)
    )


def _that_count(terms: Iterable[Term], printed: Collection[str]) -> tuple[Term, ...]:
    return tuple([term for term in terms if not term.optional or term.indicator_id in printed])


def added(terms: Iterable[Term], values: Mapping[str, Decimal]) -> Decimal:
    """One side of an identity; an operand without a value adds nothing."""
    total = _ZERO
    for term in terms:
        number = values.get(term.indicator_id)
        if number is not None:
            total += term.sign * number
    return total


def difference(rule: Identity, values: Mapping[str, Decimal]) -> Decimal:
    """Left less right of an identity without alternatives; what is blank adds nothing."""
    return added(rule.left, values) - added(rule.right, values)


def holds(identity: Identity, actual: Decimal, expected: Decimal) -> bool:
    """Whether an identity holds between what its sides give."""
    if identity.relation is Relation.AT_MOST:
        return actual <= expected
    if identity.relation is Relation.POSITIVE_IF:
        return actual > 0 or expected <= 0
    if identity.relation is Relation.NEAR:
        larger = max(abs(actual), abs(expected))
        return abs(actual - expected) <= max(_NEAR_LEAST, _NEAR_SHARE * larger)
    return actual == expected


def touches(rule: Identity, ids: Collection[str]) -> bool:
    """Whether some of the indicators are operands of an identity."""
    return any(
        term.indicator_id in ids
        for parts in (rule.left, rule.right, *rule.alternatives)
        for term in parts
    )


def decidable(rules: Iterable[Identity], valued: Collection[str], known: Known) -> list[Identity]:
    """The identities that can be evaluated, each with the operands that count.

    The total must have a value; a part may be blank; only a part that forms are free to
    leave out may be missing.

    Args:
        rules: Identities.
        valued: Indicators with a value, known or to be tried.
        known: What is blank and what is not printed at all.
    """

    def is_settled(term: Term) -> bool:
        indicator = term.indicator_id
        return (
            indicator in valued
            or indicator in known.blank
            or (term.optional and indicator in known.absent)
        )

    def is_blank(parts: Iterable[Term]) -> bool:
        return all(term.indicator_id in known.blank for term in parts)

    found = []
    for rule in rules:
        alternatives = sorted(
            (parts for parts in rule.alternatives if all(map(is_settled, parts))), key=is_blank
        )
        if (
            all(term.indicator_id in valued for term in rule.left)
            and all(map(is_settled, rule.right))
            and bool(alternatives) == bool(rule.alternatives)
        ):
            right = tuple(
                term
                for term in (*rule.right, *(alternatives[0] if alternatives else ()))
                if term.indicator_id not in known.absent
            )
            if right:
                found.append(rule.model_copy(update={"right": right, "alternatives": ()}))
    return found


class Share(NamedTuple):
    """The contribution of one row's cells to an identity, left side less right side.

    Attributes:
        cells: The cells that are its operands, each with 1 or -1.
        totals: Those of its printed side; it says nothing where one is blank.
    """

    cells: tuple[tuple[int, int], ...]
    totals: tuple[int, ...]

    def of(self, numbers: Sequence[Decimal | None]) -> Decimal | None:
        """What the numbers of the cells contribute, None where they leave the total blank."""
        if any(numbers[cell] is None for cell in self.totals):
            return None
        total = _ZERO
        for cell, sign in self.cells:
            number = numbers[cell]
            if number:
                total = total + number if sign > 0 else total - number
        return total


def share_of(rule: Identity, ids: Sequence[str]) -> Share:
    """The share of an identity that a row with these indicators has."""
    at = {indicator: cell for cell, indicator in enumerate(ids)}
    left = [(at[term.indicator_id], term.sign) for term in rule.left if term.indicator_id in at]
    right = [(at[term.indicator_id], -term.sign) for term in rule.right if term.indicator_id in at]
    return Share((*left, *right), tuple([cell for cell, _ in left]))


def rest_of(rule: Identity, known: Mapping[str, Decimal], own: Collection[str]) -> Decimal:
    """What the known operands outside some rows give, left less right."""
    operands = [term.indicator_id for term in (*rule.left, *rule.right)]
    return difference(
        rule, {one: known[one] for one in operands if one in known and one not in own}
    )


@cache
def sums_within(ids: tuple[str, ...]) -> tuple[Identity, ...]:
    """The sums that the forms declare between the cells of one row: a total and its parts.

    Where two forms give a total other parts, those count that take in more of the row.
    """
    row = frozenset(ids)
    found: dict[str, Identity] = {}
    for rule in equalities(identities()):
        if len(rule.left) == 1 and not rule.has_choices and row.issuperset(rule.operands):
            total = rule.left[0].indicator_id
            if total not in found or len(rule.right) > len(found[total].right):
                found[total] = rule
    return tuple(found.values())


class Sums(Struct, frozen=True):
    """The sums within a row that hold, and those that do not."""

    holding: tuple[Identity, ...]
    broken: tuple[Identity, ...]

    @property
    def all_hold(self) -> bool:
        """Whether there are sums and none of them is broken."""
        return bool(self.holding) and not self.broken

    @property
    def proofs(self) -> tuple[str, ...]:
        """The ids of those that hold."""
        return tuple([rule.rule_id for rule in self.holding])


def sums_told(ids: tuple[str, ...], numbers: Sequence[Decimal | None]) -> Sums:
    """The sums within a row that hold and those that do not, as its numbers are assigned.

    Args:
        ids: The indicators of the row's cells.
        numbers: Their numbers; a sum with a part that is not known does not hold.
    """
    values = {one: number for one, number in zip(ids, numbers, strict=True) if number is not None}
    holding: list[Identity] = []
    broken: list[Identity] = []
    for rule in sums_within(ids):
        is_known = all(map(values.__contains__, rule.operands))
        (holding if is_known and difference(rule, values) == 0 else broken).append(rule)
    return Sums(tuple(holding), tuple(broken))


def totals_of(rows: Iterable[tuple[str, ...]]) -> dict[int, tuple[int, ...]]:
    """The columns that are totals in every row of a table, each with those it adds up."""
    found: list[set[tuple[int, tuple[int, ...]]]] = [
        {
            (ids.index(rule.left[0].indicator_id), tuple(sorted(map(ids.index, rule.operands[1:]))))
            for rule in sums_within(ids)
        }
        for ids in rows
    ]
    return dict(sorted(set.intersection(*found))) if found else {}
