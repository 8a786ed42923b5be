"""Rows of a form written out as sentences: the label of a row, then applicants with a number each.

(一)予以公开:自然人1件,法人或其他组织中,商业企业2件,总计3件。 or 予以公开3件,其中自然人1件。
Only what is said so from beginning to end is read, and only where rows follow one another as
on the form: the label of one row is a word of any sentence.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from pipeline.extract.prose.cleaning import clean
from pipeline.extract.prose.passages import Sentence
from pipeline.forms.form import OF_ORGANISATIONS, FormTable
from pipeline.forms.indexed_form import FormRow, indexed_forms
from pipeline.lexis.normalise import letters
from pipeline.lexis.numbering import ORDINALS, marker
from pipeline.lexis.values import NUMBER

_FEWEST_ROWS = 5
_LONGEST_LABEL = 60
_OPENS = ":"
_NOTE = re.compile(r"\([^()]*\)$")
_REST = r"(?:其余|其他各项)(?:各项|申请人)?(?:均|都|皆)为?(?P<rest>0|零)件?"


class Figure(NamedTuple):
    """A number that fills a cell of a form.

    Attributes:
        indicator: Catalogue id of the cell.
        path: The label of the row, and the head of the column where that is named.
        start: Where the number begins in the clean text.
        raw: As printed, without its unit.
        is_told: Whether it is told of several columns at once: 其余均为0.
    """

    indicator: str
    path: tuple[str, ...]
    start: int
    raw: str
    is_told: bool = False


class _Said(NamedTuple):
    """A sentence that begins with the label of a row, or stands below it."""

    number: int
    text: str
    label: str
    parts: re.Match[str]
    is_below: bool


class _Table(NamedTuple):
    """A form's table of requests, laid out for sentences.

    Attributes:
        declared: As the form declares it.
        rows: Its rows by the letters of their labels; several may be called alike.
        labels: The letters of all labels.
        opens: What a sentence must begin with to begin with a label, told before it is cleaned.
        columns: What stands behind the label of a row.
        labelled: A row with its label.
    """

    declared: FormTable
    rows: Mapping[str, Sequence[FormRow]]
    labels: tuple[str, ...]
    opens: re.Pattern[str]
    columns: re.Pattern[str]
    labelled: re.Pattern[str]


def figures_of_rows(
    prose: Sequence[Sentence], form: str, is_own: Callable[[str], bool]
) -> Mapping[int, tuple[Figure, ...]]:
    """Reads the rows of a form's table of requests that a report writes out as sentences.

    Args:
        prose: The report's sentences in reading order.
        form: Letter of the form.
        is_own: Whether what is told behind a sentence is the reporter's of the year; else
            rows announced by it are not read: 局属水文站情况如下.

    Returns:
        The numbers of each such sentence by its place in ``prose``.
    """
    found: dict[int, tuple[Figure, ...]] = {}
    for table in _tables(form):
        for run in _runs(table, prose):
            if len(run) >= _FEWEST_ROWS and all(map(is_own, _before(run, prose))):
                found |= run
    return found


def _before(run: Mapping[int, object], prose: Sequence[Sentence]) -> Iterator[str]:
    """What is said right above rows, whether or not the first stands below its own label."""
    first = min(run)
    for sentence in prose[max(first - 2, 0) : first]:
        yield clean(sentence).text


def _runs(table: _Table, prose: Sequence[Sentence]) -> Iterator[dict[int, tuple[Figure, ...]]]:
    """The numbers of rows that follow one another as on the form."""
    run: dict[int, tuple[Figure, ...]] = {}
    placed: dict[int, FormRow] = {}
    last: FormRow | None = None
    for said in _said(table, prose):
        rows = table.rows[said.label]
        row = placed.get(said.number - 1) if said.is_below else _following(rows, last)
        if row is None and not said.is_below and (row := _following(rows, None)):
            yield run
            run = {}
        if row is None:
            continue
        placed[said.number] = last = row
        if row.row and not row.is_heading and (own := tuple(_figures(table, said, row))):
            run[said.number] = own
    yield run


def _following(rows: Sequence[FormRow], last: FormRow | None) -> FormRow | None:
    """The first of the rows called alike that may stand behind another.

    A row below a heading stands only behind that: 其他 and 总计 are words of any list.
    """
    behind = -1 if last is None else last.index
    follow = (row for row in rows if row.index > behind)
    return next((row for row in follow if row.parent is None or row.parent <= behind), None)


def _said(table: _Table, prose: Sequence[Sentence]) -> Iterator[_Said]:
    """The sentences that give a row of a form, or name one whose cells the next sentence gives."""
    above = ""
    for number, sentence in enumerate(prose):
        if not above and not table.opens.match(sentence.text):
            continue
        text = clean(sentence).text
        below = table.columns.fullmatch(text) if above in table.rows else None
        if below:
            yield _Said(number, text, above, below, is_below=True)
            above = ""
            continue
        above = ""
        point = marker(text)
        begin = point.end if point else 0
        if not letters(text[begin : begin + _LONGEST_LABEL]).startswith(table.labels):
            continue
        parts = table.labelled.fullmatch(text, begin)
        label = letters(_NOTE.sub("", parts["label"])) if parts else ""
        if parts and label in table.rows:
            yield _Said(number, text, label, parts, is_below=False)
            above = label if text.endswith(_OPENS) else ""


def _figures(table: _Table, said: _Said, row: FormRow) -> Iterator[Figure]:
    """The numbers of a row; none where it names an applicant twice."""
    if row.row is None:
        return
    label = row.row.label or ""
    columns = table.declared.columns
    ids = dict(zip(columns, table.declared.ids_of(row.row), strict=True))
    of_head = {letters(head): column for column in columns for head in column.heads}
    named = [
        (of_head[pair["head"]], pair)
        for pair in _pairs(table.declared).finditer(said.text, *said.parts.span("pairs"))
    ]
    heads = {column.name for column, _ in named}
    if len(heads) < len(named):
        return
    whole = None if said.is_below else said.parts["whole"]
    if whole:
        total = next(column for column in columns if column.suffix is None)
        yield Figure(ids[total], (label,), said.parts.start("whole"), whole)
    for column, pair in named:
        yield Figure(ids[column], (label, column.name), pair.start("value"), pair["value"])
    if said.parts["rest"]:
        at = said.parts.start("rest")
        for column in columns:
            if column.suffix and column.name not in heads:
                yield Figure(ids[column], (label, column.name), at, said.parts["rest"], True)


@cache
def _tables(form: str) -> tuple[_Table, ...]:
    """The tables of a form whose columns are applicants."""
    own = next((one for one in indexed_forms() if one.form.form == form), None)
    tables = own.form.tables if own else ()
    return tuple(
        _laid_out(table, [row for row in own.rows if row.table is table and row.row])
        for table in tables
        if own and table.columns[0].suffix and not table.has_variable_columns
    )


def _laid_out(table: FormTable, rows: Sequence[FormRow]) -> _Table:
    called: dict[str, list[FormRow]] = {}
    for row in rows:
        for label in row.labels:
            called.setdefault(label, []).append(row)
    pairs = re.sub(r"\?P<\w+>", "?:", _pairs(table).pattern)
    behind = rf"(?:{_REST})?[。;.]?"
    return _Table(
        table,
        called,
        tuple(called),
        re.compile(rf"[\W\d{ORDINALS}]*[{''.join(sorted({label[0] for label in called}))}]"),
        re.compile(rf"(?P<pairs>(?:{pairs})+){behind}"),
        re.compile(
            rf"(?P<label>[^:]+?):?(?:(?P<whole>{NUMBER})件)?(?:[,:]?(?:其中)?[:,]?"
            rf"(?P<pairs>(?:{pairs})*)){behind}:?"
        ),
    )


@cache
def _pairs(table: FormTable) -> re.Pattern[str]:
    """The head of a column with its number."""
    heads = "|".join(sorted(table.head_letters, key=len, reverse=True))
    return re.compile(
        rf"(?:{OF_ORGANISATIONS}中?[,:]?)?(?P<head>{heads})[:为]?(?P<value>{NUMBER})件?(?:[,、;]|(?=[。.]|$))"
    )
