"""``datapackage.json``: what the files hold, in the words of the Data Package standard."""

from collections.abc import Sequence
from typing import Any

from pipeline.warehouse.exports.about import About
from pipeline.warehouse.exports.export_request import Resource
from pipeline.warehouse.schema import ColumnSchema, TableSchema, schema_version

_TYPES = {
    "VARCHAR": "string",
    "INTEGER": "integer",
    "BIGINT": "integer",
    "DOUBLE": "number",
    "DECIMAL(20,6)": "number",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "TIMESTAMP": "datetime",
}
MEDIA_TYPES = {
    "csv": "text/csv",
    "dta": "application/x-stata-dta",
    "parquet": "application/vnd.apache.parquet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def describe(resources: Sequence[Resource], about: About) -> dict[str, Any]:
    """Returns the descriptor of an export."""
    license = about.license
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "gongkai",
        "title": about.title.both,
        "version": f"{schema_version()}",
        "publication": about.publication,
        **({"as_of": about.as_of.isoformat()} if about.as_of else {}),
        "licenses": [{"name": license.id, "title": license.both, "path": license.url}],
        "sources": [{"title": about.source.both}],
        "citation": about.citation,
        "choice": about.choice.as_dict(),
        "resources": [_resource(one) for one in resources],
    }


def _resource(one: Resource) -> dict[str, Any]:
    ending = one.ending
    described: dict[str, Any] = {
        "name": one.name,
        "type": "table",
        "path": one.path,
        "title": one.table.zh,
        "description": one.table.both,
        "format": ending,
        "mediatype": MEDIA_TYPES[ending],
        "bytes": one.size,
        "hash": f"sha256:{one.sha256}",
        "rows": one.rows,
        "schema": _schema(one.table, ending),
    }
    if ending == "csv":
        described["encoding"] = "utf-8"
        described["dialect"] = {"delimiter": ",", "lineTerminator": "\r\n"}
    if ending == "xlsx":
        described["dialect"] = {
            "sheetName": one.table.name,
            "headerRows": [1],
            "excel": {"sheet": one.table.name},
        }
    return described


def _schema(table: TableSchema, ending: str) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(column, ending) for column in table.columns]}
    if table.key:
        schema["primaryKey"] = list(table.key)
    return schema


def _field(column: ColumnSchema, ending: str) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "description": column.both}
    if column.type.endswith("[]"):
        # CSV and sheets have no lists: members are joined by a semicolon.
        field["type"] = "array" if ending == "parquet" else "string"
    else:
        field["type"] = _TYPES[column.type]
    if column.type == "TIMESTAMP" and ending == "csv":
        field["format"] = "%Y-%m-%d %H:%M:%S"
    constraints: dict[str, Any] = {}
    if not column.optional and column.type != "VARCHAR" and not column.type.endswith("[]"):
        constraints["required"] = True
    if column.values:
        constraints["enum"] = list(column.values)
    if constraints:
        field["constraints"] = constraints
    return field
