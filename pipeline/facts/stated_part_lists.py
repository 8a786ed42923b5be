"""Lists of parts that a sentence says to be whole, which then add up to what they are parts of."""

from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import pairwise

from pipeline.facts.check_sides import (
    SeenNumber,
    Whole,
    added_values,
    are_of_one_unit,
    is_part,
)
from pipeline.facts.sentences import CountedSentence, clauses, counts_twice
from pipeline.facts.wording import wording
from pipeline.forms.balance import balance
from pipeline.lexis.numerals import parse

Sum = tuple[SeenNumber, Sequence[SeenNumber]]
"""A number with all the parts that make it up."""

_FEWEST = 2
_FEWEST_OUTCOMES = 3
_YEAR = list(range(1, 13))


def declared_sums(
    prose: Sequence[SeenNumber], wholes: Iterable[Whole], sentences: Sequence[CountedSentence]
) -> Iterator[Sum]:
    """Finds numbers with lists of parts that a sentence says to be complete."""
    wholes = tuple(wholes)
    parts_of = {whole.place: {part.place for part in parts} for whole, parts in wholes}
    for sentence in sentences:
        yield from _of_sentence_before(sentence, wholes)
        if len(sentence.numbers) < _FEWEST:
            continue
        for number, whole in enumerate(sentence.numbers):
            parts = _listed(sentence, number, parts_of.get(whole.place, set()))
            if len(parts) >= _FEWEST and _says_all(sentence, number, parts):
                yield whole, [sentence.numbers[part] for part in parts]
            yield from _made_up(sentence, number)
            yield from _in_turn(sentence, number)
            yield from _summed(sentence, number)
            yield from _sum_of_all_kinds(sentence, number)
    for place, said in enumerate(prose):
        yield from _of_bodies(said, prose[:place])


def _listed(sentence: CountedSentence, number: int, below: Container[int]) -> list[int]:
    """The parts behind a whole: those stated as its parts, else the numbers right behind it."""
    whole = sentence.numbers[number]
    alike = _alike_after(sentence, number)
    of_it = [
        part
        for part in alike
        if sentence.numbers[part].place in below and not is_no_part(sentence.numbers[part])
    ]
    if of_it:
        return of_it
    if not whole.is_top:
        return []
    parts = []
    for part in alike:
        is_beside_it = sentence.numbers[part].of.above == whole.of.above
        if not is_beside_it or wording().stated_part_lists.ends.search(sentence.before(part)):
            break
        parts.append(part)
    return parts


def _of_sentence_before(sentence: CountedSentence, wholes: Iterable[Whole]) -> Iterator[Sum]:
    """The number before a sentence that is nothing but its parts: 当面3件,信函9件,无其他方式."""
    words = wording().stated_part_lists
    last = len(sentence.numbers) - 1
    if last < 1 or not words.no_other_after.match(sentence.after(last)):
        return
    listed = {one.place for one in sentence.numbers}
    for whole, parts in wholes:
        if listed == {part.place for part in parts if part.value}:
            yield whole, sentence.numbers


def _alike_after(sentence: CountedSentence, number: int) -> list[int]:
    """The numbers after one that count in its unit, of its year."""
    whole = sentence.numbers[number]
    return [
        place
        for place, one in enumerate(sentence.numbers)
        if place > number and is_beside(one, whole) and one.printed != whole.printed
    ]


def is_no_part(one: SeenNumber) -> bool:
    """Whether a number in a list sums up the parts before it or is by how much they changed."""
    words = wording()
    is_sum = words.stated_part_lists.adds_up.search(one.before) is not None
    return is_sum or words.wholes_and_parts.changed.search(one.of.label_raw) is not None


def is_beside(one: SeenNumber, other: SeenNumber) -> bool:
    """Whether two numbers of a sentence count in one unit, of one year."""
    place = one.of.quote, one.of.year
    return place == (other.of.quote, other.of.year) and are_of_one_unit(one, other)


