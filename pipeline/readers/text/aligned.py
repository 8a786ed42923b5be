"""Tables whose columns alignment alone tells: words of lines, and the tracks they stand in.

A line is read as words, each with its extent in columns of a display. Figures that stand
below each other, and the heads above them, make the tracks of a table; a track in which a
line has nothing is a blank cell. How wide a character is, programs do not agree on: the
measure is taken in which most figures find a track.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby, pairwise
from operator import attrgetter
from typing import NamedTuple

from pipeline.lexis.values import read_value
from pipeline.readers.text.aligned_blocks import BlockOfLines, blocks_of, without_index, zones_of
from pipeline.readers.text.aligned_cells import (
    LOOSE,
    Aligned,
    HeadedBlock,
    Labelling,
    PageOfRows,
    cells_across,
    cells_below_heads,
    places_of,
    text_of_words,
)
from pipeline.readers.text.aligned_heads import TOTAL, Track, leaf_heads
from pipeline.readers.text.aligned_labels import (
    LineOfWords,
    are_beside_groups,
    labelled_cells,
    labelled_rows,
)
from pipeline.readers.text.display_words import (
    DisplayLine,
    DisplayWord,
    Measure,
    lines_on_pages,
    measures,
)
from pipeline.readers.tracks import Extent, columns_by_place, heads_repeated

_SET_APART = re.compile(r"\S(?:\s{2,}|\u3000)\S")
_THOUSANDS = re.compile(r"\d{1,3} \d{3}")
_FEWEST_ROWS = 3
_FEWEST_TRACKS = 2
_LEAST_IN_LINE = 0.8
_LEAST_TOLD = 0.5
_FEWEST_PLACED = 5
_FEWEST_COLUMNS = 4
# A blank of some fonts is as wide as a Chinese character.
_BLANK = 2

_LEFT = attrgetter("left")
_ZERO = Decimal(0)


def aligned_tables(lines: Sequence[str]) -> Iterator[Aligned]:
    """Finds tables of several columns of figures that only alignment parts.

    Args:
        lines: The lines of a text.
    """
    if not any(map(_SET_APART.search, lines)):
        return
    for found, left in _tables(lines_on_pages(lines), measures):
        # Rows that are whole need no place to be read.
        with_blanks = (page for page in left if page.columns > page.fewest)
        without_heads = [
            table for page in with_blanks for table in _without_heads(page, labelled_rows)
        ]
        if without_heads or any(map(_has_blanks, found)) or any(map(_is_grouped, found)):
            yield from (cells_below_heads(one, labelled_rows) for one in found)
        yield from without_heads


def placed_tables(lines: Sequence[DisplayLine]) -> Iterator[Aligned]:
    """Finds the same tables where each word is that of a whole cell, be rows whole or not.

    Args:
        lines: The lines of all pages.
    """
    for found, left in _tables(lines, lambda _: (len,)):
        yield from (cells_below_heads(one, labelled_cells) for one in found)
        for page in left:
            yield from _without_heads(page, labelled_cells)


def _tables(
    lines: Sequence[DisplayLine], measures_of: Callable[[str], Sequence[Measure]]
) -> Sequence["_Read"]:
    """The tables of every run of lines that may hold some, in the measure that fits best."""
    zones = [
        zone
        for zone in zones_of(lines)
        # Figures that no wide gap parts from what is before them are aligned to nothing.
        if any(_SET_APART.search(line.text) for line in lines[slice(*zone)])
    ]
    text = "".join(line.text for zone in zones for line in lines[slice(*zone)])
    # One program made the whole text: what one table does not tell, others do.
    read = [[_read(lines, *zone, measure) for zone in zones] for measure in measures_of(text)]
    return max(read, key=_fitness)


def _fitness(read: Sequence["_Read"]) -> tuple[int, int]:
    """How well a measure fits: how many figures find their column, and how little they scatter."""
    found = [one for own, _ in read for one in own]
    below = [len(page.places) - page.columns for _, left in read for page in left]
    return sum(one.figures for one in found), sum(below) - _scattering(found)


def _scattering(found: Sequence["HeadedBlock"]) -> int:
    """In how many places figures of a column begin, end or have their middle, the fewest."""
    return sum(
        min(len({place(word) for word in own}) for place in _PLACES)
        for one in found
        for track in one.tracks
        if (own := [word for word in track.words if word.is_figure])
    )


_PLACES: tuple[Callable[[DisplayWord], int], ...] = (
    lambda word: word.left,
    lambda word: word.right,
    lambda word: (word.left + word.right) // 2,
)


class _Read(NamedTuple):
    """The tables of a run of lines.

    Attributes:
        found: Those whose heads tell the columns of figures.
        left: Lines of others, each on one page.
    """

    found: list[HeadedBlock]
    left: list[PageOfRows]


def _read(lines: Sequence[DisplayLine], first: int, behind: int, measure: Measure) -> _Read:
    """The tables of a run of lines, characters being that wide."""
    found: list[HeadedBlock] = []
    left: list[BlockOfLines] = []
    for block in blocks_of(lines, first, behind, measure):
        without_index(block)
        own = _shared_columns(block, found[-1] if found else None)
        has_heads = bool(leaf_heads(block.heads, block.rows))
        joined = _joined(found[-1], own) if found and not has_heads else None
        if joined:
            found[-1] = joined
        elif _are_columns(own) or _are_columns(_on_told_pages(own)):
            found.append(own)
        elif left and not has_heads and _go_on(left[-1], block, found):
            left[-1] = left[-1].followed_by(block)
        else:
            left.append(block)
    told = [kept if _are_columns(kept := _on_told_pages(one)) else one for one in found]
    rest = [
        *(one.block.rows[len(kept.block.rows) :] for one, kept in zip(found, told, strict=True)),
        *(block.rows for block in left),
    ]
    pages = [
        BlockOfLines([], list(rows))
        for own in rest
        for _, rows in groupby(own, lambda line: line.page)
    ]
    return _Read(told, [PageOfRows(page, places_of(page)) for page in pages])


def _go_on(block: BlockOfLines, behind: BlockOfLines, found: Sequence[HeadedBlock]) -> bool:
    """Whether nothing but blank lines parts two blocks of a page."""
    last = block.rows[-1]
    is_next = not found or not last.number < found[-1].block.rows[0].number
    return is_next and last.page == behind.rows[0].page


def _on_told_pages(found: HeadedBlock) -> HeadedBlock:
    """Lines up to the first page on which place does not tell the column of most figures."""
    told = {id(word) for track in found.tracks for word in track.words}
    kept: list[LineOfWords] = []
    for _, group in groupby(found.block.rows, lambda line: line.page):
        rows = list(group)
        figures = [id(word) for row in rows for word in row.figures if word.is_figure]
        if len(told.intersection(figures)) < _LEAST_TOLD * len(figures):
            break
        kept += rows
    if len(kept) == len(found.block.rows):
        return found
    own = {
        id(word) for line in (*found.block.heads, *kept) for word in (*line.label, *line.figures)
    }
    tracks = [
        track._replace(words=tuple(word for word in track.words if id(word) in own))
        for track in found.tracks
    ]
    return HeadedBlock(BlockOfLines(found.block.heads, kept), tracks, found.page)


def _joined(first: HeadedBlock, second: HeadedBlock) -> HeadedBlock | None:
    """Two blocks as the one that they rather are, which a blank line or a page's end parts."""
    if not leaf_heads(first.block.heads, first.block.rows):
        return None
    joined = _shared_columns(first.block.followed_by(second.block), None)
    apart = first.figures + (second.figures if _are_columns(second) else 0)
    return joined if _are_columns(joined) and joined.figures >= apart else None


