"""Writes an export folder that is wholly there or not there."""

import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from pipeline.warehouse import disk
from pipeline.warehouse.checksums import digest
from pipeline.warehouse.exports import (
    croissant,
    csv_files,
    datapackage,
    panel,
    parquet,
    sdmx,
    spreadsheet,
    stata,
)
from pipeline.warehouse.exports.about import About
from pipeline.warehouse.exports.choice import (
    Choice,
    ChoiceError,
    Selection,
    left_out,
    resolved,
    selections,
)
from pipeline.warehouse.exports.export_request import ExportRequest, Resource
from pipeline.warehouse.history.as_of import opened, publication_of, refused
from pipeline.warehouse.progress import Progress, quiet
from pipeline.warehouse.publishing.publication import Publication
from pipeline.warehouse.schema import schema_version
from pipeline.warehouse.statements import columns_of

DESCRIPTOR = "datapackage.json"
CROISSANT = "croissant.json"
MANIFEST = "manifest.json"

Writer = Callable[[ExportRequest], Iterator[Resource]]

FORMATS: Mapping[str, Writer] = {
    "parquet": parquet.write,
    "csv": csv_files.write,
    "xlsx": spreadsheet.write,
    "sdmx-csv": sdmx.write,
}
PANEL_FORMATS: Mapping[str, Writer] = {
    "parquet": parquet.write,
    "csv": csv_files.write,
    "xlsx": spreadsheet.write,
    "dta": stata.write,
}

_ALL = Choice()


def export(
    publication: Publication,
    out: Path,
    form: str,
    choice: Choice = _ALL,
    *,
    as_panel: bool = False,
    as_of: datetime | None = None,
    progress: Progress = quiet,
) -> list[Resource]:
    """Writes a publication to the folder ``out`` and returns what it holds now.

    A folder that an earlier export wrote, and nobody put anything into, is replaced; any other
    folder must be empty.

    Args:
        publication: What is exported.
        out: The folder.
        form: A name of ``FORMATS``, or of ``PANEL_FORMATS`` for the panel.
        choice: What of it is wanted.
        as_panel: One row for each agency and year in the place of the tables.
        as_of: The moment (UTC) to answer as of; now if None.
        progress: Told what is being written, how many rows are done, and of how many.

    Raises:
        NotFoundError: The publication does not hold what is chosen, or what was published at that
            moment is not known.
        disk.BuildError: The folder holds other things, or cannot be written.
    """
    if strange := _strange(out):
        raise disk.BuildError(
            f"{out} holds {strange}, which no export wrote: name an empty folder, or move it away"
        )
    disk.create_folder(out.parent)
    fresh = out.with_name(f"{disk.UNFINISHED}{out.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    source = opened(publication.database, as_of) if as_of else publication.read()
    with source as connection, disk.new_folder(fresh) as folder:
        wanted = resolved(connection, choice)
        select, formats = (panel.selections, PANEL_FORMATS) if as_panel else (selections, FORMATS)
        name = publication_of(connection) if as_of else publication.folder.name
        about = About(name, wanted, as_of)
        chosen = tuple(select(connection, wanted))
        if as_of:
            chosen = tuple(_askable(connection, chosen, wanted))
        resources = list(formats[form](ExportRequest(connection, folder, chosen, about, progress)))
        _write_json(folder / DESCRIPTOR, datapackage.describe(resources, about))
        _write_json(folder / CROISSANT, croissant.describe(resources, about))
        is_of_tables = not as_panel and form != "sdmx-csv"
        missing = left_out(connection, wanted) if is_of_tables and not as_of else {}
        _write_json(folder / MANIFEST, _manifest(folder, resources, about, missing))
    disk.put_in_place(fresh, out)
    return resources


def _strange(out: Path) -> str | None:
    """What would be lost if a folder were replaced: the first thing that no export wrote."""
    if not out.is_dir():
        return out.name if out.exists() else None
    written = {MANIFEST, *_listed(out / MANIFEST)}
    there = (one for one in sorted(out.rglob("*")) if not one.is_dir() or one.is_symlink())
    named = (one.relative_to(out).as_posix() for one in there)
    return next((name for name in named if name not in written), None)


def _listed(manifest: Path) -> Iterable[str]:
    """The files listed in a manifest of an export, none where it cannot be read."""
    try:
        files = json.loads(manifest.read_text("utf-8"))["files"]
    except (OSError, ValueError, KeyError, TypeError):
        return ()
    return files if isinstance(files, dict) else ()


def _askable(
    connection: duckdb.DuckDBPyConnection, selected: Sequence[Selection], choice: Choice
) -> Iterator[Selection]:
    """Selections with the columns that are kept of the past, without tables that are not."""
    unknown = refused(connection)
    if asked := sorted(unknown.intersection(choice.tables)):
        raise ChoiceError(f"{', '.join(asked)} cannot be asked as of a day: take facts")
    for one in selected:
        if one.table.name not in unknown:
            had = columns_of(connection, one.table.name)
            kept = (column for column in one.table.columns if column.name in had)
            yield replace(one, table=one.table.having(kept))


def _manifest(
    folder: Path, resources: Sequence[Resource], about: About, missing: Mapping[str, int]
) -> dict[str, Any]:
    files: dict[str, dict[str, Any]] = {
        one.path: {"bytes": one.size, "sha256": one.sha256, "tables": {}} for one in resources
    }
    for one in resources:
        files[one.path]["tables"][one.table.name] = one.rows
        if one.without_value:
            files[one.path]["without_value"] = one.without_value
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        named = path.relative_to(folder).as_posix()
        if named not in files:  # descriptors hold no rows
            files[named] = {"bytes": path.stat().st_size, "sha256": digest(path), "tables": {}}
    return {
        "publication": about.publication,
        "schema_version": schema_version(),
        "files": files,
        "left_out": {
            name: {"rows": rows, "asked_for_by": f"--table {name}"}
            for name, rows in missing.items()
        },
    }


def _write_json(path: Path, content: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1), "utf-8")
