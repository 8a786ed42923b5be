"""The words and limits that facts and checks go by: ``data/wording.yml``."""

import re
from functools import cache, cached_property

from pydantic import Field

from pipeline.declared import Declaration, declared


class _AddingUp(Declaration):
    least_failing: int = Field(ge=1)
    most_failing: float = Field(ge=0, le=1)


class _Kind(Declaration):
    words: re.Pattern[str]
    indicator: str | None = None


class Dimension(Declaration):
    """A set of kinds that exclude each other: what they are kinds of, and the words of each."""

    of: re.Pattern[str]
    unless: re.Pattern[str]
    kinds: dict[str, _Kind]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Any kind; the name of the group is its own."""
        return re.compile(
            "|".join(f"(?P<{name}>{kind.words.pattern})" for name, kind in self.kinds.items())
        )

    def named_in(self, text: str) -> frozenset[str]:
        """The kinds that a text names."""
        return frozenset(match.lastgroup or "" for match in self.pattern.finditer(text))


class _UniversalClaims(Declaration):
    every: re.Pattern[str]
    none: re.Pattern[str]
    besides: re.Pattern[str]
    left_over: re.Pattern[str]
    in_year: re.Pattern[str]
    not_of_rate: re.Pattern[str]
    apart: re.Pattern[str]
    goes_on: re.Pattern[str]
    rate: re.Pattern[str]
    elsewhere: re.Pattern[str]
    there_before: re.Pattern[str]
    case: re.Pattern[str]
    dimensions: dict[str, Dimension]
    of_kinds: dict[str | None, tuple[str, ...]]
    instances: re.Pattern[str]
    presupposed: dict[str, re.Pattern[str]]
    denied: re.Pattern[str]
    denied_end: re.Pattern[str]
    own: re.Pattern[str]
    rest_of_name: re.Pattern[str]
    verb: re.Pattern[str]
    all_of_kind: re.Pattern[str]


class _Balances(Declaration):
    due: re.Pattern[str]


class _YearOverYear(Declaration):
    times: re.Pattern[str]
    doubled: re.Pattern[str]
    by_part: re.Pattern[str]
    times_before: re.Pattern[str]
    change_on_last_year: re.Pattern[str]
    moved: re.Pattern[str]
    went: re.Pattern[str]
    grew_to: re.Pattern[str]
    more: re.Pattern[str]
    less: re.Pattern[str]
    compared: re.Pattern[str]
    as_before: re.Pattern[str]
    as_now: re.Pattern[str]


class _Comparable(Declaration):
    narrower: re.Pattern[str]
    added_up: re.Pattern[str]
    of_the_year: re.Pattern[str]
    sums: dict[str, tuple[str, ...]]


class _Ways(Declaration):
    whole: str
    way: str
    word: str


class _ExhaustiveParts(Declaration):
    several_ways: _Ways
    complete: dict[str, tuple[str, ...]]
    one_half: re.Pattern[str]
    other_half: re.Pattern[str]
    own_level: re.Pattern[str]
    level_below: re.Pattern[str]
    several: re.Pattern[str]
    summed_up: dict[str, str]
    total: re.Pattern[str]


class _StatedPartLists(Declaration):
    counted: re.Pattern[str]
    joined: re.Pattern[str]
    these: re.Pattern[str]
    kinds: re.Pattern[str]
    each: re.Pattern[str]
    in_turn: re.Pattern[str]
    rest: re.Pattern[str]
    not_all: re.Pattern[str]
    not_added: re.Pattern[str]
    every_by: re.Pattern[str]
    no_other: re.Pattern[str]
    colon: re.Pattern[str]
    full_stop: re.Pattern[str]
    no_other_after: re.Pattern[str]
    denied_after: re.Pattern[str]
    kinds_after: re.Pattern[str]
    in_order: re.Pattern[str]
    in_year: dict[str, int]
    not_twice: re.Pattern[str]
    ends: re.Pattern[str]
    adds_up: re.Pattern[str]
    made_public: re.Pattern[str]
    body: re.Pattern[str]
    made_up: re.Pattern[str]
    stretches: dict[str, tuple[int, int]]
    stretch: re.Pattern[str]
    ordinal: re.Pattern[str]
    months: re.Pattern[str]
    summed: re.Pattern[str]
    listed: re.Pattern[str]
    of_another: re.Pattern[str]
    of_year: re.Pattern[str]
    sum: re.Pattern[str]


class _SameNumber(Declaration):
    indicator: str
    label: re.Pattern[str]
    units: frozenset[str]


class _Silence(Declaration):
    indicator: str
    word: str
    ids: tuple[str, ...]
    beside: tuple[tuple[str, ...], ...]


class _ProseChecks(Declaration):
    silence: _Silence
    also: dict[str, tuple[tuple[str, ...], ...]]
    others: re.Pattern[str]
    same_number: tuple[_SameNumber, ...]


class _SentenceChecks(Declaration):
    persons: frozenset[str | None]
    cases: frozenset[str]
    stocks: frozenset[str]
    information: str
    kind_of_information: re.Pattern[str]


class _Shares(Declaration):
    done: dict[str, frozenset[str]]
    rate: re.Pattern[str]
    fraction: re.Pattern[str]
    not_a_fraction: re.Pattern[str]
    out_of: re.Pattern[str]
    behind: re.Pattern[str]
    behind_end: re.Pattern[str]
    makes: re.Pattern[str]
    of_total: re.Pattern[str]
    of_named: re.Pattern[str]


class _CheckSides(Declaration):
    carried_in: re.Pattern[str]
    government: re.Pattern[str]
    all_levels: re.Pattern[str]
    does: re.Pattern[str]


class _Sentences(Declaration):
    twice: re.Pattern[str]


class _WholesAndParts(Declaration):
    items: frozenset[str]
    people: frozenset[str]
    overlapping: frozenset[str]
    acts: frozenset[str]
    inclusive: frozenset[str | None]
    ways: tuple[str, ...]
    repeated: re.Pattern[str]
    done_with: re.Pattern[str]
    changed: re.Pattern[str]
    beside: dict[str | None, str]
    limits: dict[str, tuple[str, ...]]
    families: dict[str, tuple[str, ...]]


class _ArithmeticStatements(Declaration):
    again: re.Pattern[str]
    all_of_them: re.Pattern[str]
    these: re.Pattern[str]
    every: re.Pattern[str]
    inexact: re.Pattern[str]
    converted: re.Pattern[str]
    rounds: dict[str, int]
    of_all: re.Pattern[str]
    before: re.Pattern[str]
    came: re.Pattern[str]
    went: re.Pattern[str]
    stock: re.Pattern[str]
    neither: re.Pattern[str]
    now: re.Pattern[str]
    balance: dict[str, re.Pattern[str]]


class Wording(Declaration):
    """The sections of the file."""

    adding_up: _AddingUp
    universal_claims: _UniversalClaims
    balances: _Balances
    year_over_year: _YearOverYear
    comparable: _Comparable
    exhaustive_parts: _ExhaustiveParts
    stated_part_lists: _StatedPartLists
    prose_checks: _ProseChecks
    sentence_checks: _SentenceChecks
    shares: _Shares
    check_sides: _CheckSides
    sentences: _Sentences
    wholes_and_parts: _WholesAndParts
    arithmetic_statements: _ArithmeticStatements


@cache
def wording() -> Wording:
    """Returns what the file says."""
    return declared("pipeline.facts", "wording", Wording)