def _says_all(sentence: CountedSentence, number: int, parts: Sequence[int]) -> bool:
    """Whether the words between and after the parts say that there are no others."""
    words = wording().stated_part_lists
    whole = sentence.numbers[number]
    to_first = sentence.between(number, parts[0])
    gaps = [sentence.between(one, other) for one, other in pairwise(parts)]
    if any(wording().stated_part_lists.counted.search(gap) for gap in (to_first, *gaps)):
        return False
    if words.not_all.search(to_first) or _counts_again(sentence):
        return False
    after = sentence.after(parts[-1])
    kinds = words.kinds.search(to_first) or words.kinds_after.match(after)
    if kinds:
        return int(parse(kinds["number"])) == len(parts)
    if _are_in_order(to_first, len(parts)):
        return True
    listed = [sentence.numbers[part] for part in parts]
    if words.colon.match(to_first) and words.full_stop.match(after) and _are_outcomes(listed):
        return True
    labels = [sentence.numbers[part].of.label_raw for part in parts]
    is_below = all(is_part(sentence.numbers[part], whole) for part in parts)
    denied = words.denied_after.match(after)
    if denied and is_below and _are_all_kinds(whole, (*labels, denied["kind"])):
        return True
    # What all have indicators, the forms hold against each other.
    if any(not one.of.indicator_id for one in listed) and _are_all_kinds(whole, labels):
        return True
    if is_below and _names_all(whole.of.label_raw, labels):
        return True
    named = words.every_by.search(to_first)
    claims_all = words.no_other.search(to_first) or words.no_other_after.match(after)
    if claims_all or (
        named and len(wording().stated_part_lists.joined.split(named["named"])) == len(parts)
    ):
        return True
    if any(words.rest.search(gap) for gap in gaps[:-1]):
        return False
    is_rest = words.rest.search(gaps[-1]) is not None
    return (is_below and (is_rest or words.each.search(to_first) is not None)) or (
        is_rest and _tell_one_thing(labels)
    )


def _tell_one_thing(labels: Sequence[str]) -> bool:
    """Whether labels name kinds of one sort: 网上提交100件,其余57件为信函和当面提交."""
    dimensions = wording().universal_claims.dimensions.values()
    return any(all(map(one.named_in, labels)) for one in dimensions)


def _are_all_kinds(whole: SeenNumber, labels: Sequence[str]) -> bool:
    """Whether labels name every ruling that cases may end in; requests come in other ways, too."""
    words, name = wording().universal_claims, whole.of.indicator_id
    return name != balance().received and any(
        frozenset().union(*map(words.dimensions[one].named_in, labels))
        == words.dimensions[one].kinds.keys()
        for one in words.of_kinds.get(name, ())
    )


def _are_outcomes(parts: Sequence[SeenNumber]) -> bool:
    """Whether a list goes through what may become of requests: 同意27件,部分6件,否决6件."""
    kinds = wording().universal_claims.dimensions["outcome"]
    named = [kinds.named_in(part.of.label_raw) for part in parts]
    return len(parts) >= _FEWEST_OUTCOMES and all(named)


def _names_all(label: str, parts: Sequence[str]) -> bool:
    """Whether a label is nothing but those of its parts: 予以公开和部分公开."""
    words = wording().stated_part_lists
    return words.joined.split(words.these.sub("", label)) == list(parts)


def _counts_again(sentence: CountedSentence) -> bool:
    """Whether a sentence counts some things twice, or takes some away again."""
    not_added = wording().stated_part_lists.not_added
    return counts_twice(sentence.quote) or not_added.search(sentence.quote) is not None


def _are_in_order(lead: str, count: int) -> bool:
    """Whether words name the first and the last of so many: 一至四季度依次为."""
    found = wording().stated_part_lists.in_order.search(lead)
    if found is None or int(parse(found["first"])) != 1:
        return False
    return (
        int(parse(found["last"]))
        == count
        == wording().stated_part_lists.in_year.get(found["of"], count)
    )


