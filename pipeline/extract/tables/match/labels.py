"""The forms' labels, and where they stand in a text."""

import re
from functools import cache

import ahocorasick
from msgspec import structs

from pipeline.extract.tables.match.alignment import Occurrence, without_contained
from pipeline.extract.tables.tokens import Layout
from pipeline.forms.indexed_form import all_heads, closed_headings, indexed_forms
from pipeline.lexis.letters import Letters
from pipeline.lexis.numbering import ORDINALS
from pipeline.lexis.units import UNITS
from pipeline.lexis.values import is_statement
from pipeline.model.document import Locator

_UNIT_AHEAD = re.compile(rf"(?:{UNITS})(?:\d|无|$)")
_LABEL_WEIGHT = 12
_CELL_BONUS = 0.5
_NUMBERING = frozenset(ORDINALS + "0123456789")


@cache
def _labels() -> ahocorasick.Automaton:
    """All labels as one automaton, so that a text is gone through once for all."""
    automaton = ahocorasick.Automaton()
    for label in {label for form in indexed_forms() for label in form.rows_of}:
        automaton.add_word(label, label)
    automaton.make_automaton()
    return automaton


def find_labels(text: Letters, layout: Layout) -> list[Occurrence]:
    """Every label of any form in a text by position, longest first where they overlap."""
    places = ((label, last + 1 - len(label), last + 1) for last, label in _labels().iter(text.text))
    found = without_contained(
        Occurrence(label, start, end, weight)
        for label, start, end in places
        if (weight := _weight(text, start, end))
    )
    return [one for bare in found if (one := _weighed(placed(bare, text, layout), text))]


def placed(found: Occurrence, text: Letters, layout: Layout) -> Occurrence:
    """A label with its place in the document."""
    place = Locator(text.offset(found.start), text.offset(found.end - 1) + 1)
    return structs.replace(found, place=place, cell=layout.cell_of(place.start))


def _weighed(found: Occurrence, text: Letters) -> Occurrence | None:
    """A label in a cell is surer than the same words in a sentence.

    In a cell that says there was none it is no label: 本单位未制作规章. A heading with a number
    right behind it is likelier one of those: 行政复议3件.
    """
    if found.cell:
        is_said = is_statement(found.cell.text)
        return None if is_said else structs.replace(found, weight=found.weight + _CELL_BONUS)
    is_counted = found.label in closed_headings() and text.text[found.end : found.end + 1].isdigit()
    return structs.replace(found, weight=found.weight - _CELL_BONUS) if is_counted else found


def _weight(text: Letters, start: int, end: int) -> float:
    """Longer labels are surer; a label inside a longer word is none."""
    clean_left = (
        text.begins_word(start)
        or text.text[start - 1] in _NUMBERING
        or text.text.endswith(all_heads(), 0, start)
    ) and not (start and text.is_enumerated(start))
    clean_right = (
        text.begins_word(end)
        or text.text[end].isdigit()
        or _UNIT_AHEAD.match(text.text, end) is not None
        or text.text.startswith(all_heads(), end)
    )
    length = min(end - start, _LABEL_WEIGHT) / _LABEL_WEIGHT
    if clean_left and clean_right:
        return 1 + length
    return 0.5 if length == 1 and (clean_left or clean_right) else 0.0
