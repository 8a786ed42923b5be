"""Labels that are not printed to the letter, found between those that are."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from pipeline.extract.tables.match.alignment import Match, Occurrence
from pipeline.extract.tables.match.labels import placed
from pipeline.extract.tables.tokens import Layout, Token
from pipeline.forms.indexed_form import IndexedForm
from pipeline.lexis.letters import Letters
from pipeline.lexis.normalise import letters
from pipeline.lexis.numbering import COUNT
from pipeline.lexis.units import UNITS
from pipeline.model.document import Locator

_SHORTEST = 4
_LETTERS_A_MISPRINT = 4
_LONGEST_TAIL = 300
_MOST_WORDS = 12
_SHORTEST_BEGINNING = 5
_UNIT_AT_END = re.compile(rf"(?:{UNITS})\Z")
_NUMBER = re.compile(rf"[(（]?{COUNT}[)）、.．]+|\d{{1,2}}[.．、)）]|其中[:：]?|[.．、:：)）]+")


def misprinted(
    text: Letters, layout: Layout, form: IndexedForm, matches: Sequence[Match]
) -> list[Occurrence]:
    """Labels meant, of misprinted and broken rows that should stand between two sure ones.

    A run of words counts as a label if it is much more like that label than like any
    other that could stand there, or if it is the beginning of it (the rest of a wrapped
    label may follow behind the values). A label that recurs on the form is not sure: where
    the rows before it are misprinted, it has been given to the first of its rows.
    """
    found = []
    for stretch in _between_sure(form, matches):
        if stretch[-1].row - stretch[0].row == len(stretch) - 1:
            continue
        free = _rows_not_found(form, stretch)
        for left, right in pairwise(stretch):
            if max(free.values(), default=0) <= 0:
                break
            start, end = left.occurrence.place.end, right.occurrence.place.start
            window = layout.window(start, min(end, text.end), None, whole_rows=True)
            runs = [*_runs(window.tokens), []]
            missing = _printed(free, form) if len(runs) > 1 else {}
            for run, behind in pairwise(runs):
                occurrence = _parted(text, run, behind, missing) or _meant(text, run, missing)
                if occurrence:
                    found.append(placed(occurrence, text, layout))
                    free[next(one for one in +free if occurrence.label in one)] -= 1
                    missing = _printed(free, form)
    return found


def _between_sure(form: IndexedForm, matches: Sequence[Match]) -> Iterator[Sequence[Match]]:
    """Stretches of matches, each from one whose label names a single row to the next such.

    What stands some way behind the last match is as sure: the form has ended there.
    """
    tail = matches[-1].occurrence.place.end + _LONGEST_TAIL
    end = Match(len(form.rows), Occurrence("", 0, 0, 0.0, place=Locator(tail, tail)))
    stretch: list[Match] = []
    for match in (*matches, end):
        stretch.append(match)
        is_sure = match is end or len(form.rows_of[match.occurrence.label]) == 1
        if is_sure and len(stretch) > 1:
            yield stretch
            stretch = [match]


def _rows_not_found(form: IndexedForm, stretch: Sequence[Match]) -> Counter[tuple[str, ...]]:
    """How many rows between the first and the last match are missing, by their labels."""
    first, *inner, last = (match.row for match in stretch)
    free = Counter(form.rows[row].labels for row in range(first + 1, last))
    free.subtract(form.rows[row].labels for row in inner)
    return free


def _printed(free: Counter[tuple[str, ...]], form: IndexedForm) -> dict[str, str]:
    """What may be printed for the missing rows, with and without their notes."""
    return {
        printed: label
        for labels, count in free.items()
        if count > 0
        for label in labels
        if len(label) >= _SHORTEST
        for row in form.rows_of[label][:1]
        for printed in (label, label + form.rows[row].note)
    }


def _runs(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Words with no value and no cell border between them."""
    run: list[Token] = []
    for token in tokens:
        if run and (not token.is_word or token.cell is not run[-1].cell):
            yield run
            run = []
        if token.is_word and not token.is_unit:
            run.append(token)
    if run:
        yield run


def _meant(text: Letters, run: Sequence[Token], missing: Mapping[str, str]) -> Occurrence | None:
    """The missing label most similar to the end of a run of words, None if none is similar."""
    best: Occurrence | None = None
    for begin, end in _endings(text, run):
        unit = _UNIT_AT_END.search(text.text, begin, end)
        found = _like(text, begin, end, missing)
        if found is None and unit:
            found = _like(text, begin, unit.start(), missing)
        if found and (best is None or found.score > best.score):
            best = found
    return best


def _parted(
    text: Letters, run: Sequence[Token], behind: Sequence[Token], missing: Mapping[str, str]
) -> Occurrence | None:
    """A missing label split over two runs: the end of the first and the beginning of the next.

    So stand the halves of a wrapped label around the values of its row.
    """
    rest = letters("".join(token.text for token in behind))
    for begin, end in _endings(text, run) if rest else ():
        printed = text.text[begin:end]
        for whole, label in missing.items():
            if printed and whole.startswith(printed) and rest.startswith(whole[len(printed) :]):
                return Occurrence(label, begin, end, 1.0)
    return None


def _endings(text: Letters, run: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Where the letters of the last words begin and end, the number before them left out."""
    end = text.position(run[-1].end)
    for word in run[-_MOST_WORDS:]:
        number = _NUMBER.match(word.text)
        yield text.position(word.start + (number.end() if number else 0)), end


def _like(text: Letters, first: int, behind: int, missing: Mapping[str, str]) -> Occurrence | None:
    printed = text.text[first:behind]
    if len(printed) < _SHORTEST or not missing:
        return None
    for whole, label in missing.items():
        if len(printed) >= _SHORTEST_BEGINNING and whole.startswith(printed):
            return Occurrence(label, first, behind, 1.0, len(printed) / len(whole))
    best = process.extract(printed, list(missing), scorer=fuzz.ratio, limit=3)
    whole, score, _ = best[0]
    label = missing[whole]
    if any(rival == score and missing[other] != label for other, rival, _ in best):
        return None
    if Levenshtein.distance(printed, whole) > max(1, len(whole) // _LETTERS_A_MISPRINT):
        return None
    return Occurrence(label, first, behind, score / 100, score / 100)
