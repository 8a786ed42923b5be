"""A table printed a cell a line: an empty line is a blank cell, or parts paragraphs."""

import pytest
from found_tables import found_in_text, values

from pipeline.extract.tables.cell_lines import are_cells
from pipeline.model.document import Locator

KINDS = ("natural_person", "enterprise", "research", "public_interest", "legal_service")
ROWS = [
    ("一、本年新收政府信息公开申请数量", ["12", "", "3", "", "", "", "15"], 0),
    ("二、上年结转政府信息公开申请数量", ["", "4", "", "", "", "", "4"], 0),
    ("（一）予以公开", ["7", "4", "", "", "", "", "11"], 1),
    ("（二）部分公开", ["", "", "3", "", "", "", "3"], 2),
    ("3.危及“三安全一稳定”", ["1", "", "", "", "", "", "1"], 1),
    ("（七）总计", ["8", "4", "3", "", "", "", "15"], 0),
    ("四、结转下年度继续办理", ["4", "", "", "", "", "", "4"], 0),
]
HEADS = "申请人情况\n自然人\n商业企业\n科研机构\n社会公益组织\n法律服务机构\n其他\n总计\n"


IDS = (
    "requests.received",
    "requests.carried_in",
    "requests.processed.granted",
    "requests.processed.partly_granted",
    "requests.processed.denied.security_stability",
    "requests.processed",
    "requests.carried_out",
)


def printed() -> dict[str, int]:
    """What the rows say, column by column."""
    columns = [f":{kind}" for kind in KINDS] + [":other_organisation", ""]
    return {
        f"{row}{column}": int(cell)
        for row, (_, cells, _) in zip(IDS, ROWS, strict=True)
        for column, cell in zip(columns, cells, strict=True)
        if cell
    }


def read(text: str) -> dict[str, int]:
    found = values(found_in_text(f"{HEADS}{text}五、存在的主要问题\n一是更新不够及时。\n", 2023))
    return {key: int(value) for key, value in found.items()}


def test_empty_lines_are_blank_cells_and_those_behind_are_covered_ones():
    text = "".join(
        "\n".join([label, *cells, *[""] * covered]) + "\n" for label, cells, covered in ROWS
    )
    assert read(text) == printed()


def test_empty_lines_between_paragraphs_are_no_cells():
    """Blank cells are not there at all, every line is a paragraph: nothing tells the columns."""
    text = "".join("\n\n".join([label, *filter(None, cells)]) + "\n\n" for label, cells, _ in ROWS)
    assert set(read(text).items()) <= set(printed().items())


@pytest.mark.parametrize(
    ("rows", "are"),
    [
        (("5\n3\n",) * 4, True),
        (("5\n3\n",) * 3, False),
        (("5\n3\n",) * 2 + ("5\n3\n无\n",) * 2, True),
        (("5\n3\n",) + ("5\n3\n无\n",) * 3, False),
    ],
)
def test_lines_are_cells_from_four_rows_of_which_two_hold_nothing_else(
    rows: tuple[str, ...], *, are: bool
) -> None:
    text = "".join(f"甲\n{row}" for row in rows)
    starts = [at for at, letter in enumerate(text) if letter == "甲"]
    ends = [*starts[1:], len(text)]
    stretches = [Locator(at + 1, end) for at, end in zip(starts, ends, strict=True)]
    assert are_cells(text, stretches, 2) is are