def _sum_of_all_kinds(sentence: CountedSentence, number: int) -> Iterator[Sum]:
    """A sum after all the kinds stated before: 渠道只有A与B两种：A60条，B20条，合计80条."""
    kinds, said = (
        wording().stated_part_lists.kinds.search(sentence.before(0)),
        sentence.numbers[number],
    )
    if kinds is None or _counts_again(sentence):
        return
    if said.is_open or not wording().stated_part_lists.sum.search(sentence.before(number)):
        return
    parts = sentence.numbers[:number]
    alike = all(is_beside(one, said) and one.of.above == said.of.above for one in parts)
    if alike and len(parts) == int(parse(kinds["number"])):
        yield said, parts


def counted_once(sentence: CountedSentence) -> Iterator[Sum]:
    """Numbers with parts of which a sentence says that none is in two of them."""
    if not wording().stated_part_lists.not_twice.search(sentence.quote):
        return
    for number, whole in enumerate(sentence.numbers):
        parts = _listed(sentence, number, ())
        if len(parts) >= _FEWEST and not wording().stated_part_lists.counted.search(
            sentence.between(number, parts[0])
        ):
            yield whole, [sentence.numbers[part] for part in parts]
            return


def _made_up(sentence: CountedSentence, number: int) -> Iterator[Sum]:
    """What a sentence says a number to be made up of: 44件,由县直部门31件、乡镇13件组成."""
    whole = sentence.numbers[number]
    made_up = wording().stated_part_lists.made_up.match(sentence.quote, sentence.spans[number][1])
    if made_up is None:
        return
    parts = []
    for part in range(number + 1, len(sentence.numbers)):
        if sentence.spans[part][1] > made_up.end() or not is_beside(sentence.numbers[part], whole):
            break
        parts.append(part)
    listed = [sentence.numbers[part] for part in parts]
    if len(parts) < _FEWEST:
        return
    if not wording().stated_part_lists.counted.search(
        sentence.quote, sentence.spans[parts[-1]][1], made_up.end()
    ):
        yield whole, listed


def _in_turn(sentence: CountedSentence, number: int) -> Iterator[Sum]:
    """A sum beside parts that follow each other: 上半年21件，下半年30件；第一期40人，第二期30人."""
    said = sentence.numbers[number]
    if said.is_open or not wording().stated_part_lists.sum.search(sentence.before(number)):
        return
    if _counts_again(sentence):
        return
    covered, listed, ordinals = list[int](), [], list[int]()
    for place, one in enumerate(sentence.numbers):
        if place == number or not is_beside(one, said):
            continue
        clause = sentence.lead(place)
        stretch, ordinal = _months_of(clause), wording().stated_part_lists.ordinal.search(clause)
        if stretch or ordinal:
            covered += stretch
            if ordinal and not stretch:  # 第一季度 is the first of four, told or not
                ordinals.append(int(parse(ordinal["number"])) if ordinal["number"] else 1)
            listed.append(one)
    follow = sorted(covered) == _YEAR or ordinals == list(range(1, len(listed) + 1))
    if follow and len(listed) >= _FEWEST:
        yield said, listed


def _months_of(clause: str) -> tuple[int, ...]:
    """The months of the year that a clause is about, empty where it names no stretch."""
    words = wording().stated_part_lists
    stretch, months = words.stretch.search(clause), words.months.search(clause)
    if stretch:
        first, last = words.stretches[stretch.group()]
    elif months:
        last = int(parse(months["last"]))
        first = int(parse(months["first"])) if months["first"] else last
    else:
        return ()
    return tuple(range(first, last + 1))


