"""Wholes and their parts, stated as such or by the catalogue: parts are no more than the whole."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from pipeline.facts.check_sides import (
    SeenNumber,
    Whole,
    added_values,
    are_alike,
    are_exact,
    are_of_one_unit,
    is_carried_in,
    is_part,
    plus,
    result,
)
from pipeline.facts.comparable import may_add_up_years, sums
from pipeline.facts.ranges import total
from pipeline.facts.sentences import clauses, counts_twice
from pipeline.facts.stated_part_lists import is_no_part, overlap
from pipeline.facts.wording import wording
from pipeline.forms.balance import balance
from pipeline.forms.catalogue import CUMULATIVE
from pipeline.model.check import CheckResult, Outcome

_FEWEST = 2
_WENT = "went"
_DONE, _PENDING = "done", "pending"
# 已答复其中5件 is of all that was spoken of, whatever stands right before it.
_OF_THEM = "其中"


def wholes(prose: Sequence[SeenNumber]) -> list[Whole]:
    """Returns every number that has parts, with these."""
    open_wholes: dict[str, Whole] = {}
    found = []
    for said in prose:
        path = said.of.section_path
        upper = said.of.above
        if upper and upper in open_wholes:
            open_wholes[upper][1].append(said)
        entry: Whole = (said, [])
        before = open_wholes.get(path)
        if before and before[0].of.quote == said.of.quote and before[0].value > said.value:
            continue
        open_wholes[path] = entry
        found.append(entry)
    return [entry for entry in found if entry[1]]


def compare_parts(found: Sequence[Whole], prose: Sequence[SeenNumber]) -> Iterator[CheckResult]:
    """X-P2: parts stated after a whole add up to no more than it."""
    for whole, parts in (stage for one in found for stage in _stages(one)):
        for part in parts:
            if _is_beside_others(part) and part.of.unit_raw == whole.of.unit_raw:
                yield _added(whole, [part], whole.range.high, "其中")
        adding = _without_sums([part for part in _listed(whole, parts) if _adds_up(whole, part)])
        came = [part for part in adding if _tells_when(part)]
        others = [part for part in adding if part not in came]
        for group in (*_dimensions(whole, came), *_dimensions(whole, others)):
            if overlap(group) or not _is_surely_whole(whole, group, prose):
                continue
            if _make_up_more(whole, group, prose):
                continue
            if _is_repeated(group):
                largest = max(group, key=lambda part: part.value)
                yield _added(whole, [largest], whole.range.high, "其中")
                continue
            group = _exact(whole, group)
            most = whole.range.high + _beside(whole, group, prose)
            yield _added(whole, group, most, "其中")


def _stages(found: Whole) -> Iterator[Whole]:
    """A whole and its parts; apart, those done with and their rulings: 审结6件，维持5件，纠正1件.

    Rulings stand below the cases in the catalogue, and below those of them that are done here.
    """
    whole, parts = found
    kinds = wording().universal_claims.dimensions
    unnamed = (part for part in parts if part.of.indicator_id is None)
    is_done = (one for one in unnamed if kinds["status"].named_in(one.of.label_raw) == {_DONE})
    done = next(is_done, None)
    ruled = [
        part
        for part in parts
        if done
        and part.place > done.place
        and kinds["ruling"].named_in(part.of.label_raw) - {_PENDING}
    ]
    if done is None or not ruled:
        yield found
        return
    yield whole, [part for part in parts if part is not done]
    yield done, ruled


def _without_sums(parts: Sequence[SeenNumber]) -> list[SeenNumber]:
    """Parts without those that add up the ones before: 同意20件,部分5件,两项共25件,占50%."""
    kept: list[SeenNumber] = []
    for part in parts:
        runs = (kept[first:] for first in range(len(kept) - 1))
        is_sum = any(added_values(run, part) == part.value for run in runs)
        if not (is_sum and wording().stated_part_lists.sum.search(part.before)):
            kept.append(part)
    return kept


def _tells_when(part: SeenNumber) -> bool:
    """Whether a part is what came in the year or before: 58件(含上年结转8件),其中自然人51件."""
    return is_carried_in(part) or part.of.indicator_id in balance().came


def _is_repeated(parts: Sequence[SeenNumber]) -> bool:
    """Whether parts are said to count one thing several times."""
    return len(parts) > 1 and any(
        counts_twice(part.of.quote) or wording().wholes_and_parts.repeated.search(part.of.quote)
        for part in parts
    )


def _added(
    whole: SeenNumber, parts: Sequence[SeenNumber], most: Decimal, joined: str
) -> CheckResult:
    """X-P2: whether parts add up to no more than they may, with the word that joins them."""
    added = total([part.range for part in parts])
    value = added_values(parts, whole)
    shown = f"{plus(parts)}={value}" if len(parts) > 1 else plus(parts)
    return result(
        "parts_of_whole",
        added.low <= most,
        (whole,),
        parts,
        expected=value,
        joined=joined,
        plus=shown,
    )


def _exact(whole: SeenNumber, parts: list[SeenNumber]) -> list[SeenNumber]:
    """The first parts that add up to the whole; numbers after them are no parts.

    Parts that all have indicators are of one list, which no other number stands after.
    """
    if all(part.of.indicator_id for part in parts):
        return parts
    value = Decimal(0)
    for number, part in enumerate(parts, 1):
        value += part.value
        if number > 1 and value == whole.value:
            return parts[:number]
    return parts


def _beside(whole: SeenNumber, parts: Sequence[SeenNumber], prose: Sequence[SeenNumber]) -> Decimal:
    """The requests carried in between a whole and its parts: 其中 may mean both together.

    Of 59 received and 2 carried in, 其中 54 answered are a part of both; so are 26 answered
    (含上年结转3件).
    """
    first = min(part.place for part in parts)
    more = (
        one
        for one in prose
        if is_carried_in(one)
        and (whole.place < one.place < first or any(is_part(one, part) for part in parts))
    )
    return added_values(more)


def _is_surely_whole(
    whole: SeenNumber, parts: Sequence[SeenNumber], prose: Sequence[SeenNumber]
) -> bool:
    """Whether 其中 means the number before it alone, and no earlier ones together with it."""
    if all(part.value <= whole.value for part in parts):
        return True
    if any(part.of.label_raw.endswith(_OF_THEM) for part in parts):
        return False
    # What is left over was not decided: 另有20件结转下年。其中予以公开55件 are of those before it.
    if whole.of.indicator_id == balance().carried_out and parts[0].of.quote != whole.of.quote:
        return False
    before = [
        one
        for one in prose
        if one.of.unit_raw == whole.of.unit_raw
        and one.of.quote == whole.of.quote
        and one.place < whole.place
    ]
    if any(is_carried_in(one) or is_carried_in(whole) for one in before):
        return False
    # Behind a semicolon it means the whole of the list before: 200件，网络140件，信函60件；其中.
    is_behind = whole.of.quote.endswith((";", "；")) and parts[0].of.quote != whole.of.quote
    return not (is_behind and _ends_list([*before, whole]))


def _ends_list(numbers: Sequence[SeenNumber]) -> bool:
    """Whether the last of some numbers, with all between, fills up one: 200件，140件，60件."""
    return any(
        added_values(numbers[first + 1 :]) == numbers[first].value
        for first in range(len(numbers) - _FEWEST)
    )


def _adds_up(whole: SeenNumber, part: SeenNumber) -> bool:
    """Whether a part counts the same kind of thing as its whole, in the same year."""
    words = wording().wholes_and_parts
    countable = whole.of.unit_raw in words.items | words.people
    if may_add_up_years(part.of) and not may_add_up_years(whole.of):
        return False
    if _restates(whole, part):
        return False
    if _is_beside_others(part) or is_no_part(part):
        return False
    told_apart = part.of.indicator_id or part.of.quote != whole.of.quote
    if _root(whole) in words.acts and told_apart and _root(part) != _root(whole):
        return False
    if whole.value and _are_siblings(whole, part):
        return False
    return countable and are_of_one_unit(whole, part) and whole.of.year == part.of.year


def _is_beside_others(part: SeenNumber) -> bool:
    """Whether a part counts what others of its whole count, too: 制发6件，其中公开6件，解读6件."""
    words = wording().wholes_and_parts
    said = clauses(part.before)[-1]
    return part.of.indicator_id in words.overlapping or words.done_with.search(said) is not None


def _make_up_more(
    whole: SeenNumber, parts: Sequence[SeenNumber], prose: Sequence[SeenNumber]
) -> bool:
    """Whether parts are of what their whole is a part of: 31件，书面11件，同意18件、不同意13件."""
    added = added_values(parts, whole)
    if added <= whole.value or not all(is_part(part, whole) for part in parts):
        return False
    return any(
        is_part(whole, one) and one.value == added and are_of_one_unit(one, whole) for one in prose
    )


def _are_siblings(one: SeenNumber, other: SeenNumber) -> bool:
    """Whether two numbers count kinds of one kind: 不予公开8件,其中…2件,不予处理5件."""
    uppers = {(seen.of.indicator_id or "").rpartition(".")[0] for seen in (one, other)}
    return len(uppers) == 1 and "." in uppers.pop()


def _root(said: SeenNumber) -> str:
    """How the indicator of a number begins."""
    return (said.of.indicator_id or "").partition(".")[0]


def _restates(whole: SeenNumber, part: SeenNumber) -> bool:
    """Whether a number is the one before it, rounded: 22794条（约2.3万条）."""
    return not are_exact(part) and part.range.meets(whole.range)


def _listed(whole: SeenNumber, parts: Sequence[SeenNumber]) -> Sequence[SeenNumber]:
    """The parts, without those of later sentences that have no indicator."""
    if parts[0].of.quote != whole.of.quote:
        return parts
    parts = _by_no_other_way(whole, parts)
    return [part for part in parts if part.of.indicator_id or part.of.quote == whole.of.quote]


def _by_no_other_way(whole: SeenNumber, parts: Sequence[SeenNumber]) -> Sequence[SeenNumber]:
    """The parts before one with a way as its whole has: 利用内网发布9件,其中2件,利用屏幕20件."""
    ways = wording().wholes_and_parts.ways
    by_way = [one.of.label_raw.startswith(ways) for one in (whole, *parts)]
    if not by_way[0] or by_way[1]:
        return parts
    return parts[: by_way.index(True, 1) - 1] if True in by_way[1:] else parts


def _dimensions(whole: SeenNumber, parts: Sequence[SeenNumber]) -> list[list[SeenNumber]]:
    """Parts by the indicator above them: channels and outcomes both add up to a whole."""
    families: dict[str, list[SeenNumber]] = {}
    parts = _said_once(parts)
    of_all = [part for part in parts if _is_of_all(whole, part)]
    if of_all:
        parts = [part for part in parts if part.of.indicator_id]
        # Extended requests are closed on time, too.
        inclusive = wording().wholes_and_parts.inclusive
        parts = [o for o in parts if o not in of_all or o.of.indicator_id not in inclusive]
    for part in parts:
        name, applicant, _ = (_counted_as(part, parts) or "").partition(":")
        family = name + applicant if applicant else name.rpartition(".")[0]
        if not applicant and name in balance().went:
            family = _WENT
        families.setdefault(family, []).append(part)
    named = [group for family, group in _merged(families).items() if family]
    if len(named) > 1:
        return named
    return [list(parts)] if parts else []


def _counted_as(said: SeenNumber, prose: Sequence[SeenNumber]) -> str | None:
    """The indicator by which a number stands among the parts of a list."""
    name = said.of.indicator_id
    if name not in wording().wholes_and_parts.beside:
        return name
    upper = (name or "").rpartition(".")[0]
    place = said.of.quote, said.of.above
    is_listed = any(
        one.of.indicator_id == upper and (one.of.quote, one.of.above) == place for one in prose
    )
    return wording().wholes_and_parts.beside[name] if is_listed else name


def _merged(families: dict[str, list[SeenNumber]]) -> dict[str, list[SeenNumber]]:
    """Families without those that are a step below another's: reasons are outcomes, too."""
    merged: dict[str, list[SeenNumber]] = {}
    for family, group in families.items():
        wider = (one for one in families if "." in one and family.startswith(f"{one}."))
        upper = next(wider, family)
        counted = {_counted_as(part, families[upper] + group) for part in families[upper]}
        target = family if family in counted else upper
        merged.setdefault(target, []).extend(group)
    return merged


