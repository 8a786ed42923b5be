"""A list of a value a row: what is one, and which table it stands for."""

from itertools import product

import pytest
from msgspec import structs

from pipeline.readers.crossed_records import crossed
from pipeline.readers.document_builder import Spot

Rows = list[list[str]]
KINDS = ["自然人", "企业"]
ITEMS = ["新收", "结转", "办结", "其他", "总计", "继续", "公开", "不予"]


def spots(rows: Rows) -> list[list[Spot]]:
    return [[Spot(text, n, col) for col, text in enumerate(row)] for n, row in enumerate(rows)]


def set_out(rows: Rows) -> list[str]:
    written = crossed(spots(rows))
    assert [{spot.row for spot in row} for row in written] == [{n} for n in range(len(written))]
    return ["|".join(spot.text for spot in row) for row in written]


def records(items: list[str], kinds: list[str]) -> Rows:
    return [[item, kind, str(n)] for n, (item, kind) in enumerate(product(items, kinds), 1)]


def test_every_item_is_a_row_below_its_kinds() -> None:
    assert set_out(records(ITEMS, KINDS)) == [
        "项目|自然人|企业",
        *(f"{item}|{2 * n + 1}|{2 * n + 2}" for n, item in enumerate(ITEMS)),
    ]


@pytest.mark.parametrize(
    ("items", "kinds", "is_list"),
    [
        (8, 2, True),
        (7, 2, False),
        # One kind is a plain table, and as many kinds as items no list of them.
        (8, 1, False),
        (8, 7, True),
        (8, 8, False),
    ],
)
def test_a_list_has_eight_items_and_fewer_kinds_two_at_least(
    items: int, kinds: int, is_list: bool
) -> None:
    rows = records(ITEMS[:items], [f"第{n}类" for n in "甲乙丙丁戊己庚辛"[:kinds]])
    assert bool(set_out(rows)) is is_list


@pytest.mark.parametrize(
    ("row", "is_list"),
    [
        (["末项", "自然人", ""], True),
        (["末项", "自然人", "—"], True),
        (["末项", "", "5"], False),
        (["", "自然人", "5"], False),
        (["末项", "自然人", "五"], False),
        (["末项", "自然人", "———"], False),
        (["末项", "3", "5"], False),
        (["自然人", "5"], False),
        (["合计为以上各项之和"], False),
    ],
)
def test_one_row_of_another_kind_behind_makes_it_no_list(row: list[str], is_list: bool) -> None:
    assert bool(set_out([*records(ITEMS, KINDS), row])) is is_list


@pytest.mark.parametrize("value", ["5", "1,234", "5%", "-", "—", "--", "/", "+5", "1.5"])
def test_a_value_is_a_number_or_what_stands_for_none(value: str) -> None:
    rows = records(ITEMS, KINDS)
    rows[3][2] = value
    assert f"结转|3|{value}" in set_out(rows)


def test_a_number_that_counts_rows_is_no_part_of_them() -> None:
    rows = [[str(n), *row] for n, row in enumerate(records(ITEMS, KINDS), 1)]
    assert set_out(rows)[1] == "新收|1|2"


def test_what_stands_above_the_head_stays_above() -> None:
    rows = [["年度报告", "", ""], ["", "", ""], ["项目", "类型", "数量"], *records(ITEMS, KINDS)]
    assert set_out(rows)[:3] == ["年度报告", "项目|自然人|企业", "新收|1|2"]
    assert set_out(rows[2:])[0] == "项目|自然人|企业"


def test_a_kind_named_twice_in_an_item_makes_it_no_list() -> None:
    rows = records(ITEMS, KINDS)
    assert set_out([*rows, ["末项", "企业", "1"], ["末项", "企业", "2"]]) == []


def test_an_item_that_spans_rows_is_that_of_each_of_them() -> None:
    rows = []
    for n, item in enumerate(ITEMS):
        rows.append([Spot(item, 2 * n, 0, 2), Spot("自然人", 2 * n, 1), Spot("1", 2 * n, 2)])
        rows.append([Spot("企业", 2 * n + 1, 1), Spot("2", 2 * n + 1, 2)])
    assert ["|".join(spot.text for spot in row) for row in crossed(rows)] == [
        "项目|自然人|企业",
        *(f"{item}|1|2" for item in ITEMS),
    ]
    longer = [
        [structs.replace(spot, rowspan=3) if spot.rowspan == 2 else spot for spot in row]
        for row in rows
    ]
    assert crossed(longer)[1:] == crossed(rows)[1:]


def test_groups_of_kinds_and_sections_of_items_have_rows_of_their_own() -> None:
    kinds = ["自然人", "法人-企业", "法人-其他"]
    items = [
        "申请-新收",
        "申请-结转",
        *(f"结果-一类-{item}" for item in ITEMS[:4]),
        "结果-二类-其他",
    ]
    items += ["结果-二类-总计"]
    found = set_out(records(items, kinds))
    assert found[:5] == [
        "申请",
        "法人",
        "项目|自然人|企业|其他",
        "新收|1|2|3",
        "结转|4|5|6",
    ]
    assert found[5:9] == ["结果", "法人", "项目|自然人|企业|其他", "一类"]
    assert found[9] == "新收|7|8|9"
    assert found[13:] == ["二类", "其他|19|20|21", "总计|22|23|24"]
    group = crossed(spots(records(items, kinds)))[1][0]
    assert (group.col, group.colspan) == (2, 2)
