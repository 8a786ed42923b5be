"""The two sides of a check on sentences, and its result."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from msgspec import Struct

from pipeline.extract.prose.attribution import is_open
from pipeline.facts.check_results import messages, rule_result
from pipeline.facts.ranges import Range, range_of
from pipeline.facts.wording import wording
from pipeline.forms.balance import balance
from pipeline.lexis.units import is_money, read_unit
from pipeline.model.check import CheckResult, Operand, Outcome
from pipeline.model.observation import PATH_MARK, Observation, Qualifier, Source, Status

_LONGEST_QUOTE = 80


class SeenNumber(Struct, frozen=True):
    """An observation with its place among all and its number, and whether it is part of none."""

    place: int
    of: Observation
    value: Decimal
    is_top: bool = True

    @property
    def range(self) -> Range:
        """What the number may stand for."""
        return range_of(self.of)

    @property
    def operand(self) -> Operand:
        """It, on a side of a rule."""
        return Operand(self.place, self.value)

    @property
    def is_open(self) -> bool:
        """Whether its sentence leaves open whose number it is, of which year, or of what."""
        return is_open(self.of.why)

    @property
    def quote(self) -> str:
        """The words it was read from, cut to a length to show."""
        quote = self.of.quote
        return quote if len(quote) <= _LONGEST_QUOTE else f"{quote[:_LONGEST_QUOTE]}…"

    @property
    def before(self) -> str:
        """The words of its sentence before it, at the last place where it may stand."""
        return words_before(self.of)

    @property
    def printed(self) -> str:
        """The number and its unit as a sentence prints them."""
        return f"{self.of.value_raw}{self.of.unit_raw}"

    def __str__(self) -> str:
        """What a message says: a sentence's own words, of a table the value that was read."""
        if self.of.source is not Source.NARRATIVE:
            return f"{self.value:f}{self.of.unit_raw or ''}"
        denied = self.of.value_status is Status.ZERO_STATEMENT
        return self.of.value_raw if denied else f"{self.of.value_raw}{self.of.unit_raw or ''}"


Whole = tuple[SeenNumber, list[SeenNumber]]
"""A number, and those that are said to be parts of it."""


def words_before(said: Observation) -> str:
    """Returns what a sentence says before a number, at the last place where it may stand."""
    quote, printed = said.quote, said.value_raw
    at = quote.rfind(printed)
    while at > 0 and _is_inside_number(quote, at, at + len(printed)):
        at = quote.rfind(printed, 0, at + len(printed) - 1)
    return quote[: max(at, 0)]


def _is_inside_number(quote: str, start: int, end: int) -> bool:
    """Whether digits are some of a longer number: 9 in 39."""
    return quote[start - 1].isdigit() or quote[end : end + 1].isdigit()


def is_carried_in(said: SeenNumber) -> bool:
    """Whether a number counts the requests carried in."""
    return said.of.indicator_id == balance().carried_in or bool(
        wording().check_sides.carried_in.search(said.of.label_raw)
    )


def is_a_governments(said: SeenNumber) -> bool:
    """Whether what is counted was done by a county's or a larger place's government."""
    label = said.of.label_raw
    text = said.before if label in said.before else said.of.quote
    before, found, _ = text.rpartition(label)
    words = wording().check_sides
    return bool(found and words.government.search(before) and words.does.match(found))


def is_of_all_levels(said: SeenNumber) -> bool:
    """Whether a number is of a government with all that it leads."""
    return wording().check_sides.all_levels.search(said.before) is not None


def is_part(one: SeenNumber, other: SeenNumber) -> bool:
    """Returns whether a number is said to be a part of another."""
    return one.of.section_path.startswith(f"{other.of.section_path}{PATH_MARK}")


def are_exact(*seen: SeenNumber) -> bool:
    """Whether none of some numbers is said to be about so many."""
    return all(one.of.qualifier is Qualifier.EXACT for one in seen)


def are_of_one_unit(one: SeenNumber, other: SeenNumber) -> bool:
    """Whether two numbers count in the same unit, or both in money."""
    one_unit, other_unit = one.of.unit_raw, other.of.unit_raw
    return one_unit == other_unit or (is_money(one_unit) and is_money(other_unit))


def are_alike(one: SeenNumber, other: SeenNumber) -> bool:
    """Whether two numbers count in the same unit, of the same year and body."""
    own = one.of.unit_raw, one.of.year, one.of.scope
    return own == (other.of.unit_raw, other.of.year, other.of.scope)


def added_values(seen: Iterable[SeenNumber], whole: SeenNumber | None = None) -> Decimal:
    """Returns what some numbers add up to, in the unit of money of another where it has one."""
    if whole is None or not is_money(whole.of.unit_raw):
        return sum((one.value for one in seen), Decimal(0))
    worth = sum((one.value * _factor(one) for one in seen), Decimal(0))
    return worth / _factor(whole)


def _factor(said: SeenNumber) -> Decimal:
    return read_unit(said.of.unit_raw).factor or Decimal(1)


def indicators_of(*seen: SeenNumber) -> tuple[str, ...]:
    """Returns the indicators of numbers that have one, in their order."""
    return tuple(name for one in seen if (name := one.of.indicator_id))


def plus(seen: Iterable[SeenNumber]) -> str:
    """Returns numbers with a plus between them."""
    return "+".join(map(str, seen))


def result(
    finding: str,
    outcome: Outcome | bool,
    left: Sequence[SeenNumber],
    right: Sequence[SeenNumber] = (),
    *,
    about: tuple[str, ...] | None = None,
    actual: Decimal | None = None,
    expected: Decimal | None = None,
    **gaps: object,
) -> CheckResult:
    """Returns what a rule gives on numbers of a report.

    Its sentence has gaps for the first number of each side (``left``, ``right``) and the second of
    the right side (``second``), for the numbers with a plus between them (``left_sum``,
    ``right_sum``), and for what the sides come to (``actual``, ``expected``).

    Args:
        finding: Its name in ``data/messages.yml``.
        outcome: What came of it, or whether it holds.
        left: The numbers of the left side.
        right: Those of the right side.
        about: The indicators it is about; those of both sides if None.
        actual: What the left side comes to; its first number if None.
        expected: The same of the right side.
        gaps: What fills other gaps of the sentence.
    """
    said = messages()[finding]
    if isinstance(outcome, bool):
        outcome = Outcome.PASS if outcome else Outcome.FAIL
    actual = left[0].value if actual is None and left else actual
    expected = right[0].value if expected is None and right else expected
    gaps |= {"left": next(iter(left), None), "left_sum": plus(left), "actual": actual}
    gaps |= dict(zip(("right", "second"), right, strict=False))
    gaps |= {"right_sum": plus(right), "expected": expected}
    return rule_result(
        said.rule,
        outcome,
        indicators_of(*left, *right) if about is None else about,
        actual=actual,
        expected=expected,
        zh=said.zh.format(**gaps),
        en=said.en.format(**gaps),
        left=[one.operand for one in left],
        right=[one.operand for one in right],
    )
