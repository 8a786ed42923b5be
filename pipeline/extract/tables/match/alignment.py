"""Labels found in a text, aligned to the ordered rows of a form.

A form is an ordered list of rows in which labels recur under different parents; a
report prints them in that order, with rows missing, added or printed twice. The best
alignment is the heaviest chain of found labels whose rows ascend: weighted longest
increasing subsequence, with a small cost for every row passed over, so that of equal
labels the nearest follows its parent. Of chains that weigh the same, the one that stands
closest before the next row is taken: what a report says of a row before it prints the
table is a heading in its prose.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from pipeline.model.document import Cell, Locator

_COST_OF_A_SKIPPED_ROW = 0.02


class Occurrence(Struct, frozen=True):
    """A label found in a text, by positions in the text's letters.

    Attributes:
        weight: How surely it is the label of a row and not a word in a sentence.
        score: How well the print agrees with the label, 1 for to the letter.
        place: Where it stands in the document.
        cell: The cell that it begins in, None in running text.
    """

    label: str
    start: int
    end: int
    weight: float
    score: float = 1.0
    place: Locator = Locator(0, 0)
    cell: Cell | None = None


class Match(Struct, frozen=True):
    """A label aligned to a row of the form, by its index."""

    row: int
    occurrence: Occurrence


def align(
    occurrences: Sequence[Occurrence], rows_of: Mapping[str, Sequence[int]], size: int
) -> list[Match]:
    """The heaviest chain of labels whose rows, of so many, ascend with their positions.

    The labels are given by position, none overlapping another; ``rows_of`` tells the rows that
    each may belong to.
    """
    # The heaviest chain, and its last link, among the rows before each; never falling.
    best = [(0.0, -1)] * (size + 1)
    links: list[tuple[int, Occurrence, int]] = []
    heaviest, last = 0.0, -1
    for occurrence in occurrences:
        reached: list[tuple[int, tuple[float, int]]] = []
        # Backwards, so that of two rows that cost the same the upper one is linked to.
        for row in reversed(rows_of.get(occurrence.label, ())):
            score, link = best[row]
            # Kept scores carry the cost back to row 0, so that the cost of passing over
            # rows is one subtraction here, whatever row the chain comes from.
            score += occurrence.weight - (_COST_OF_A_SKIPPED_ROW * (row - 1) if link >= 0 else 0)
            reached.append((row, (score + _COST_OF_A_SKIPPED_ROW * row, len(links))))
            if score > heaviest or (score == heaviest and links[last][1] is occurrence):
                heaviest, last = score, len(links)
            links.append((row, occurrence, link))
        for row, heavier in reached:
            end = bisect_left(best, heavier, row + 1)
            best[row + 1 : end] = [heavier] * (end - row - 1)
    chain: list[Match] = []
    while last >= 0:
        row, occurrence, last = links[last]
        chain.append(Match(row, occurrence))
    return chain[::-1]


def without_contained(occurrences: Iterable[Occurrence]) -> list[Occurrence]:
    """Drops every occurrence that stands inside a longer one, and sorts the rest."""
    kept: list[Occurrence] = []
    for occurrence in sorted(occurrences, key=lambda found: (found.start, -found.end)):
        if kept and occurrence.start < kept[-1].end:
            if occurrence.end - occurrence.start <= kept[-1].end - kept[-1].start:
                continue
            kept.pop()
        kept.append(occurrence)
    return kept
