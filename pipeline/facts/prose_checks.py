"""Tables against sentences, and sentences against each other.

A difference is reported with both sides; which is right is not for us to say.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import yaml
from pydantic import BaseModel, ConfigDict

from pipeline.extract.prose.claims import Claim
from pipeline.facts.comparable import is_about_others, may_add_up_years
from pipeline.facts.ranges import Range, range_of, total
from pipeline.forms.rules import rule
from pipeline.model.check import CheckResult, Operand, Outcome
from pipeline.model.observation import Observation, Qualifier, Scope, Source, Status

_PRINTED = (Source.TABLE, Source.RECONSTRUCTED, Source.DERIVED)
_SAID = (Status.REPORTED, Status.ZERO_STATEMENT)
_SHARE = "占比"
_LONGEST_QUOTE = 80


class _SameNumber(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    indicator: str
    label: re.Pattern[str]
    units: frozenset[str]


class _Rules(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    sums: dict[str, tuple[str, ...]]
    also: dict[str, tuple[tuple[str, ...], ...]]
    same_number: tuple[_SameNumber, ...]
    items: frozenset[str]
    people: frozenset[str]
    kind_of_information: re.Pattern[str]


class _Seen(NamedTuple):
    """An observation with its place among all and its number."""

    place: int
    of: Observation
    value: Decimal

    @property
    def range(self) -> Range:
        return range_of(self.of)

    def __str__(self) -> str:
        """What a message says: a sentence's own words, of a table the value that was read."""
        if self.of.source is not Source.NARRATIVE:
            return f"{self.value:f}{self.of.unit_raw or ''}"
        denied = self.of.value_status is Status.ZERO_STATEMENT
        return self.of.value_raw if denied else f"{self.of.value_raw}{self.of.unit_raw or ''}"


_Whole = tuple[_Seen, list[_Seen]]
"""A number, and those that are said to be parts of it."""


def compare_sources(
    observations: Sequence[Observation],
    claims: Sequence[Claim] = (),
    *,
    scope: Scope = Scope.UNKNOWN,
) -> tuple[CheckResult, ...]:
    """Compares what a report's tables and sentences say of the same thing.

    Args:
        observations: Everything seen in the report.
        claims: What its sentences claim without a number.
        scope: Whose numbers the report's tables give. A sentence on somebody else's is
            not held against them.

    Returns:
        A result wherever two sources can be compared. ``observations`` of a result are
        indexes, the table's or the printed whole first; ``actual`` is that side,
        ``expected`` the other.
    """
    narrative = Source.NARRATIVE
    if not claims and all(one.source is not narrative for one in observations):
        return ()
    seen = [
        _Seen(place, one, one.value)
        for place, one in enumerate(observations)
        if one.value is not None and one.value_status in _SAID
    ]
    prose = [one for one in seen if one.of.source is Source.NARRATIVE]
    wholes = _wholes(prose)
    table: dict[str, _Seen] = {}
    for one in seen:
        if one.of.indicator_id and one.of.source in _PRINTED:
            table.setdefault(one.of.indicator_id, one)
    return (
        *_table_and_prose(table, prose, scope),
        *_same_numbers(table, prose),
        *_silence(table, prose),
        *_claims(table, claims),
        *_sentences(prose),
        *_parts(wholes, prose),
        *_shares(wholes),
        *_kinds_and_all(prose),
    )


def _table_and_prose(
    table: dict[str, _Seen], prose: Sequence[_Seen], scope: Scope
) -> Iterator[CheckResult]:
    """X-T1 and X-T2."""
    for said in prose:
        name = said.of.indicator_id or ""
        if said.of.year is not None:
            continue
        if name in table:
            yield _held_against(table, said, ((name,), *_rules().also.get(name, ())), scope)
        elif name in _rules().sums:
            rows = _rules().sums[name]
            if all(row in table for row in rows):
                yield _held_against(table, said, (rows,), scope)