def _has_blanks(found: HeadedBlock) -> bool:
    """Whether a row lacks a figure: rows that are whole need no place to be read."""
    rows = [row for row in found.block.rows if row.figures]
    labelled = [row for row in rows if row.label] or rows
    counts = [sum(word.is_figure for word in row.figures) for row in labelled]
    return any(count < len(found.tracks) for count in counts) and _are_set_apart(rows)


def _is_grouped(found: HeadedBlock) -> bool:
    """Whether labels of several lines stand beside those of groups, in rows that are set apart."""
    rows = found.block.rows
    return _are_set_apart([row for row in rows if row.figures]) and are_beside_groups(rows)


def _are_set_apart(rows: Sequence[LineOfWords]) -> bool:
    """Whether most figures stand behind a wide gap: one blank between words aligns nothing."""
    gaps = [
        behind.left - before.right
        for row in rows
        for before, behind in pairwise(sorted((*row.label[-1:], *row.figures), key=_LEFT))
    ]
    return 2 * sum(gap > 1 for gap in gaps) > len(gaps)


def _shared_columns(block: BlockOfLines, before: HeadedBlock | None) -> HeadedBlock:
    """A block with its columns; those of the one before where it has no heads."""
    heads = leaf_heads(block.heads, block.rows)
    if heads or before is None:
        page = (block.heads if heads else block.rows)[-1 if heads else 0].page
    else:
        heads, page = [track._replace(words=()) for track in before.tracks], before.page
    return HeadedBlock(block, list(_headed(block, heads, page)), page)