def _is_of_all(whole: SeenNumber, part: SeenNumber) -> bool:
    """Whether a part is what is said of all that its whole counts: 收到13件,全部按时办结."""
    same = part.of.quote == whole.of.quote and part.of.value_raw == whole.of.value_raw
    return same and part.of.quote.replace(" ", "").count(part.printed) == 1


def _said_once(parts: Sequence[SeenNumber]) -> list[SeenNumber]:
    """Parts without those said again: 其中自然人34件;34件自然人申请中."""
    said = {(part.of.indicator_id or part.place, part.value): part for part in reversed(parts)}
    return list(said.values())[::-1]


def compare_families(prose: Sequence[SeenNumber]) -> Iterator[CheckResult]:
    """X-P2 where no word but the catalogue says what is a part: channels, outcomes, rulings."""
    carried_in = list(filter(is_carried_in, prose))
    carried, carried_told = added_values(carried_in), bool(carried_in)
    for whole in prose:
        if whole.is_open:
            continue
        name = whole.of.indicator_id or ""
        may_be_more = whole.value and not carried_told
        for limited in (*wording().wholes_and_parts.limits.get(name, ()), *sums().get(name, ())):
            for part in prose:
                if part.of.indicator_id == limited and not part.is_open:
                    yield _added(whole, [part], whole.range.high, "其中")
        for prefix in wording().wholes_and_parts.families.get(name, ()):
            group = _family(whole, prefix, prose)
            if len(group) < (_FEWEST if name == balance().received and may_be_more else 1):
                continue
            if _is_repeated(group):
                continue
            found = _added(whole, group, whole.range.high + carried, "各项")
            if found.outcome is Outcome.FAIL:
                yield found


