"""Sentences against each other: two places, wholes and parts, shares, kinds and all.

A difference is reported with both sides; which is right is not for us to say. Nothing is
held against anything that is of another kind, unit, body or year.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache
from importlib.resources import files
from itertools import pairwise, product

import yaml
from pydantic import BaseModel, ConfigDict

from pipeline.facts.comparable import may_add_up_years
from pipeline.facts.complete_parts import compare_complete
from pipeline.facts.ranges import total
from pipeline.facts.sides import Seen, indicators_of, result
from pipeline.model.check import CheckResult, Outcome
from pipeline.model.observation import Observation, Qualifier, Scope

_SHARE = "占比"
_RATE = "率"
_FEWEST = 2
_MIXED = "O-mixed"
_CARRIED_IN = "requests.carried_in"
_CARRIED_OUT = "requests.carried_out"
_RECEIVED = "requests.received"
_CARRIED = re.compile("上一?年度?(?:末)?(?:结转|转结)")
_PATH = " > "

_Whole = tuple[Seen, list[Seen]]
"""A number, and those that are said to be parts of it."""


class _Rules(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    items: frozenset[str]
    people: frozenset[str]
    overlapping: frozenset[str]
    repeated: re.Pattern[str]
    not_due: re.Pattern[str]
    kind_of_information: re.Pattern[str]
    rate: re.Pattern[str]
    rated: frozenset[str]
    done: dict[str, frozenset[str]]
    flat: re.Pattern[str]
    limits: dict[str, tuple[str, ...]]
    cases: frozenset[str]
    more: re.Pattern[str]
    less: re.Pattern[str]
    compared: re.Pattern[str]
    families: dict[str, tuple[str, ...]]
    stocks: frozenset[str]
    came: tuple[str, ...]
    went: tuple[str, ...]


def compare_sentences(prose: Sequence[Seen], scope: Scope) -> Iterator[CheckResult]:
    """Compares what a report's sentences say with each other.

    Args:
        prose: The numbers its sentences state, in reading order.
        scope: Whose numbers the report gives.

    Yields:
        A result wherever two can be compared.
    """
    wholes = _wholes(prose)
    yield from _two_places(prose, scope)
    yield from _parts(wholes, prose)
    yield from _families(prose)
    yield from compare_complete(prose, wholes)
    yield from _shares(wholes, prose)
    yield from _changes(prose)
    yield from _kinds_and_all(prose)
    yield from _balance(prose)


def _two_places(prose: Sequence[Seen], scope: Scope) -> Iterator[CheckResult]:
    """X-P1: every later sentence against the first on the same indicator, body and year."""
    first: dict[tuple[str, int | None, Scope], Seen] = {}
    carried = [one.value for one in prose if _is_carried_in(one)]
    for said in prose:
        name = said.of.indicator_id
        if not name or said.is_open:
            continue
        body = scope if said.of.scope is Scope.UNKNOWN else said.of.scope
        before = first.setdefault((name, said.of.year, body), said)
        if before is said or _is_part(said, before) or _is_part(before, said):
            continue
        if (before.of.char_start, before.value) == (said.of.char_start, said.value):
            continue
        meets = before.range.meets(said.range)
        more = max(before, said, key=lambda one: one.value)
        if not meets and (
            (may_add_up_years(more.of) and more.of.indicator_id not in _rules().stocks)
            or (name != _CARRIED_IN and abs(before.value - said.value) in carried)
            or _differ(said.of.unit_raw, before.of.unit_raw)
        ):
            continue
        yield result(
            "X-P1",
            Outcome.PASS if meets else Outcome.FAIL,
            (name,),
            actual=before.value,
            expected=said.value,
            zh=f"正文两处：{before}（{before.quote}）与{said}（{said.quote}）",
            en=f"two sentences: {before} ({before.quote}) and {said} ({said.quote})",
            left=(before,),
            right=(said,),
        )


def _differ(one: str | None, other: str | None) -> bool:
    cases = _rules().cases
    alike = one == other or (one in cases and other in cases)
    return one is not None and other is not None and not alike


def _is_part(one: Seen, other: Seen) -> bool:
    """Whether a number is said to be a part of another."""
    return one.of.section_path.startswith(f"{other.of.section_path}{_PATH}")


def _parts(wholes: Sequence[_Whole], prose: Sequence[Seen]) -> Iterator[CheckResult]:
    """X-P2."""
    for whole, parts in wholes:
        for group in _dimensions([part for part in parts if _adds_up(whole, part)]):
            if not _is_surely_whole(whole, group, prose) or _is_repeated(group):
                continue
            group = _exact(whole, group)
            most = whole.range.high + _beside(whole, group, prose)
            yield _added(whole, group, most, "其中")


def _is_repeated(parts: Sequence[Seen]) -> bool:
    """Whether parts are told to count one thing several times."""
    return len(parts) > 1 and any(_rules().repeated.search(part.of.quote) for part in parts)


def _added(whole: Seen, parts: Sequence[Seen], most: Decimal, joined: str) -> CheckResult:
    """X-P2: whether parts add up to no more than they may, with the word that joins them."""
    added = total([part.range for part in parts])
    value = sum((part.value for part in parts), Decimal(0))
    plus = "+".join(str(part) for part in parts) + f"={value}" * (len(parts) > 1)
    return result(
        "X-P2",
        Outcome.FAIL if added.low > most else Outcome.PASS,
        indicators_of(whole, *parts),
        actual=whole.value,
        expected=value,
        zh=f"“{whole.of.label_raw}”{whole}，{joined}{plus}（{whole.quote}）",
        en=f"{whole.of.label_raw} {whole}, its parts {plus} ({whole.quote})",
        left=(whole,),
        right=parts,
    )


def _exact(whole: Seen, parts: list[Seen]) -> list[Seen]:
    """The first parts that make up the whole: what else is counted behind them is none.

    Parts that all have indicators are of one list, which no other number stands behind.
    """
    if all(part.of.indicator_id for part in parts):
        return parts
    value = Decimal(0)
    for number, part in enumerate(parts, 1):
        value += part.value
        if number > 1 and value == whole.value:
            return parts[:number]
    return parts


def _beside(whole: Seen, parts: Sequence[Seen], prose: Sequence[Seen]) -> Decimal:
    """What is counted between a whole and its parts, so that 其中 may mean both together.

    Of 59 received and 2 carried in, 其中 54 answered are a part of both.
    """
    first = min(part.place for part in parts)
    between = (one for one in prose if whole.place < one.place < first and _is_carried_in(one))
    return sum((one.value for one in between), Decimal(0))


def _is_surely_whole(whole: Seen, parts: Sequence[Seen], prose: Sequence[Seen]) -> bool:
    """Whether 其中 means the number before it, not those counted before that as well."""
    if all(part.value <= whole.value for part in parts):
        return True
    return not any(
        one.of.unit_raw == whole.of.unit_raw
        and one.of.quote == whole.of.quote
        and one.place < whole.place
        and _is_carried_in(one)
        for one in prose
    )


def _is_carried_in(said: Seen) -> bool:
    return said.of.indicator_id == _CARRIED_IN or bool(_CARRIED.search(said.of.label_raw))


def _wholes(prose: Sequence[Seen]) -> list[_Whole]:
    """Every number that others are said to be parts of, with them."""
    open_wholes: dict[str, _Whole] = {}
    found = []
    for said in prose:
        path = said.of.section_path
        above = path.removesuffix(f"{_PATH}{said.of.label_raw}")
        if above in open_wholes and above != path:
            open_wholes[above][1].append(said)
        entry: _Whole = (said, [])
        open_wholes[path] = entry
        found.append(entry)
    return [entry for entry in found if entry[1]]


def _adds_up(whole: Seen, part: Seen) -> bool:
    """Whether a part counts the same kind of thing as its whole, in the same year."""
    units = (whole.of.unit_raw, part.of.unit_raw)
    countable = units[0] in _rules().items or units[0] in _rules().people
    if may_add_up_years(part.of) and not may_add_up_years(whole.of):
        return False
    if part.of.indicator_id in _rules().overlapping:
        return False
    return countable and units[0] == units[1] and whole.of.year == part.of.year


def _dimensions(parts: Sequence[Seen]) -> list[list[Seen]]:
    """Parts by the indicator above them: channels and outcomes both add up to a whole."""
    families: dict[str, list[Seen]] = {}
    parts = _said_once(parts)
    for part in parts:
        name, applicant, _ = (part.of.indicator_id or "").partition(":")
        above = name + applicant if applicant else name.rpartition(".")[0]
        families.setdefault(above, []).append(part)
    named = [group for family, group in families.items() if family]
    if len(named) > 1:
        return named
    return [list(parts)] if parts else []


def _said_once(parts: Sequence[Seen]) -> list[Seen]:
    """Parts without those said again: 其中自然人34件;34件自然人申请中."""
    said = {(part.of.indicator_id or part.place, part.value): part for part in reversed(parts)}
    return list(said.values())[::-1]


def _shares(wholes: Sequence[_Whole], prose: Sequence[Seen]) -> Iterator[CheckResult]:
    """X-P3: shares of a whole, and rates of what was granted among what came in."""
    for whole, parts in wholes:
        counted = {part.of.label_raw: part for part in parts if part.of.unit_raw != "%"}
        for share in parts:
            part = counted.get(share.of.label_raw.removesuffix(_SHARE))
            if share.of.unit_raw == "%" and part is not None:
                yield from _share(share, part, (whole,))
    for place, share in enumerate(prose):
        if share.of.unit_raw == "%" and _rules().rate.search(share.of.label_raw):
            same = [one for one in prose[:place] if one.of.quote == share.of.quote]
            named = share.of.label_raw.removesuffix(_RATE)
            part = next((one for one in same if one.of.label_raw == named), None)
            if named in _rules().done:
                yield from _rate_of_done(share, prose)
                continue
            of = [one for one in same if one.of.indicator_id in _rules().rated]
            if part is not None and of:
                yield from _share(share, part, of)


def _rate_of_done(share: Seen, prose: Sequence[Seen]) -> Iterator[CheckResult]:
    """X-P3: how much of what came is closed; what is not due yet may be left out of it."""
    done = _rules().done[share.of.label_raw.removesuffix(_RATE)]
    same = [one for one in prose if one.of.quote == share.of.quote]
    part = next((one for one in same if one.of.indicator_id in done and not one.is_open), None)
    came = [one for one in same if one.of.indicator_id == _RECEIVED and not one.is_open]
    is_on = _rules().not_due.search(share.of.quote) is not None
    is_on = is_on or any(one.of.indicator_id == _CARRIED_OUT for one in prose)
    if part is None or not came or is_on:
        return
    carried = sum((one.value for one in prose if _is_carried_in(one)), Decimal(0))
    both = came[0]._replace(value=came[0].value + carried)
    yield from _share(share, part, [came[0], both])


def _share(share: Seen, part: Seen, wholes: Sequence[Seen]) -> Iterator[CheckResult]:
    """A printed share against a part and what it may be a share of."""
    wholes = [
        one
        for one in wholes
        if one.of.unit_raw == part.of.unit_raw and one.value and _MIXED not in one.of.why
    ]
    exact = all(one.of.qualifier is Qualifier.EXACT for one in (part, share, *wholes))
    if not wholes or not exact:
        return
    places = -int(share.value.as_tuple().exponent)
    step = Decimal(1).scaleb(-places)
    worked_out = [part.value / whole.value * 100 for whole in wholes]
    nearest = min(worked_out, key=lambda one: abs(one - share.value))
    whole = wholes[worked_out.index(nearest)]
    yield result(
        "X-P3",
        Outcome.PASS if abs(nearest - share.value) <= step else Outcome.FAIL,
        indicators_of(part, whole),
        actual=share.value,
        expected=round(nearest, places + 1),
        zh=f"“{part.of.label_raw}”{part}，占{whole}的{nearest:.1f}%，正文为{share}",
        en=f"{part.of.label_raw} {part} is {nearest:.1f}% of {whole}, printed {share}",
        left=(share,),
        right=(part, whole),
    )


def _changes(prose: Sequence[Seen]) -> Iterator[CheckResult]:
    """X-P5: a number, last year's, and the difference or growth printed with them."""
    yield from _flat(prose)
    for place in range(2, len(prose)):
        now, *others = prose[place - 2 : place + 1]
        before, change = sorted(others, key=lambda one: _sign(one.of.label_raw) != 0)
        sign = _sign(change.of.label_raw)
        rate = change.of.unit_raw == "%"
        units = {now.of.unit_raw, before.of.unit_raw, *(() if rate else (change.of.unit_raw,))}
        exact = all(one.of.qualifier is Qualifier.EXACT for one in (now, before, change))
        comparable = exact and len(units) == 1 and before.value and _is_last_years(before)
        if not sign or not comparable or _sign(before.of.label_raw):
            continue
        if now.of.indicator_id is None or now.is_open or now.of.quote != change.of.quote:
            continue
        if before.place > change.place and before.of.quote != now.of.quote:
            continue
        worked_out = (now.value - before.value) * sign
        step = Decimal(0)
        if rate:
            worked_out = worked_out / before.value * 100
            step = Decimal(1).scaleb(int(change.value.as_tuple().exponent))
        yield result(
            "X-P5",
            Outcome.PASS if abs(worked_out - change.value) <= step else Outcome.FAIL,
            (now.of.indicator_id,),
            actual=change.value,
            expected=round(worked_out, 2),
            zh=f"由{before}到{now}，相差{worked_out:.4g}，正文为{change}（{now.quote}）",
            en=f"from {before} to {now} it is {worked_out:.4g}, printed {change} ({now.quote})",
            left=(change,),
            right=(now, before),
        )


