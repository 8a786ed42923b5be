"""Rows that all lack one cell: a column left blank whose cells a flattened text drops.

Agencies leave whole columns blank, most often the totals. Each such row alone may lack
any of its cells; together they show which column it is, because the identities fail for
every other choice.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from pipeline.extract.tables.propose.constraints import settled
from pipeline.extract.tables.propose.digit_split import NUMBER, GluedRow, Solution, Split
from pipeline.forms.arithmetic import Known, decidable, difference, touches
from pipeline.forms.identities import Identity

_LEAST_ROWS = 5
_LEAST_PROOFS = 3
_MOST_BROKEN = Decimal("0.1")
_LEAST_BROKEN = Decimal("0.5")


def with_blank_column(
    rows: Sequence[GluedRow], known: Known, rules: Sequence[Identity]
) -> dict[int, Split]:
    """Splits, by index, of rows that lack one cell each, where one blank column explains all."""
    by_width: dict[int, list[int]] = {}
    for index, row in enumerate(rows):
        if len(row.prints[0]) == len(row.ids) - 1 > 1 and all(map(NUMBER.fullmatch, row.prints[0])):
            by_width.setdefault(len(row.ids), []).append(index)
    explained: dict[int, Split] = {}
    for width, members in by_width.items():
        if len(members) >= _LEAST_ROWS:
            numbers = {
                n: [Decimal(one.replace(",", "")) for one in rows[n].prints[0]] for n in members
            }
            readings = [
                {n: (*one[:column], None, *one[column:]) for n, one in numbers.items()}
                for column in range(width)
            ]
            broken = [_share_broken(rows, reading, known, rules) for reading in readings]
            best = min(range(width), key=lambda column: broken[column])
            others = broken[:best] + broken[best + 1 :]
            if broken[best] <= _MOST_BROKEN and min(others) >= _LEAST_BROKEN:
                explained |= readings[best]
    return explained


def _share_broken(
    rows: Sequence[GluedRow], reading: Mapping[int, Split], known: Known, rules: Sequence[Identity]
) -> Decimal:
    """Which share of the identities that tell something fails; 1 where too few do."""
    dealt = [rows[index] for index in reading]
    told = settled(dealt, [Solution((split,)) for split in reading.values()], known)
    own = {one for row in dealt for one in row.ids}
    telling = [
        rule
        for rule in decidable(rules, told.values.keys(), told)
        if touches(rule, own)
        and not all(term.indicator_id in told.blank for term in rule.right)
        and any(told.values.get(term.indicator_id) for term in (*rule.left, *rule.right))
    ]
    if len(telling) < _LEAST_PROOFS:
        return Decimal(1)
    return Decimal(sum(difference(rule, told.values) != 0 for rule in telling)) / len(telling)
