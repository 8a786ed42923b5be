"""Numbers of sentences that are parts of what a table prints, and do not contradict it."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from pipeline.facts.check_sides import SeenNumber
from pipeline.facts.ranges import range_of

_FEWEST = 2


def parts_of_table(table: Mapping[str, SeenNumber], prose: Sequence[SeenNumber]) -> frozenset[int]:
    """Returns the places of numbers in sentences that are only parts of the table's.

    Such a number is less than the table's. It is told as a part of a greater one of its kind
    (全市120件，其中市级52件), or of such a part; it adds up to the table's with those beside it
    (市政府30件，市直部门50件，镇街40件); or the table's own stands in the same section.
    """
    of_path: dict[str, SeenNumber] = {}
    for said in prose:
        of_path.setdefault(said.of.section_path, said)
    agreeing = {(said.of.indicator_id, said.of.above) for said in prose if _agrees(table, said)}

    def is_part(said: SeenNumber) -> bool:
        row = table.get(said.of.indicator_id or "")
        if row and said.value >= row.value:
            return False
        place = said.of.indicator_id, said.of.above
        is_in_list = row is not None and _adds_up(said, prose, row.value)
        is_beside = place in agreeing and said.is_open
        return _is_told_as_part(said, of_path) or is_in_list or is_beside

    return frozenset(said.place for said in prose if is_part(said))


def _agrees(table: Mapping[str, SeenNumber], said: SeenNumber) -> bool:
    """Whether a sentence says what the table prints, of the report's own year and body."""
    row = table.get(said.of.indicator_id or "")
    is_own = said.of.year is None and not said.is_open
    return row is not None and is_own and range_of(said.of).meets(row.range)


def _is_told_as_part(said: SeenNumber, of_path: Mapping[str, SeenNumber]) -> bool:
    """Whether it, or what it is said of, is a part of more of the same.

    Of what several years received, this year's own number is no such part.
    """
    return any(
        part.of.indicator_id == whole.of.indicator_id
        and part.value < whole.value
        and not whole.is_open
        for part, whole in pairwise(_upwards(said, of_path))
        if part.of.indicator_id
    )


def _upwards(said: SeenNumber, of_path: Mapping[str, SeenNumber]) -> Iterator[SeenNumber]:
    """A number, what it is a part of, and so on."""
    yield said
    while (above := of_path.get(said.of.above)) and above.place < said.place:
        yield (said := above)


def _adds_up(said: SeenNumber, prose: Sequence[SeenNumber], whole: Decimal) -> bool:
    """Whether a number makes up a whole with those right beside it in its sentence.

    What these make up must not be told there of something else: 收到40件，答复38件，其余2件在办.
    """
    beside = [
        one
        for one in prose
        if (one.of.quote, one.of.char_start, one.of.above, one.of.unit_raw, one.of.year)
        == (said.of.quote, said.of.char_start, said.of.above, said.of.unit_raw, said.of.year)
    ]
    own = [one.of.indicator_id in (None, said.of.indicator_id) for one in beside]
    if any(one.value == whole for one, is_own in zip(beside, own, strict=True) if not is_own):
        return False
    at = next(number for number, one in enumerate(beside) if one.place == said.place)
    return any(
        all(own[start:end]) and sum((one.value for one in beside[start:end]), Decimal(0)) == whole
        for start in range(at + 1)
        for end in range(max(at + 1, start + _FEWEST), len(beside) + 1)
    )