def _flat(prose: Sequence[Seen]) -> Iterator[CheckResult]:
    """X-P5: 20件，与上年的18件持平."""
    for now, before in pairwise(prose):
        if (
            _rules().flat.search(before.of.label_raw)
            and now.of.indicator_id
            and now.of.quote == before.of.quote
            and not now.is_open
            and not now.range.meets(before.range)
        ):
            yield result(
                "X-P5",
                Outcome.FAIL,
                (now.of.indicator_id,),
                actual=before.value,
                expected=now.value,
                zh=f"{now}与{before}不等，正文称持平（{now.quote}）",
                en=f"{now} is not {before}, which a sentence calls level ({now.quote})",
                left=(before,),
                right=(now,),
            )


def _sign(label: str) -> int:
    """Whether a label says how much more, 1, or how much less, -1; 0 where neither."""
    if _rules().more.search(label):
        return 1
    return -1 if _rules().less.search(label) else 0


def _is_last_years(said: Seen) -> bool:
    """Whether a number is only there to be compared with."""
    return _rules().compared.search(said.of.label_raw) is not None or said.of.year is not None


def _families(prose: Sequence[Seen]) -> Iterator[CheckResult]:
    """X-P2 where no word but the catalogue says what is a part: channels, outcomes, rulings."""
    carried = sum((one.value for one in prose if _is_carried_in(one)), Decimal(0))
    for whole in prose:
        if whole.is_open:
            continue
        name = whole.of.indicator_id or ""
        for limited in _rules().limits.get(name, ()):
            for part in prose:
                if part.of.indicator_id == limited and not part.is_open:
                    yield _added(whole, [part], whole.range.high, "其中")
        for prefix in _rules().families.get(name, ()):
            group = _family(whole, prefix, prose)
            if len(group) < (_FEWEST if name == _RECEIVED else 1):
                continue
            found = _added(whole, group, whole.range.high + carried, "各项")
            if found.outcome is Outcome.FAIL:
                yield found


