"""The data dictionary, written from the declarations.

``python -m pipeline.warehouse.asked.dictionary`` writes it.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from pipeline.forms.rates import NOT_TOLD, rates
from pipeline.settings import ROOT
from pipeline.warehouse.publishing.views import View, views
from pipeline.warehouse.schema import ColumnSchema, TableSchema, schema_version, tables
from pipeline.warehouse.standing_levels import standings

FILES: Mapping[str, Path] = {
    "en": ROOT / "docs" / "dictionary.md",
    "zh": ROOT / "docs" / "dictionary.zh.md",
}

_WORDS = {
    "en": {
        "title": "Data dictionary",
        "made": (
            "Written from the declarations by `python -m pipeline.warehouse.asked.dictionary`; "
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
        "standing": "Standing",
        "standing_head": "| code | name | meaning |",
        "rates": "Rates",
        "rates_note": (
            "Rows of the view `rates`. Numerator and denominator are series of the crosswalk or "
            "quantities of `rates.yml`. Brackets: comparable with a break. Below a denominator "
            "of {least} there is no rate."
        ),
        "rates_head": "| rate | name | counts | among | forms |",
    },
    "zh": {
        "title": "数据字典",
        "made": "由 `python -m pipeline.warehouse.asked.dictionary` 按声明生成，请勿手改。结构版本",
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
        "standing": "可靠程度",
        "standing_head": "| 代号 | 名称 | 含义 |",
        "rates": "比率",
        "rates_note": (
            "视图 `rates` 的各行。分子、分母为对照表中的序列或 `rates.yml` 中的数量。"
            "括号内的表式可比但有断点。分母小于 {least} 时无比率。"
        ),
        "rates_head": "| 比率 | 名称 | 分子 | 分母 | 表式 |",
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
        f"## {words['standing']}",
        _standings(language),
        f"## {words['rates']}",
        words["rates_note"].format(least=rates().least),
        _rates(language),
    ]
    return "\n\n".join(parts) + "\n"


def _standings(language: str) -> str:
    words = _WORDS[language]
    rows = (
        f"| `{name}` | {one.zh if language == 'zh' else one.en} | "
        f"{one.meaning_zh if language == 'zh' else one.meaning_en} |"
        for name, one in standings().items()
    )
    return "\n".join([words["standing_head"], "|---|---|---|", *rows])


def _rates(language: str) -> str:
    """Every rate with its forms, those that are comparable only in brackets."""
    declared = rates()
    rows = []
    for rate_id, rate in {**declared.rates, NOT_TOLD: declared.not_told}.items():
        parts = {
            form: part
            for form, part in declared.parts(rate_id).items()
            if part.numerator is not None
        }
        forms = " ".join(
            f"({form})" if parts[form].relation == "comparable" else form for form in sorted(parts)
        )
        name = rate.zh if language == "zh" else rate.en
        rows.append(f"| `{rate_id}` | {name} | `{rate.of or ''}` | `{rate.among}` | {forms} |")
    head = _WORDS[language]["rates_head"]
    return "\n".join([head, "|---|---|---|---|---|", *rows]).replace("| `` |", "| |")


def _table(table: TableSchema, language: str) -> str:
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


def _about(column: ColumnSchema, language: str) -> Iterator[str]:
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
