"""``croissant.json``: what machine learning tools ask of a data set (Croissant 1.0)."""

from collections.abc import Sequence
from typing import Any

from pipeline.declared import declared
from pipeline.warehouse.exports.about import About
from pipeline.warehouse.exports.datapackage import MEDIA_TYPES
from pipeline.warehouse.exports.export_request import Resource
from pipeline.warehouse.schema import ColumnSchema, schema_version

_TYPES = {
    "VARCHAR": "sc:Text",
    "INTEGER": "sc:Integer",
    "BIGINT": "sc:Integer",
    "DOUBLE": "sc:Float",
    "DECIMAL(20,6)": "sc:Float",
    "BOOLEAN": "sc:Boolean",
    "DATE": "sc:Date",
    "TIMESTAMP": "sc:DateTime",
}
_READ_BY_COLUMN = ("csv", "parquet")
_PARQUET = "application/x-parquet"
"""As the standard has it, not as it was registered since."""


def describe(resources: Sequence[Resource], about: About) -> dict[str, Any]:
    """Returns the description of an export."""
    files = {one.path: one for one in resources}
    return {
        "@context": declared("pipeline.warehouse.exports", "croissant_context", dict[str, Any]),
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": "gongkai",
        "description": f"{about.title.both}. {about.source.both}. {about.license.both}",
        "version": f"{schema_version()}.0.0",
        "license": about.license.url,
        "datePublished": about.published.isoformat(),
        "citeAs": about.citation,
        "isBasedOn": about.source.both,
        "inLanguage": ["zh", "en"],
        "distribution": [_file(one) for one in files.values()],
        "recordSet": [_records(one) for one in resources if one.ending in _READ_BY_COLUMN],
    }


def _file(one: Resource) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": one.path,
        "name": one.path,
        "contentUrl": one.path,
        "contentSize": f"{one.size} B",
        "encodingFormat": _PARQUET if one.ending == "parquet" else MEDIA_TYPES[one.ending],
        "sha256": one.sha256,
    }


def _records(one: Resource) -> dict[str, Any]:
    records = {
        "@type": "cr:RecordSet",
        "@id": one.name,
        "name": one.name,
        "description": one.table.both,
        "field": [_field(one, column) for column in one.table.columns],
    }
    if one.table.key:
        records["key"] = [{"@id": f"{one.name}/{name}"} for name in one.table.key]
    return records


def _field(one: Resource, column: ColumnSchema) -> dict[str, Any]:
    is_list = column.type.endswith("[]")
    is_joined = is_list and one.ending == "csv"
    source: dict[str, Any] = {
        "fileObject": {"@id": one.path},
        "extract": {"column": column.name},
    }
    described: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": f"{one.name}/{column.name}",
        "name": column.name,
        "description": column.both,
        "dataType": "sc:Text" if is_joined else _TYPES[column.type.removesuffix("[]")],
        "source": source,
    }
    if is_list and not is_joined:
        described["repeated"] = True
    return described
