"""Names beside the ids of a base table: who reads a sheet knows no agency by its code."""

from dataclasses import replace

from pipeline.warehouse.exports.choice import Selection
from pipeline.warehouse.schema import ColumnSchema

_NAME = "SELECT {name} FROM {table} WHERE {key} = given.{column}"
_NAMES = {
    "dim_agency": _NAME.format(name="name_zh", table="dim_agency", key="agency_id", column="{0}"),
    "dim_indicator": _NAME.format(
        name="label_zh", table="dim_indicator", key="indicator_id", column="{0}"
    ),
    "dim_report": (
        "SELECT concat_ws(' ', coalesce(name_zh, agency_stated, title), r.year)"
        " FROM dim_report AS r LEFT JOIN dim_agency USING (agency_id)"
        " WHERE r.report_id = given.{0}"
    ),
}


def labelled(one: Selection) -> Selection:
    """Returns a selection with a column of names after each id that stands for a row elsewhere."""
    columns: list[ColumnSchema] = []
    names: list[str] = []
    for column in one.table.columns:
        columns.append(column)
        if column.refers_to in _NAMES:
            beside = f"{column.name.removesuffix('_id')}_zh"
            zh, en = f"{column.zh}：名称", f"{column.en}: its name"
            columns.append(ColumnSchema(name=beside, type="VARCHAR", optional=True, zh=zh, en=en))
            names.append(f'({_NAMES[column.refers_to].format(column.name)}) AS "{beside}"')
    if not names:
        return one
    query = f"SELECT given.*, {', '.join(names)} FROM {one.relation} AS given"
    return replace(one, table=one.table.having(columns), query=query)