def _held_against(
    table: dict[str, _Seen], said: _Seen, readings: Sequence[tuple[str, ...]], scope: Scope
) -> CheckResult:
    """A sentence against what the table may say of the same: a row or a sum of rows."""
    possible = [[table[row] for row in rows] for rows in readings if all(r in table for r in rows)]
    fitting = [rows for rows in possible if total([row.range for row in rows]).meets(said.range)]
    rows = (fitting or possible)[0]
    outcome = Outcome.PASS if fitting else Outcome.FAIL
    printed_total = sum((row.value for row in rows), Decimal(0))
    other = not fitting and (
        is_about_others(said.of, scope)
        or (said.value > printed_total and may_add_up_years(said.of))
    )
    printed = "+".join(str(row) for row in rows)
    label = rows[0].of.label_raw
    return _result(
        "X-T1" if len(possible[0]) == 1 else "X-T2",
        Outcome.NOT_ASSESSABLE if other else outcome,
        tuple(row.of.indicator_id or "" for row in rows),
        actual=printed_total,
        expected=said.value,
        zh=f"统计表“{label}”为{printed}，正文为{said}（{_quote(said)}）"
        + ("，口径不同，不作比较" if other else ""),
        en=f"the table has {printed} for {label}, a sentence has {said} ({_quote(said)})"
        + ("; they are about different bodies or times" if other else ""),
        left=rows,
        right=(said,),
    )


def _same_numbers(table: dict[str, _Seen], prose: Sequence[_Seen]) -> Iterator[CheckResult]:
    """X-U1."""
    unnamed = [said for said in prose if said.of.indicator_id is None]
    for same in _rules().same_number:
        row = table.get(same.indicator)
        if row is None or row.value <= 1:
            continue
        for said in unnamed:
            if (
                said.of.unit_raw in same.units
                and said.value == row.value
                and same.label.search(said.of.label_raw)
            ):
                label, other = row.of.label_raw, said.of.label_raw
                yield _result(
                    "X-U1",
                    Outcome.FAIL,
                    (same.indicator,),
                    actual=row.value,
                    expected=said.value,
                    zh=f"同一数字两种说法：统计表“{label}”{row}，正文“{other}”{said}",
                    en=f"one number under two names or units: {label} {row} in the table, "
                    f"{other} {said} in a sentence",
                    left=(row,),
                    right=(said,),
                )


def _silence(table: dict[str, _Seen], prose: Sequence[_Seen]) -> Iterator[CheckResult]:
    """X-M1."""
    row = table.get("requests.received")
    if row is None or row.value <= 0:
        return
    counted = [one for one in prose if one.of.indicator_id]
    speaks = any(
        "申请" in one.of.label_raw
        or "依申请" in one.of.label_raw
        or (one.of.indicator_id or "").startswith(("requests.received", "requests.a", "requests.p"))
        for one in prose
    )
    if counted and not speaks:
        yield _result(
            "X-M1",
            Outcome.FAIL,
            ("requests.received",),
            actual=row.value,
            expected=None,
            zh=f"统计表“{row.of.label_raw}”为{row}，正文未提及收到申请",
            en=f"the table has {row} for {row.of.label_raw}, no sentence speaks of requests",
            left=(row,),
        )


def _claims(table: dict[str, _Seen], claims: Sequence[Claim]) -> Iterator[CheckResult]:
    """X-C1."""
    for claim in claims:
        row = table.get(claim.indicator_id)
        if row is None:
            continue
        yield _result(
            "X-C1",
            Outcome.FAIL if row.value == 0 else Outcome.PASS,
            (claim.indicator_id,),
            actual=row.value,
            expected=None,
            zh=f"统计表“{row.of.label_raw}”为{row}，正文称“{claim.phrase}”",
            en=f"the table has {row} for {row.of.label_raw}, a sentence claims {claim.phrase}",
            left=(row,),
        )