def _are_columns(found: HeadedBlock) -> bool:
    """Whether place tells the column of most figures, and they stand below each other."""
    rows, tracks = found.block.rows, found.tracks
    headed = sum(any(not word.is_figure for word in track.words) for track in tracks)
    figures = sum(word.is_figure for row in rows for word in row.figures)
    shared = sum(sum(word.is_figure for word in track.words) > 1 for track in tracks)
    # More columns without heads are told by sums alone.
    are_few = len(tracks) < _FEWEST_COLUMNS and len(rows) >= _FEWEST_ROWS
    is_told = headed >= _FEWEST_TRACKS or (are_few and shared >= _FEWEST_TRACKS)
    is_told = is_told and found.figures > 0 and len(tracks) >= _FEWEST_TRACKS
    is_told = is_told and not any(map(found.is_of_words, tracks))
    return is_told and found.figures >= _LEAST_TOLD * figures and _are_in_line(found)


def _headed(block: BlockOfLines, heads: Sequence[Track], page: int) -> Iterator[Track]:
    """Every head with the figures below it, and on further pages below where it would stand."""
    tracks = dict(enumerate(heads))
    totals = [n for n, head in enumerate(heads) if TOTAL.search(text_of_words(head.words))]
    for at_page, lines in groupby(block.rows, lambda line: line.page):
        rows = [[word for word in line.figures if word.is_figure] for line in lines]
        own: Sequence[Extent] = list(tracks.values())
        own = own if at_page == page else heads_repeated(rows, own, LOOSE)
        whole = [row for row in rows if len(row) == len(tracks) and _adds_up(row, totals)]
        told = columns_by_place(rows, own, LOOSE, whole) if own or at_page == page else {}
        for n, row in enumerate(rows):
            columns = [told.get((n, at), -1) for at in range(len(row))]
            if row not in whole and heads and at_page == page and _share_a_head(row, heads):
                continue
            numbers = list(map(_number_of, row))
            if -1 in columns or _lack_total(dict(zip(columns, numbers, strict=True)), totals):
                continue
            for column, word in zip(columns, row, strict=True):
                new = Track(word.left, word.right, (word,))
                if heads:
                    tracks[column] = tracks[column]._replace(words=(*tracks[column].words, word))
                else:
                    tracks[column] = tracks[column].joined(new) if column in tracks else new
        tracks = dict(sorted(tracks.items()))
    yield from tracks.values()


def _share_a_head(figures: Sequence[DisplayWord], heads: Sequence[Track]) -> bool:
    """Whether two figures have one head above both and may be a number with a blank."""
    return any(
        _THOUSANDS.fullmatch(f"{before.text} {behind.text}")
        and behind.left - before.right <= _BLANK
        and any(head.left <= before.left and behind.right <= head.right for head in heads)
        for before, behind in pairwise(figures)
    )


def _number_of(figure: DisplayWord) -> Decimal:
    """Its number; a blank in it marks thousands."""
    return read_value(figure.text.replace(" ", "")).number or _ZERO


def _adds_up(figures: Sequence[DisplayWord], totals: Sequence[int]) -> bool:
    """Whether figures below heads of totals are those of the figures before them."""
    numbers = list(map(_number_of, figures))
    return bool(totals) and all(
        sum(numbers[before + 1 : total]) == numbers[total]
        for before, total in pairwise([-1, *totals])
    )


def _lack_total(numbers: Mapping[int, Decimal], totals: Sequence[int]) -> bool:
    """Whether parts stand below their heads and no total below its own, or a total without parts.

    Zeros that are left out are no total of others: such figures are not where they belong.
    """
    return any(
        (numbers.get(total, _ZERO) != 0)
        != any(numbers.get(part, _ZERO) != 0 for part in range(before + 1, total))
        for before, total in pairwise([-1, *totals])
    )


def _are_in_line(found: HeadedBlock) -> bool:
    """Whether nearly all figures of a column begin, end or have their middle at one place.

    A label too long for its room may push those of its row out of line.
    """
    page_of = {id(word): row.page for row in found.block.rows for word in row.figures}
    columns: dict[tuple[int, int], list[DisplayWord]] = {}
    for n, track in enumerate(found.tracks):
        for word in track.words:
            if word.is_figure:
                columns.setdefault((n, page_of[id(word)]), []).append(word)
    in_line = sum(max(_at_one_place(own, place) for place in _PLACES) for own in columns.values())
    return in_line >= _LEAST_IN_LINE * found.figures


def _at_one_place(figures: Sequence[DisplayWord], place: Callable[[DisplayWord], int]) -> int:
    """How many figures stand where most of them do."""
    counts = Counter(map(place, figures))
    around = range(-LOOSE, LOOSE + 1)
    return max((sum(counts[one + off] for off in around) for one in counts), default=0)


def _without_heads(page: PageOfRows, labelled: Labelling) -> Iterator[Aligned]:
    """A page of rows whose columns no heads tell, each figure across those it may stand in."""
    rows = [row for row in page.block.rows if row.figures]
    are_figures = all(word.is_figure for row in rows for word in row.figures)
    is_enough = len(rows) >= _FEWEST_PLACED and page.columns >= _FEWEST_COLUMNS
    if is_enough and are_figures and _are_set_apart(rows):
        yield cells_across(page, labelled)