def _summed(sentence: CountedSentence, number: int) -> Iterator[Sum]:
    """A sum right after a list of one kind: 复印费200元、邮寄费150元，合计350元."""
    words, said = wording().stated_part_lists, sentence.numbers[number]
    if said.is_open or not words.summed.match(sentence.before(number)):
        return
    parts: list[SeenNumber] = []
    first = number
    for place in range(number - 1, -1, -1):
        one = sentence.numbers[place]
        if not is_beside(one, said) or one.of.above != said.of.above:
            break
        parts.insert(0, one)
        first = place
        if not words.listed.match(sentence.before(place)):
            break
    # 一季度21条，二季度30条，全年共80条: the rest of the year has some, too.
    stretches = [_months_of(sentence.lead(place)) for place in range(first, number)]
    if words.of_year.search(sentence.before(number)) and any(stretches):
        return
    labels = [part.of.label_raw for part in parts]
    # 分别公开31条、44条，共75条: what each was is stated before the first.
    in_turn = words.in_turn.search(sentence.before(first)) is not None and len(set(labels)) == 1
    alike = len({label[-1:] for label in labels}) == 1 and len(set(labels)) == len(labels)
    strange = words.not_all.search(sentence.quote[: sentence.spans[number][0]]) or any(
        words.of_another.search(label) for label in (*labels, said.of.label_raw)
    )
    if len(parts) >= _FEWEST and (alike or in_turn) and not strange:
        yield said, parts


def _of_bodies(said: SeenNumber, before: Sequence[SeenNumber]) -> Iterator[Sum]:
    """Sums that a sentence states over several bodies, or over requests received and carried in."""
    if not wording().stated_part_lists.adds_up.search(said.before):
        return
    parts = [one for one in before if is_beside(one, said) and one.of.above == said.of.above]
    if len(parts) < _FEWEST:
        return
    names = {one.of.indicator_id for one in parts}
    came = names == set(balance().came)
    alike = names <= {parts[0].of.indicator_id, None} and _are_of_bodies(parts)
    if alike or (came and len(parts) == _FEWEST and not _may_be_some(said, parts)):
        yield said, parts


def _may_be_some(said: SeenNumber, parts: Sequence[SeenNumber]) -> bool:
    """Whether a sum is of what became of requests, and some of all that came: 公开共计15件."""
    kinds = wording().universal_claims.dimensions
    named = (kinds[one].named_in(said.of.label_raw) for one in ("outcome", "status"))
    public = wording().stated_part_lists.made_public.search(clauses(said.before)[-1])
    return said.value < added_values(parts) and (public is not None or any(named))


def _are_of_bodies(parts: Sequence[SeenNumber]) -> bool:
    """Whether numbers count one thing of several bodies: 县政府办受理24件,其余单位受理16件."""
    what = min((part.of.label_raw for part in parts), key=len)
    who = [part.of.label_raw.removesuffix(what) for part in parts]
    return all(not name or wording().stated_part_lists.body.search(name) for name in who)


def overlap(parts: Iterable[SeenNumber]) -> bool:
    """Whether numbers of stretches of the year hold each other: 第一季度21件,上半年36件."""
    covered = [month for one in parts for month in _months_of(one.of.label_raw)]
    return len(covered) > len(set(covered))


def parts_of_year(sentence: CountedSentence) -> Iterator[Sum]:
    """Numbers of the whole year with those of parts of the year, whose sum cannot exceed them."""
    if len(sentence.numbers) < _FEWEST or _counts_again(sentence):
        return
    leads = [sentence.lead(number) for number in range(len(sentence.numbers))]
    stretches = [_months_of(lead) for lead in leads]
    for said, lead, own in zip(sentence.numbers, leads, stretches, strict=True):
        if own or said.is_open or not wording().stated_part_lists.of_year.search(lead):
            continue
        parts = [
            one
            for one, stretch in zip(sentence.numbers, stretches, strict=True)
            if stretch and is_beside(one, said) and one.of.label_raw.endswith(said.of.label_raw)
        ]
        covered = [month for stretch in stretches for month in stretch]
        if parts and len(set(covered)) == len(covered) < len(_YEAR):
            yield said, parts


def added_up(sentence: CountedSentence) -> Iterator[frozenset[int]]:
    """The places of consecutive numbers and of the sum stated behind them."""
    for number, said in enumerate(sentence.numbers):
        if not wording().stated_part_lists.sum.search(sentence.before(number)):
            continue
        before = [one for one in sentence.numbers[:number] if is_beside(one, said)]
        for first in range(len(before) - 1):
            parts = before[first:]
            if added_values(parts, said) == said.value:
                yield frozenset(one.place for one in (*parts, said))