def _sentences(prose: Sequence[_Seen]) -> Iterator[CheckResult]:
    """X-P1: every later sentence against the first on the same indicator."""
    first: dict[tuple[str, int | None, bool], _Seen] = {}
    for said in prose:
        if not said.of.indicator_id:
            continue
        others = said.of.scope in (Scope.REGION, Scope.SYSTEM)
        key = (said.of.indicator_id, said.of.year, others)
        before = first.setdefault(key, said)
        if before is said or (others and before.of.scope is not said.of.scope):
            continue
        if (before.of.char_start, before.value) == (said.of.char_start, said.value):
            continue
        more = max(before, said, key=lambda one: one.value)
        if not before.range.meets(said.range) and may_add_up_years(more.of):
            continue
        yield _result(
            "X-P1",
            Outcome.PASS if before.range.meets(said.range) else Outcome.FAIL,
            (said.of.indicator_id,),
            actual=before.value,
            expected=said.value,
            zh=f"正文两处：{before}（{_quote(before)}）与{said}（{_quote(said)}）",
            en=f"two sentences: {before} ({_quote(before)}) and {said} ({_quote(said)})",
            left=(before,),
            right=(said,),
        )


def _parts(wholes: Sequence[_Whole], prose: Sequence[_Seen]) -> Iterator[CheckResult]:
    """X-P2."""
    for whole, parts in wholes:
        for group in _dimensions([part for part in parts if _adds_up(whole, part)]):
            if not _is_surely_whole(whole, group, prose):
                continue
            group = _exact(whole, group)
            added = total([part.range for part in group])
            value = sum((part.value for part in group), Decimal(0))
            plus = "+".join(str(part) for part in group) + f"={value}" * (len(group) > 1)
            yield _result(
                "X-P2",
                Outcome.FAIL if added.low > whole.range.high else Outcome.PASS,
                tuple(name for one in (whole, *group) if (name := one.of.indicator_id)),
                actual=whole.value,
                expected=value,
                zh=f"“{whole.of.label_raw}”{whole}，其中{plus}（{_quote(whole)}）",
                en=f"{whole.of.label_raw} {whole}, its parts {plus} ({_quote(whole)})",
                left=(whole,),
                right=group,
            )


def _exact(whole: _Seen, parts: list[_Seen]) -> list[_Seen]:
    """The first parts that make up the whole: what else is counted behind them is none."""
    value = Decimal(0)
    for number, part in enumerate(parts, 1):
        if part.of.unit_raw != whole.of.unit_raw:
            break
        value += part.value
        if number > 1 and value == whole.value:
            return parts[:number]
    return parts


def _is_surely_whole(whole: _Seen, parts: Sequence[_Seen], prose: Sequence[_Seen]) -> bool:
    """Whether 其中 means the number before it alone, not those counted beside it as well.

    Of 59 received and 2 carried in, 其中 54 answered are a part of both together.
    """
    if all(part.value <= whole.value for part in parts):
        return True
    return not any(
        one.of.unit_raw == whole.of.unit_raw
        and one.of.quote == whole.of.quote
        and one.of.char_start <= whole.of.char_start
        and one.place < whole.place
        for one in prose
    )


def _wholes(prose: Sequence[_Seen]) -> list[_Whole]:
    """Every number that others are said to be parts of, with them."""
    open_wholes: dict[str, _Whole] = {}
    found = []
    for said in prose:
        path = said.of.section_path
        above = path.removesuffix(f" > {said.of.label_raw}")
        if above in open_wholes and above != path:
            open_wholes[above][1].append(said)
        entry: _Whole = (said, [])
        open_wholes[path] = entry
        found.append(entry)
    return [entry for entry in found if entry[1]]


def _adds_up(whole: _Seen, part: _Seen) -> bool:
    """Whether a part counts the same kind of thing as its whole."""
    items, people = _rules().items, _rules().people
    one, other = whole.of.unit_raw or "", part.of.unit_raw or ""
    if one == other:
        return one in items or one in people
    return one in items and other in items and part.value <= whole.value


def _dimensions(parts: Sequence[_Seen]) -> list[list[_Seen]]:
    """Parts by the indicator above them: channels and outcomes both add up to a whole."""
    families: dict[str, list[_Seen]] = {}
    for part in parts:
        name = re.split(r"[:]", part.of.indicator_id or "")[0]
        families.setdefault(name.rpartition(".")[0], []).append(part)
    named = [group for family, group in families.items() if family]
    if len(named) > 1:
        return named
    return [list(parts)] if parts else []


