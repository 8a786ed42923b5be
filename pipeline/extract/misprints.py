"""Labels that are not printed to the letter, found between those that are."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from rapidfuzz import fuzz, process

from pipeline.extract.alignment import Match, Occurrence
from pipeline.extract.folding import Letters, letters
from pipeline.extract.labels import IndexedForm
from pipeline.extract.slots import Layout, Slot

_LEAST_SCORE = 75
_LEAST_LEAD = 8
_SHORTEST = 4
_SHORTEST_BEGINNING = 5
_NUMBER = re.compile(r"[(（]?[一二三四五六七八九十]{1,3}[)）、.．]+|其中[:：]?|[.．、:：)）]+")


def misprinted(
    text: Letters, layout: Layout, form: IndexedForm, matches: Sequence[Match]
) -> list[Occurrence]:
    """Finds misprinted and broken labels of rows that should stand between two matches.

    A run of words counts as a label if it is much more like that label than like any
    other that could stand there, or if it is the beginning of it (the rest of a wrapped
    label may follow behind the values).

    Args:
        text: The letters of the text.
        layout: The cells of the text.
        form: The form the matches belong to.
        matches: Labels found to the letter.

    Returns:
        Occurrences of the labels meant, by position.
    """
    found = []
    for left, right in pairwise(matches):
        missing = {
            label: row.index
            for row in form.rows[left.row + 1 : right.row]
            for label in row.labels
            if len(label) >= _SHORTEST
        }
        if not missing:
            continue
        start = text.offset(left.occurrence.end - 1) + 1
        end = text.offset(right.occurrence.start)
        window = layout.window(start, end, None, whole_rows=True)
        for run in _runs(window.slots):
            occurrence = _meant(text, run, missing)
            if occurrence:
                found.append(occurrence)
                missing.pop(occurrence.label)
    return found


def _runs(slots: Sequence[Slot]) -> Iterator[list[Slot]]:
    """Words with no value and no cell border between them."""
    run: list[Slot] = []
    for slot in slots:
        if run and (not slot.is_word or slot.cell is not run[-1].cell):
            yield run
            run = []
        if slot.is_word and not slot.is_unit:
            run.append(slot)
    if run:
        yield run


def _meant(text: Letters, run: Sequence[Slot], missing: dict[str, int]) -> Occurrence | None:
    number = _NUMBER.match(run[0].text)
    start = run[0].start + (number.end() if number else 0)
    first, behind = text.position(start), text.position(run[-1].end)
    word = text.text[first:behind]
    if len(word) < _SHORTEST or not missing:
        return None
    for label in missing:
        if len(word) >= _SHORTEST_BEGINNING and label.startswith(word):
            return Occurrence(label, first, behind, 1.0, len(word) / len(label))
    best = process.extract(letters(word), list(missing), scorer=fuzz.ratio, limit=2)
    label, score, _ = best[0]
    if score < _LEAST_SCORE or (len(best) > 1 and score - best[1][1] < _LEAST_LEAD):
        return None
    return Occurrence(label, first, behind, score / 100, score / 100)
