"""The data dictionary, written from the declarations.

``python -m pipeline.warehouse.queries.dictionary`` writes it.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from pipeline.declared import declared
from pipeline.forms.rates import NOT_TOLD, rates
from pipeline.settings import ROOT
from pipeline.warehouse.publishing.views import View, views
from pipeline.warehouse.schema import ColumnSchema, TableSchema, schema_version, tables
from pipeline.warehouse.standing_levels import standings

FILES: Mapping[str, Path] = {
    "en": ROOT / "docs" / "dictionary.md",
    "zh": ROOT / "docs" / "dictionary.zh.md",
}


def markdown(language: str) -> str:
    """Returns the dictionary in one language, ``en`` or ``zh``."""
    words = _words()[language]
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


@cache
def _words() -> dict[str, dict[str, str]]:
    return declared("pipeline.warehouse", "dictionary", dict[str, dict[str, str]])


def _standings(language: str) -> str:
    words = _words()[language]
    rows = (
        f"| `{name}` | {getattr(one, language)} | {getattr(one, f'meaning_{language}')} |"
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
        row = [
            f"`{rate_id}`",
            getattr(rate, language),
            f"`{rate.of or ''}`",
            f"`{rate.among}`",
            forms,
        ]
        rows.append(f"| {' | '.join(row)} |")
    head = _words()[language]["rates_head"]
    return "\n".join([head, "|---|---|---|---|---|", *rows]).replace("| `` |", "| |")


def _table(table: TableSchema, language: str) -> str:
    words = _words()[language]
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
    words = _words()[language]
    yield getattr(column, language)
    if column.values:
        yield f"{words['one_of']} {', '.join(f'`{value}`' for value in column.values)}"
    if column.refers_to:
        yield f"{words['refers']} `{column.refers_to}`"
    if column.optional:
        yield words["optional"]


def _view(view: View, language: str) -> str:
    words = _words()[language]
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
