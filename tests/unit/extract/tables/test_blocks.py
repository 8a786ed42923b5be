"""Reviews and lawsuits as offices lay them out: blocks turned, headings left out."""

from decimal import Decimal

import pytest
from found_tables import found_in, found_in_text, values

from pipeline.readers.html.html_reader import read_html

GROUPS = ["行政复议", "未经复议直接起诉", "复议后起诉"]
OUTCOMES = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
IDS = [
    f"{block}.{outcome}"
    for block in ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
    for outcome in ("upheld", "corrected", "other", "pending", "total")
]
BLOCKS = ["3 1 0 2 6", "0 2 1 0 3", "5 0 0 1 6"]
NUMBERS = " ".join(BLOCKS)
TITLE = "四、政府信息公开行政复议、行政诉讼情况\n"
REQUESTS = """申请人情况 自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计
一、本年新收政府信息公开申请数量 4 1 0 0 0 0 5
二、上年结转政府信息公开申请数量 0 0 0 0 0 0 0
（一）予以公开 3 1 0 0 0 0 4
（七）总计 4 1 0 0 0 0 5
四、结转下年度继续办理 0 0 0 0 0 0 0
"""
BEHIND = "五、存在的主要问题及改进情况\n一是更新不够及时。\n"


def outcomes_down(groups: list[str], between: str) -> str:
    """Outcomes as rows, blocks as columns in the order given."""
    of = {group: block.split() for group, block in zip(GROUPS, BLOCKS, strict=True)}
    rows = [["类别", *groups]]
    rows += [[name, *(of[g][n] for g in groups)] for n, name in enumerate(OUTCOMES)]
    return "".join(f"{between.join(row)}\n" for row in rows)


def blocks_down(order: list[int]) -> str:
    """A block a row."""
    rows = "".join(f"{GROUPS[n]} {BLOCKS[n]}\n" for n in order)
    return f"类别 {' '.join(OUTCOMES)}\n{rows}"


def read(table: str) -> dict[str, Decimal]:
    found = values(found_in_text(REQUESTS + TITLE + table + BEHIND, 2023))
    return {key: value for key, value in found.items() if key in IDS}


@pytest.mark.parametrize(
    "table",
    [
        outcomes_down(GROUPS, " "),
        outcomes_down(GROUPS, "\t"),
        outcomes_down([GROUPS[1], GROUPS[2], GROUPS[0]], "\t"),
        blocks_down([0, 1, 2]),
        blocks_down([1, 2, 0]),
        blocks_down([0, 1, 2]) + "合计 8 3 1 3 15\n",
        blocks_down([0, 1, 2]).replace("未经", "行政诉讼 5 2 1 2 9\n未经"),
        f"{' '.join(GROUPS)}\n{' '.join(OUTCOMES * 3).replace('总计', '合计')}\n{NUMBERS}\n",
        f"{' '.join(GROUPS)}\n项目 {' '.join(OUTCOMES * 3)}\n数量 {NUMBERS}\n",
        f"{' '.join(OUTCOMES * 3)}\n{NUMBERS}\n",
        f"{' '.join(OUTCOMES)}\n" + "\n".join(BLOCKS) + "\n",
        f"{NUMBERS}\n",
        NUMBERS.replace(" ", "\n") + "\n",
    ],
    ids=[
        "outcomes down",
        "outcomes down in a grid",
        "outcomes down, reviews last",
        "a block a row",
        "a block a row, reviews last",
        "a block a row, and all",
        "a block a row, and all lawsuits",
        "totals called otherwise",
        "heads that no form has",
        "outcomes alone",
        "outcomes once",
        "bare",
        "bare, a cell a line",
    ],
)
def test_each_number_is_that_of_its_block_and_outcome(table: str) -> None:
    assert read(table) == dict(zip(IDS, map(Decimal, NUMBERS.split()), strict=True))


@pytest.mark.parametrize(
    "numbers",
    [
        "3 1 0 2 7 0 2 1 0 3 5 0 0 1 6",
        "1 0 0 0 1 0 0 0 0 0 0 0 0 0 0",
        "6 3 1 0 2 " * 3,
        "1 2 3 4 5",
    ],
    ids=["sums do not hold", "totals may stand first", "totals stand first", "too few"],
)
def test_bare_numbers_that_do_not_show_their_order_are_kept_and_told(numbers: str) -> None:
    found = found_in_text(f"{REQUESTS}{TITLE}{numbers}\n{BEHIND}", 2023)
    assert not set(IDS) & values(found).keys()
    kept = [one for one in found.observations if one.indicator_id is None]
    assert [one.value_raw for one in kept] == numbers.split()
    assert any("heads are not those of the form" in notice for notice in found.notices)