def _family(whole: SeenNumber, prefix: str, prose: Sequence[SeenNumber]) -> list[SeenNumber]:
    """The numbers beside a whole whose indicators are below a prefix, none a part of another."""
    same = (one for one in prose if one.of.indicator_id == whole.of.indicator_id)
    anywhere = not whole.value or all(one.value == whole.value for one in same)
    found = {}
    for one in prose:
        name = _counted_as(one, prose) or ""
        last = name.removeprefix(prefix)
        if (
            name != whole.of.indicator_id
            and last != name
            and ":" not in last
            and last != CUMULATIVE
            and not one.is_open
            and ((anywhere and not is_part(one, whole)) or one.of.above == whole.of.above)
            and (are_alike(one, whole) or not whole.value)
        ):
            found[name] = one
    if found and whole.value:
        parts = {
            _counted_as(one, prose) or "": one
            for one in prose
            if one.of.above == whole.of.section_path
        }
        found |= {n: one for n, one in parts.items() if _is_below(n, prefix) and n not in found}
    return [one for name, one in found.items() if _child(name, prefix) not in found.keys() - {name}]


def _is_below(name: str, prefix: str) -> bool:
    """Whether an indicator is below a prefix, of all applicants together."""
    return name.startswith(prefix) and ":" not in name.removeprefix(prefix)


def _child(name: str, prefix: str) -> str:
    """The indicator one step below a prefix that another is, or is a part of."""
    return prefix + name.removeprefix(prefix).partition(".")[0]
