"""The data dictionary, written from the declarations.

``python -m pipeline.warehouse.dictionary`` writes it.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from pipeline.settings import ROOT
from pipeline.warehouse.schema import Column, Table, schema_version, tables
from pipeline.warehouse.views import View, views

FILES: Mapping[str, Path] = {
    "en": ROOT / "docs" / "dictionary.md",
    "zh": ROOT / "docs" / "dictionary.zh.md",
}

_WORDS = {
    "en": {
        "title": "Data dictionary",
        "made": (
            "Written from the declarations by `python -m pipeline.warehouse.dictionary`; "
            "do not edit. Schema version"
        ),
        "tables": "Tables",
        "views": "Views",
        "head": "| column | type | description |",
        "view_head": "| column | description |",
        "key": "Key",
        "grain": "Grain",
        "example": "Example",
        "optional": "may be empty",
        "one_of": "one of",
        "refers": "refers to",
    },
    "zh": {
        "title": "数据字典",
        "made": "由 `python -m pipeline.warehouse.dictionary` 按声明生成，请勿手改。结构版本",
        "tables": "表",
        "views": "视图",
        "head": "| 列 | 类型 | 说明 |",
        "view_head": "| 列 | 说明 |",
        "key": "主键",
        "grain": "粒度",
        "example": "示例",
        "optional": "可为空",
        "one_of": "取值",
        "refers": "指向",
    },
}


def markdown(language: str) -> str:
    """Returns the dictionary in one language, ``en`` or ``zh``."""
    words = _WORDS[language]
    parts = [
        f"# {words['title']}",
        f"{words['made']} {schema_version()}.",
        f"## {words['tables']}",
        *(_table(table, language) for table in tables().values()),
        f"## {words['views']}",
        *(_view(view, language) for view in sorted(views(), key=lambda view: view.name)),
    ]
    return "\n\n".join(parts) + "\n"


def _table(table: Table, language: str) -> str:
    words = _WORDS[language]
    key = ", ".join(f"`{name}`" for name in table.key)
    rows = (
        f"| `{column.name}` | {column.type} | {'; '.join(_about(column, language))} |"
        for column in table.columns
    )
    lines = [f"### {table.name}", "", getattr(table, language), ""]
    if key:
        lines += [f"{words['key']}: {key}", ""]
    return "\n".join([*lines, words["head"], "|---|---|---|", *rows])


def _about(column: Column, language: str) -> Iterator[str]:
    words = _WORDS[language]
    yield getattr(column, language)
    if column.values:
        yield f"{words['one_of']} {', '.join(f'`{value}`' for value in column.values)}"
    if column.refers_to:
        yield f"{words['refers']} `{column.refers_to}`"
    if column.optional:
        yield words["optional"]


def _view(view: View, language: str) -> str:
    words = _WORDS[language]
    place = 0 if language == "zh" else 1
    rows = (
        f"| `{name}` | {comment.split('|')[place].strip()} |"
        for name, comment in view.columns.items()
    )
    head = [f"### {view.name}", "", getattr(view, language), "", f"{words['grain']}: {view.grain}"]
    example = ["", f"{words['example']}:", "", "```sql", view.example, "```"]
    return "\n".join([*head, "", words["view_head"], "|---|---|", *rows, *example])


def main() -> None:
    """Writes the dictionary in both languages."""
    for language, path in FILES.items():
        path.write_text(markdown(language), "utf-8")


if __name__ == "__main__":
    main()