def _shares(wholes: Sequence[_Whole]) -> Iterator[CheckResult]:
    """X-P3."""
    for whole, parts in wholes:
        shares = [part for part in parts if part.of.unit_raw == "%"]
        if not shares:
            continue
        counted = {part.of.label_raw: part for part in parts if part.of.unit_raw != "%"}
        for share in shares:
            part = counted.get(share.of.label_raw.removesuffix(_SHARE))
            exact = part is not None and part.of.unit_raw == whole.of.unit_raw
            if part is None or not exact or not whole.value:
                continue
            if any(one.of.qualifier is not Qualifier.EXACT for one in (whole, part, share)):
                continue
            worked_out = part.value / whole.value * 100
            places = -int(share.value.as_tuple().exponent)
            step = Decimal(1).scaleb(-places)
            yield _result(
                "X-P3",
                Outcome.PASS if abs(worked_out - share.value) <= step else Outcome.FAIL,
                (),
                actual=share.value,
                expected=round(worked_out, places + 1),
                zh=f"“{part.of.label_raw}”{part}，占{whole}的{worked_out:.1f}%，正文为{share}",
                en=f"{part.of.label_raw} {part} is {worked_out:.1f}% of {whole}, printed {share}",
                left=(share,),
                right=(part, whole),
            )


def _kinds_and_all(prose: Sequence[_Seen]) -> Iterator[CheckResult]:
    """X-P4."""
    wholes = [one for one in prose if one.of.indicator_id == "disclosure.items"]
    for said in prose:
        if said.of.indicator_id or not _rules().kind_of_information.match(said.of.label_raw):
            continue
        same = [one for one in wholes if _alike(one.of, said.of)]
        if not same:
            continue
        whole = max(same, key=lambda one: one.range.high)
        yield _result(
            "X-P4",
            Outcome.FAIL if said.range.low > whole.range.high else Outcome.PASS,
            ("disclosure.items",),
            actual=whole.value,
            expected=said.value,
            zh=f"正文称共公开信息{whole}，又称“{said.of.label_raw}”{said}",
            en=f"a sentence counts {whole} in all, another {said} for {said.of.label_raw} alone",
            left=(whole,),
            right=(said,),
        )


def _alike(one: Observation, other: Observation) -> bool:
    """Whether two sentences count in the same unit, of the same year and body."""
    others = [scope in (Scope.REGION, Scope.SYSTEM) for scope in (one.scope, other.scope)]
    return one.unit_raw == other.unit_raw and one.year == other.year and others[0] == others[1]


def _result(
    rule_id: str,
    outcome: Outcome,
    indicator_ids: tuple[str, ...],
    *,
    actual: Decimal | None,
    expected: Decimal | None,
    zh: str,
    en: str,
    left: Sequence[_Seen],
    right: Sequence[_Seen] = (),
) -> CheckResult:
    both = actual is not None and expected is not None
    return CheckResult(
        rule_id=rule_id,
        kind=rule(rule_id).kind,
        severity=rule(rule_id).severity,
        outcome=outcome,
        indicator_ids=indicator_ids,
        expected=expected,
        actual=actual,
        difference=actual - expected
        if both and actual is not None and expected is not None
        else None,
        message_zh=zh,
        message_en=en,
        left=_operands(left),
        right=_operands(right),
    )


def _operands(side: Sequence[_Seen]) -> tuple[Operand, ...]:
    return tuple(Operand(one.place, one.value) for one in side)


def _quote(said: _Seen) -> str:
    quote = said.of.quote
    return quote if len(quote) <= _LONGEST_QUOTE else f"{quote[:_LONGEST_QUOTE]}…"


@cache
def _rules() -> _Rules:
    path = files("pipeline.facts") / "data" / "prose_checks.yml"
    return _Rules.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