def test_numbers_below_several_blocks_in_an_unknown_order_are_kept_and_told() -> None:
    table = f"未经复议直接起诉 复议后起诉 行政复议\n{' '.join(OUTCOMES * 3)}\n{NUMBERS}\n"
    found = found_in_text(f"{REQUESTS}{table}{BEHIND}", 2023)
    assert not set(IDS) & values(found).keys()
    assert [o.value_raw for o in found.observations if o.indicator_id is None] == NUMBERS.split()
    assert any("order" in notice for notice in found.notices)


def test_a_row_without_headings_is_marked_as_reconstructed() -> None:
    found = found_in_text(f"{REQUESTS}{TITLE}{NUMBERS}\n{BEHIND}", 2023)
    kinds = {(o.source, o.confidence) for o in found.observations if o.indicator_id in IDS}
    assert kinds == {("reconstructed", 0.8)}


@pytest.mark.parametrize("above", [["年度", *GROUPS], []], ids=["headed", "headless"])
def test_a_row_for_each_year_is_of_that_year(above: list[str]) -> None:
    cells = [above, ["年度", *OUTCOMES * 3], ["2022年", *"100010000010001"]]
    cells.append(["2023年", *NUMBERS.split()])
    rows = "".join(f"<tr>{''.join(f'<td>{one}</td>' for one in row)}</tr>" for row in cells)
    page = f"<html><body><p>{REQUESTS}</p><p>{TITLE}</p><table>{rows}</table></body></html>"
    found = found_in(read_html(page.encode()), 2023).observations
    of_year = {
        year: {o.indicator_id: o.value for o in found if o.indicator_id in IDS and o.year == year}
        for year in (2022, 2023)
    }
    assert of_year[2022]["reconsideration.upheld"] == 1
    assert of_year[2023] == dict(zip(IDS, map(Decimal, NUMBERS.split()), strict=True))


def test_numbers_of_a_sentence_below_the_title_are_no_row() -> None:
    found = found_in_text(f"{REQUESTS}{TITLE}2023年发生复议3件、诉讼2件、其他1件。\n{BEHIND}", 2023)
    assert not any("Table 4" in notice for notice in found.notices)


@pytest.mark.parametrize(("numbers", "is_row"), [("1 2 3 4 5", True), ("1 2 3 4", False)])
def test_five_numbers_below_the_title_may_be_a_row_and_four_are_none(
    numbers: str, *, is_row: bool
) -> None:
    found = found_in_text(f"{REQUESTS}{TITLE}{numbers}\n{BEHIND}", 2023)
    assert any("heads are not those of the form" in one for one in found.notices) is is_row


def in_grid(*rows: list[str]) -> dict[str, Decimal]:
    cells = "".join(f"<tr>{''.join(f'<td>{one}</td>' for one in row)}</tr>" for row in rows)
    page = f"<html><body><p>{REQUESTS}</p><p>{TITLE}</p><table>{cells}</table></body></html>"
    return {k: v for k, v in values(found_in(read_html(page.encode()), 2023)).items() if k in IDS}


def test_a_number_below_no_head_that_counts_the_rows_is_none_of_the_blocks() -> None:
    groups = [name for name in GROUPS for _ in OUTCOMES]
    read_by_place = in_grid(["", *groups], ["", *OUTCOMES * 3], ["0", *NUMBERS.split()])
    assert read_by_place == dict(zip(IDS, map(Decimal, NUMBERS.split()), strict=True))


def test_heads_cut_for_one_block_do_not_put_its_total_first() -> None:
    """Three reviews upheld and a sum of three hold in either order."""
    upper = ["结果", "结果", "其他", "尚未", "", *[""] * 10]
    lower = ["维持", "纠正", "结果", "审结", "总计", *OUTCOMES * 2]
    numbers = ["3", "0", "0", "0", "3", *["0"] * 10]
    assert in_grid(upper, lower, numbers).get("reconsideration.upheld", 3) == 3


