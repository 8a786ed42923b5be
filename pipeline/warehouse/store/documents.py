"""Documents as read to rows of the store and back: their text, blocks, cells and places.

What comes back is what was read, so that it can be parsed again and shown without the file.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, starmap
from operator import attrgetter
from typing import Any

from msgspec import Struct

from pipeline.model.document import (
    Cell,
    Document,
    Locator,
    Paragraph,
    Reading,
    Reason,
    Rejection,
    Table,
)
from pipeline.storage import StoragePath, place
from pipeline.warehouse.attaching import attach
from pipeline.warehouse.schema import store_tables
from pipeline.warehouse.store.batches import Batches, parquet
from pipeline.warehouse.store.tasks import Key

READ: Mapping[str, int | None] = {"read_file": None, "reading": 32, "block": 4096, "cell": 16384}
"""The tables that keep documents, with the rows of a row group: some thirty documents each."""

_WHERE = "SELECT file_id, part, filename FROM {readings} WHERE document_id = ? LIMIT 1"
_NO_BOX = (None, None, None, None)


def rows_of(key: Key, reading: Reading) -> Iterator[tuple[str, Mapping[str, Iterable[Any]]]]:
    """Yields the rows of a document: name of the table, and the values of each column."""
    content = reading.content
    document = content if isinstance(content, Document) else None
    rejection = content if isinstance(content, Rejection) else None
    row: dict[str, Any] = {
        "member": reading.member,
        "document_id": reading.sha256,
        "reason": rejection and str(rejection.reason),
        "detail": rejection and rejection.detail,
        "media_type": document and document.media_type,
        "encoding": document and document.encoding,
        "title": document and document.title,
        "metadata": json.dumps(dict(document.metadata), ensure_ascii=False) if document else None,
        "notices": list(document.notices) if document else [],
        "text": document and document.text,
        "blocks": len(document.blocks) if document else 0,
    }
    yield "reading", _of_file(key, {name: (value,) for name, value in row.items()}, 1)
    if document is None:
        return
    cells = [block.cells if isinstance(block, Table) else () for block in document.blocks]
    blocks: dict[str, Iterable[Any]] = {
        "is_table": [isinstance(block, Table) for block in document.blocks],
        "cells": [len(one) for one in cells],
        **_places([block.place for block in document.blocks]),
    }
    yield "block", _of_file(key, blocks, len(document.blocks))
    every = [cell for one in cells for cell in one]
    fields = columns_of(Cell, every)
    places = _places(fields.pop("place"))
    yield "cell", _of_file(key, {**fields, **places}, len(every))


def columns_of(kind: type[Struct], made: Sequence[Struct]) -> dict[str, list[Any]]:
    """Returns what each field of some records of one kind holds."""
    return {name: list(map(attrgetter(name), made)) for name in kind.__struct_fields__}


def _of_file(
    key: Key, columns: Mapping[str, Iterable[Any]], rows: int
) -> Mapping[str, Iterable[Any]]:
    return {"file_id": [key[0]] * rows, "part": [key[1]] * rows, **columns}


def _places(places: Iterable[Locator]) -> dict[str, list[Any]]:
    flat = [(place.start, place.end, place.page, *(place.box or _NO_BOX)) for place in places]
    names = ("char_start", "char_end", "page", "x0", "top", "x1", "bottom")
    columns = zip(*flat, strict=True) if flat else [()] * len(names)
    return {name: list(column) for name, column in zip(names, columns, strict=True)}


def read_back(batch: StoragePath, wanted: set[Key]) -> Iterator[tuple[Key, Reading]]:
    """Yields the documents of some files of a batch, in order of the files."""
    blocks = _rows(batch, "block", wanted)
    cells = starmap(_cell, _rows(batch, "cell", wanted))
    for file_id, part, member, document_id, *content in _rows(batch, "reading", wanted):
        read = _content(content, blocks, cells)
        yield (file_id, part), Reading(member, document_id, read)


def document_in(documents: Batches, document_id: str) -> Document | None:
    """Returns a document as it was read, None where none of the batches holds it.

    Args:
        documents: What was read.
        document_id: Hash of its bytes.
    """
    import duckdb  # workers write documents and look for none

    with duckdb.connect() as connection:
        attach(connection, documents.folder)
        readings = documents.relation("reading", with_name=True)
        found = connection.execute(_WHERE.format(readings=readings), [document_id]).fetchone()
    if found is None:
        return None
    file_id, part, filename = found
    for _key, reading in read_back(place(filename.rpartition("/")[0]), {(file_id, part)}):
        if reading.sha256 == document_id and isinstance(reading.content, Document):
            return reading.content
    return None


def _rows(batch: StoragePath, table: str, wanted: set[Key]) -> Iterator[tuple[Any, ...]]:
    """The rows of some files, in declared order; row groups without any are not read."""
    names = [column.name for column in store_tables()[table].columns]
    files = {file_id for file_id, _ in wanted}
    least, most = min(files), max(files)
    with parquet(batch, table) as stored:
        for number in range(stored.num_row_groups):
            found = stored.metadata.row_group(number).column(0).statistics
            if found and (found.max < least or found.min > most):
                continue
            rows = stored.read_row_group(number, columns=names)
            columns = [rows[name].to_pylist() for name in names]
            for row in zip(*columns, strict=True):
                if row[:2] in wanted:
                    yield row


def _content(
    row: Sequence[Any], blocks: Iterator[tuple[Any, ...]], cells: Iterator[Cell]
) -> Document | Rejection:
    reason, detail, media_type, encoding, title, metadata, notices, text, number = row
    if reason:
        return Rejection(Reason(reason), detail)
    return Document(
        text=text,
        blocks=tuple(_block(text, cells, *block) for block in islice(blocks, number)),
        media_type=media_type,
        encoding=encoding,
        title=title,
        metadata=json.loads(metadata),
        notices=tuple(notices),
    )


def _block(
    text: str, cells: Iterator[Cell], _file: str, _part: int, is_table: bool, number: int, *at: Any
) -> Paragraph | Table:
    place = _place(*at)
    if is_table:
        return Table(tuple(islice(cells, number)), place)
    return Paragraph(text[place.start : place.end], place)


def _cell(
    _file: str,
    _part: int,
    text: str,
    row: int,
    col: int,
    rowspan: int,
    colspan: int,
    confidence: float,
    *at: Any,
) -> Cell:
    return Cell(text, row, col, _place(*at), rowspan, colspan, confidence)


def _place(start: int, end: int, page: int | None, *box: Any) -> Locator:
    return Locator(start, end, page, None if box[0] is None else box)
