"""Columns of applicants that a report leaves out."""

import pytest

from pipeline.extract.tables.propose.columns import columns_named, heads_at_end
from pipeline.forms.form import forms

APPLICANTS = next(table for table in forms()[-1].tables if table.id == "3")
ALL = "自然人 法人或其他组织 总计 商业企业 科研机构 社会公益组织 法律服务机构 其他"


def suffixes(heads: str) -> list[str | None]:
    return [
        (column.declared.suffix or "all") if column.declared else None
        for column in columns_named(APPLICANTS, heads.split())
    ]


@pytest.mark.parametrize(
    ("heads", "expected"),
    [
        ("申请人情况 自然人 商业企业 总计", ["natural_person", "enterprise", "all"]),
        ("合计 自然人 商业企业", ["all", "natural_person", "enterprise"]),
        ("自然人 法人或其他组织 总计", ["natural_person", None, "all"]),
        (
            "自然人 法人或其他组织 总计 商业企业 其他",
            ["natural_person", "enterprise", "other_organisation", "all"],
        ),
    ],
)
def test_values_belong_to_the_columns_that_are_left(heads: str, expected: list[str | None]) -> None:
    assert suffixes(heads) == expected


@pytest.mark.parametrize(
    "heads", [ALL, "自然人 小计 总计", "商业企业 总计", "自然人 自然人 总计", "自然人", ""]
)
def test_heads_that_are_complete_or_unknown_name_no_choice_of_columns(heads: str) -> None:
    assert suffixes(heads) == []


def test_heads_in_running_text_end_where_the_rows_begin() -> None:
    assert heads_at_end(APPLICANTS, "申请人情况自然人商业企业总计") == [
        "自然人",
        "商业企业",
        "总计",
    ]
    assert heads_at_end(APPLICANTS, "自然人商业企业总计如下") == []