def test_heads_repeated_over_what_they_spanned_name_the_values_of_a_single_lawsuit():
    values_below = [0] * 10 + [2, 0, 0, 0, 2]
    rows = [
        ["", *(group for group in ("行政复议", "行政诉讼", "行政诉讼") for _ in OUTCOMES)],
        ["", *OUTCOMES, *(group for group in GROUPS[1:] for _ in OUTCOMES)],
        ["", *OUTCOMES * 3],
        ["件数", *map(str, values_below)],
    ]
    grid = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    page = f"<p>某县教育局2023年政府信息公开工作年度报告</p><p>{TITLE}</p><table>{grid}</table>"
    found = values(found_in(read_html(page.encode()), 2023))
    assert [found.get(one) for one in IDS] == [Decimal(n) for n in values_below]


def grid(*rows: str) -> bytes:
    """A page with the rows of table 4, cells between bars; one that spans columns has ``*n``."""
    written = "".join(
        "<tr>"
        + "".join(
            f"<td colspan={cell.partition('*')[2] or 1}>{cell.partition('*')[0]}</td>"
            for cell in row.split("|")
        )
        + "</tr>"
        for row in rows
    )
    return (
        "<p>某县教育局2023年政府信息公开工作年度报告</p>"
        f"<p>四、政府信息公开行政复议、行政诉讼情况</p><table>{written}</table>"
    ).encode()


OF_LAWSUITS = [GROUPS[0], *(f"行政诉讼{{0}}{group}" for group in GROUPS[1:])]


@pytest.mark.parametrize("dash", ["—", "——", "-", "–"])
@pytest.mark.parametrize("is_grid", [True, False], ids=["grid", "running text"])
def test_a_dash_within_a_head_is_no_figure_of_the_row_below(dash: str, is_grid: bool) -> None:
    heads = [head.format(dash) for head in OF_LAWSUITS]
    if is_grid:
        page = grid(
            "|".join(f"{head}*5" for head in heads),
            "|".join(OUTCOMES * 3),
            "|".join(NUMBERS.split()),
        )
        found = values(found_in(read_html(page), 2023))
    else:
        found = read(f"{' '.join(heads)}\n{' '.join(OUTCOMES * 3)}\n{NUMBERS}\n")
    assert [found.get(key) for key in IDS] == list(map(int, NUMBERS.split()))


@pytest.mark.parametrize("first", [0, 1, 7])
@pytest.mark.parametrize("are_outcomes_down", [True, False])
def test_figures_that_count_rows_are_of_no_block(first: int, are_outcomes_down: bool) -> None:
    of = [block.split() for block in BLOCKS]
    if are_outcomes_down:
        lines = [
            f"{first + n}|{name}|{'|'.join(one[n] for one in of)}"
            for n, name in enumerate(OUTCOMES)
        ]
        page = grid("|结果|行政复议|行政诉讼|行政诉讼", f"|结果|{'|'.join(GROUPS)}", *lines)
    else:
        lines = [f"{first + n}|{name}|{'|'.join(of[n])}" for n, name in enumerate(GROUPS)]
        page = grid(f"|类别|{'|'.join(OUTCOMES)}", *lines)
    found = values(found_in(read_html(page), 2023))
    assert [found.get(key) for key in IDS] == list(map(int, NUMBERS.split()))


@pytest.mark.parametrize("order", [(1, 2), (2, 1)])
def test_lawsuits_in_a_grid_behind_that_of_reviews_are_read_in_the_order_of_their_heads(
    order: tuple[int, int],
) -> None:
    grids = (
        (["行政复议"], OUTCOMES, BLOCKS[0].split()),
        (
            ["行政诉讼"],
            [GROUPS[n] for n in order],
            OUTCOMES * 2,
            [number for n in order for number in BLOCKS[n].split()],
        ),
    )
    tables = "".join(
        "<table>"
        + "".join(
            "<tr>"
            + "".join(f"<td colspan={len(rows[-1]) // len(row)}>{cell}</td>" for cell in row)
            + "</tr>"
            for row in rows
        )
        + "</table>"
        for rows in grids
    )
    found = values(found_in(read_html(f"<body><p>{TITLE}</p>{tables}</body>".encode()), 2023))
    assert [found.get(name) for name in IDS] == list(map(Decimal, NUMBERS.split()))
