"""``datapackage.json``: what the files hold, in the words of the Data Package standard."""

from collections.abc import Sequence
from typing import Any

from pipeline.warehouse.exports.choice import Choice
from pipeline.warehouse.exports.resource import Resource
from pipeline.warehouse.schema import Column, Table, schema_version

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
_LICENSE = {
    "name": "Apache-2.0",
    "title": "Apache License 2.0, for the compilation; the printed numbers are the agencies' own",
    "path": "https://www.apache.org/licenses/LICENSE-2.0",
}
_SOURCE = {
    "title": "各行政机关政府信息公开工作年度报告 | Yearly open-government reports of the agencies",
}
_MEDIA_TYPES = {
    "csv": "text/csv",
    "dta": "application/x-stata-dta",
    "parquet": "application/vnd.apache.parquet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def describe(resources: Sequence[Resource], publication: str, choice: Choice) -> dict[str, Any]:
    """Returns the descriptor of an export.

    Args:
        resources: Its files.
        publication: Id of the publication they were written from.
        choice: What of it was asked for.
    """
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "gongkai",
        "title": "政府信息公开工作年度报告统计 | Yearly open-government reports of China",
        "version": f"{schema_version()}",
        "publication": publication,
        "licenses": [_LICENSE],
        "sources": [_SOURCE],
        "citation": f"gongkai 公开, {_SOURCE['title']}, publication {publication}",
        "choice": choice.told(),
        "resources": [_resource(one) for one in resources],
    }


def _resource(one: Resource) -> dict[str, Any]:
    stem, _, ending = one.path.rpartition(".")
    described: dict[str, Any] = {
        "name": _name(one, stem, ending),
        "type": "table",
        "path": one.path,
        "title": one.table.zh,
        "description": one.table.comment,
        "format": ending,
        "mediatype": _MEDIA_TYPES[ending],
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


def _name(one: Resource, stem: str, ending: str) -> str:
    """Returns a name without a slash, different for each resource."""
    return one.table.name if ending == "xlsx" else stem.rpartition("/")[2].replace(".", "-")


def _schema(table: Table, ending: str) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(column, ending) for column in table.columns]}
    if table.key:
        schema["primaryKey"] = list(table.key)
    return schema


def _field(column: Column, ending: str) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "description": column.comment}
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
