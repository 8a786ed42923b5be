"""Names of columns printed as tables of their own, held against the heads on the forms."""

from pipeline.forms.form import Column, forms
from pipeline.readers.columns_by_caption import COLUMNS_OF_A_KIND

TABLES = [table.columns for form in forms() for table in form.tables]
OF_ALL = {"总计", "合计", "共计"}


def is_of_applicants(columns: tuple[Column, ...]) -> bool:
    return any(column.suffix == "natural_person" for column in columns)


def test_every_column_of_applicants_on_a_form_may_be_a_table_of_its_own() -> None:
    heads = {
        head
        for columns in TABLES
        if is_of_applicants(columns)
        for column in columns
        for head in column.heads
    }
    assert any(heads and heads <= names for names in COLUMNS_OF_A_KIND)


def test_every_block_of_columns_on_a_form_may_be_a_table_of_its_own() -> None:
    groups = {column.group for columns in TABLES for column in columns if column.group}
    assert any(groups and groups <= names for names in COLUMNS_OF_A_KIND)


def test_no_column_of_something_else_is_called_alike() -> None:
    """But that of all, which may head a column of anything."""
    others = {
        head
        for columns in TABLES
        if not is_of_applicants(columns)
        for column in columns
        for head in column.heads
    }
    assert others & set().union(*COLUMNS_OF_A_KIND) <= OF_ALL
