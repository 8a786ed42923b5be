"""Tables that print only some of a form's columns, as their heads say.

Small offices leave out the kinds of applicants that never ask, or put all organisations
together. What stands under a head of the form is that column's; what stands under a head
for several of them is nobody's.
"""

import re
from collections.abc import Sequence

from pipeline.extract.tables.column_headers import PrintedColumn
from pipeline.forms.form import FormTable
from pipeline.lexis.normalise import letters

_GROUP = "法人或其他组织"
_TOTALS = ("总计", "合计")
_LEAST_COLUMNS = 2
_BESIDE_HEADS = re.compile(r"本列数据.*|.*情况|申请人(?:类[别型])?|项目|指标|内容|事项|类别|序号|")


def columns_named(table: FormTable, heads: Sequence[str]) -> tuple[PrintedColumn, ...]:
    """The columns that heads name above the first row, where they are not all of the form's.

    Returns:
        The columns in the order of the values; empty where the heads name all of the form's, or
        something that is none of them, or where its columns are no kinds of applicants.
    """
    if not table.columns[0].suffix:
        return ()
    own = {letters(column.heads[0]): n for n, column in enumerate(table.columns)}
    whole = len(table.columns) - 1
    names = [head for head in heads if not _BESIDE_HEADS.fullmatch(head)]
    places = [whole if name in _TOTALS else own.get(name) for name in names]
    known = [place for place in places if place is not None]
    if (
        not _LEAST_COLUMNS <= len(known) < len(own)
        or 0 not in known
        or len(set(known)) < len(known)
        or any(place is None and name != _GROUP for name, place in zip(names, places, strict=True))
    ):
        return ()
    order: Sequence[int | None] = places
    if _GROUP in names and any(0 < place < whole for place in known):
        order = [known[0], *sorted(known[1:])]
    return tuple(
        PrintedColumn(_GROUP, None, None)
        if place is None
        else PrintedColumn(table.columns[place].name, place, table.columns[place])
        for place in order
    )


def heads_at_end(table: FormTable, printed: str) -> list[str]:
    """The kinds of applicants that running text names right before the first row."""
    names = "|".join([_GROUP, *_TOTALS, *(letters(column.heads[0]) for column in table.columns)])
    found = re.search(f"(?:{names})+$", printed)
    return re.findall(names, found.group()) if found else []