def _family(whole: Seen, prefix: str, prose: Sequence[Seen]) -> list[Seen]:
    """The numbers beside a whole whose indicators are one step below a prefix."""
    above = _above(whole)
    same = (one for one in prose if one.of.indicator_id == whole.of.indicator_id)
    anywhere = not whole.value or all(one.value == whole.value for one in same)
    found = {}
    for one in prose:
        name = one.of.indicator_id or ""
        last = name.removeprefix(prefix)
        if (
            name != whole.of.indicator_id
            and last != name
            and not set(".:") & set(last)
            and not one.is_open
            and ((anywhere and not _is_part(one, whole)) or _above(one) == above)
            and (_alike(one.of, whole.of) or not whole.value)
        ):
            found[name] = one
    return list(found.values())


def _above(said: Seen) -> str:
    return said.of.section_path.rpartition(_PATH)[0]


def _kinds_and_all(prose: Sequence[Seen]) -> Iterator[CheckResult]:
    """X-P4."""
    wholes = [one for one in prose if one.of.indicator_id == "disclosure.items" and not one.is_open]
    for said in prose:
        if (
            said.of.indicator_id
            or said.is_open
            or not _rules().kind_of_information.match(said.of.label_raw)
        ):
            continue
        same = [one for one in wholes if _alike(one.of, said.of)]
        if not same:
            continue
        whole = max(same, key=lambda one: one.range.high)
        yield result(
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


def _balance(prose: Sequence[Seen]) -> Iterator[CheckResult]:
    """X-P6: what came in and was carried in, against what was done and carried on."""
    said: dict[str, list[Seen]] = {}
    for one in prose:
        if one.of.indicator_id and not one.is_open and one.of.qualifier is Qualifier.EXACT:
            said.setdefault(one.of.indicator_id, []).append(one)
    if not said.keys() >= {*_rules().came, *_rules().went}:
        return
    # 新收40件中办结38件;全年共办结41件: which of them is all, their sum tells.
    readings = list(product(*(said[name] for name in (*_rules().came, *_rules().went))))
    received = len(_rules().came)
    balanced = (
        one for one in readings if _added_values(one[:received]) == _added_values(one[received:])
    )
    chosen = next(balanced, readings[0])
    came, went = chosen[:received], chosen[received:]
    inward, outward = _added_values(came), _added_values(went)
    yield result(
        "X-P6",
        Outcome.PASS if inward == outward else Outcome.FAIL,
        tuple(one.of.indicator_id or "" for one in (*came, *went)),
        actual=inward,
        expected=outward,
        zh=f"新收与上年结转{'+'.join(map(str, came))}={inward}，"
        f"办结与结转下年{'+'.join(map(str, went))}={outward}",
        en=f"received and carried in {inward}, closed and carried out {outward}",
        left=came,
        right=went,
    )


def _added_values(seen: Iterable[Seen]) -> Decimal:
    return sum((one.value for one in seen), Decimal(0))


def _alike(one: Observation, other: Observation) -> bool:
    """Whether two sentences count in the same unit, of the same year and body."""
    return (one.unit_raw, one.year, one.scope) == (other.unit_raw, other.year, other.scope)


@cache
def _rules() -> _Rules:
    path = files("pipeline.facts") / "data" / "sentence_checks.yml"
    return _Rules.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
