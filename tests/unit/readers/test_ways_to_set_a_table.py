"""Ways to set a table: each is undone where the rows tell of it, and left alone where they do not.

A table is written a row a line, its cells parted by bars; ``*2`` behind a cell is how many columns
it takes, ``^2`` how many rows. A row without a bar has one cell in the first column.
"""

import re
from collections.abc import Callable, Sequence

import pytest

from pipeline.readers import unusual_layouts as undone
from pipeline.readers.document_builder import Row, Spot

LABELS = ("新收数量", "结转数量", "予以公开", "部分公开", "不予公开", "继续办理")
CODES = "\n".join(f"第某项|{n} {n * 3}" for n in range(1, 9))


def table(text: str) -> list[list[Spot]]:
    """The cells of a table written as lines."""
    rows = []
    for row, line in enumerate(text.split("\n")):
        cells, col = [], 0
        for part in line.split("|"):
            words, down, across = re.fullmatch(r"(.*?)(?:\^(\d))?(?:\*(\d))?", part).groups()  # type: ignore[union-attr]
            cell = Spot(words.strip(), row, col, int(down or 1), int(across or 1))
            col += cell.colspan
            if words != "~":
                cells.append(cell)
        rows.append(cells)
    return rows


def written(rows: Sequence[Row]) -> str:
    """Cells as lines, blank columns and all; rows in which nothing begins are left out."""
    lines = []
    for row in rows:
        line, col = "", 0
        for spot in sorted(row, key=lambda spot: spot.col):
            line += "|" * (spot.col - col) + spot.text
            line += f"^{spot.rowspan}" * (spot.rowspan > 1) + f"*{spot.colspan}" * (
                spot.colspan > 1
            )
            col = spot.col
        lines.append(line)
    return "\n".join(lines)


def set_as_forms(way: Callable[[Sequence[Row]], Sequence[Row]], text: str) -> str:
    """How a table stands when one way to set it is undone; empty where nothing was."""
    rows = table(text)
    after = way(rows)
    return "" if after is rows else written(after)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5|新收\n7|结转\n8|公开", "新收|5\n结转|7\n公开|8"),
        ("5|新收\n7|结转", ""),
        ("5|4|新收\n7||结转\n8|3|公开", "新收|4|5\n结转||7\n公开|3|8"),
        ("申请*2|项目\n5|4|新收\n7|6|结转\n8|3|公开", "项目|申请*2\n新收|4|5\n结转|6|7\n公开|3|8"),
        ("5|新收\n7|结转\n8|公开\n合计|20", ""),
        ("5|新收\n7|结转\n8|公开\n说明|无", "新收|5\n结转|7\n公开|8\n无|说明"),
        ("1|新收\n2|结转\n3|公开", ""),
        ("1|新收\n3|结转\n4|公开", "新收|1\n结转|3\n公开|4"),
        ("1|新收\n2|结转\n1|公开\n2|答复", ""),
        ("2|新收\n3|结转\n4|公开", ""),
        ("1.5|新收\n2|结转\n3|公开", "新收|1.5\n结转|2\n公开|3"),
        ("序号|项目\n5|新收\n7|结转\n8|公开", ""),
        ("数量|项目\n5|新收\n7|结转\n8|公开", "项目|数量\n新收|5\n结转|7\n公开|8"),
        ("5|件\n7|件\n8|件", ""),
        ("5|一\n7|二\n8|三", ""),
        ("5|新\n7|结\n8|公", ""),
        ("-5|新收\n+7|结转\n1,800|公开", "新收|-5\n结转|+7\n公开|1,800"),
        ("5条|新收\n7条|结转\n8条|公开", ""),
        ("5|新收|件\n7|结转|件\n8|公开|次", "新收|件|5\n结转|件|7\n公开|次|8"),
        (
            "数量|项目|单位\n标题*3\n5|新收|件\n7|结转|件\n|公开|次\n8|收费|元",
            "项目|单位|数量\n标题*3\n新收|件|5\n结转|件|7\n公开|次|\n收费|元|8",
        ),
        ("新收|5|件\n结转|7|件\n公开|8|次", ""),
    ],
)
def test_labels_behind_their_values_are_mirrored_and_others_are_not(
    text: str, expected: str
) -> None:
    assert set_as_forms(undone.mirrored, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            CODES,
            (
                "第某项|1|3\n第某项|2|6\n第某项|3|9\n第某项|4|12\n第某项|5|15\n第某项|6|18\n"
                "第某项|7|21\n第某项|8|24"
            ),
        ),
        (CODES.removesuffix("\n第某项|8 24"), ""),
        (CODES.replace("8 24", "9 24"), ""),
        (CODES.replace("1 3", "0 3", 1), ""),
        (
            "项目|代码 数量|备注\n" + "\n".join(f"第某项|{n} {n}|无" for n in range(10, 18)),
            (
                "项目|代码|数量|备注\n第某项|10|10|无\n第某项|11|11|无\n第某项|12|12|无\n"
                "第某项|13|13|无\n第某项|14|14|无\n第某项|15|15|无\n第某项|16|16|无\n"
                "第某项|17|17|无"
            ),
        ),
        (
            "标题*3\n" + "\n".join(f"第某项|{n} {n}|无" for n in range(10, 18)),
            (
                "标题*4\n第某项|10|10|无\n第某项|11|11|无\n第某项|12|12|无\n"
                "第某项|13|13|无\n第某项|14|14|无\n第某项|15|15|无\n第某项|16|16|无\n"
                "第某项|17|17|无"
            ),
        ),
        (
            "标题*2|无\n" + "\n".join(f"第某项|{n} {n}|无" for n in range(10, 18)),
            (
                "标题*3|||无\n第某项|10|10|无\n第某项|11|11|无\n第某项|12|12|无\n"
                "第某项|13|13|无\n第某项|14|14|无\n第某项|15|15|无\n第某项|16|16|无\n"
                "第某项|17|17|无"
            ),
        ),
        (
            "标题|页*2\n" + "\n".join(f"第某项|{n} {n}|无" for n in range(10, 18)),
            (
                "标题|页*3\n第某项|10|10|无\n第某项|11|11|无\n第某项|12|12|无\n"
                "第某项|13|13|无\n第某项|14|14|无\n第某项|15|15|无\n第某项|16|16|无\n"
                "第某项|17|17|无"
            ),
        ),
        (
            "项目|数量\n" + "\n".join(f"第某项|{n} {n}" for n in range(10, 18)),
            (
                "项目||数量\n第某项|10|10\n第某项|11|11\n第某项|12|12\n第某项|13|13\n"
                "第某项|14|14\n第某项|15|15\n第某项|16|16\n第某项|17|17"
            ),
        ),
        (
            "项目||\n" + "\n".join(f"第某项|{n} {n}" for n in range(10, 18)),
            (
                "项目|||\n第某项|10|10\n第某项|11|11\n第某项|12|12\n第某项|13|13\n"
                "第某项|14|14\n第某项|15|15\n第某项|16|16\n第某项|17|17"
            ),
        ),
        (
            "\n".join(f"{n} 1,234.5" for n in range(1, 9)),
            "1|1,234.5\n2|1,234.5\n3|1,234.5\n4|1,234.5\n5|1,234.5\n6|1,234.5\n7|1,234.5\n8|1,234.5",
        ),
        ("\n".join(f"{n} 条" for n in range(1, 9)), ""),
        ("\n".join(f"1{n}00 5" for n in range(1, 9)), ""),
        ("\n".join(f"{n} 5*2" for n in range(1, 9)), ""),
    ],
)
def test_codes_and_figures_of_one_cell_stand_in_two(text: str, expected: str) -> None:
    assert set_as_forms(undone.codes_parted, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "一、主动公开|5\n情况\n二、回应解读|7\n情况\n三、依法申请|8\n情况",
            "一、主动公开情况|5\n二、回应解读情况|7\n三、依法申请情况|8",
        ),
        ("一、主动公开|5\n情况\n二、回应解读|7\n情况", ""),
        (
            "一、主动公开\n情况|5\n二、回应解读\n情况|7\n三、依法申请\n情况|8",
            "一、主动公开情况|5\n二、回应解读情况|7\n三、依法申请情况|8",
        ),
        ("一、主动公开|5\n情况\n二、回应解读|7\n情况\n三、依法申请|8\n其中", ""),
        ("一、主动公开|5\n情况\n二、回应解读|7\n情况\n三、依法申请|8\n(一)情况", ""),
        ("一、主动公开|5\n情况\n二、回应解读|7\n情况\n依法申请受理|8\n情况", ""),
        ("一、主动公开|5\n情况\n二、回应解读|7\n情况\n三、依法申请|8\n9", ""),
        ("一、主动公开|5\n情况\n二、回应解读|7\n情况\n三、依法申请|见\n情况", ""),
        (
            "一、主动公开|5\n情况\n二、回应解读|7\n情况\n三、依法申请的人|8\n情况",
            "一、主动公开情况|5\n二、回应解读情况|7\n三、依法申请的人情况|8",
        ),
        ("一、主动公开|5\n情况\n二、回应解读|7\n情况\n三、依法申请的人们|8\n情况", ""),
        ("一、主动公开|5\n情况\n二、回应解读|7\n情况\n一、主动公开|8\n情况", ""),
        ("一、主动公开|5\n情况\n二、回应解读|7\n情况\n三、依法申请|8\n|情况", ""),
        (
            "一、主动公开|5\n情况\n二、回应解读|7\n情况\n三、依法申请|8\n情况^2",
            "一、主动公开情况|5\n二、回应解读情况|7\n三、依法申请情况|8",
        ),
        (
            "一、主动公开|5\n情况\n四、其他|6\n二、回应解读|7\n情况\n三、依法申请|8\n情况",
            "一、主动公开情况|5\n四、其他|6\n二、回应解读情况|7\n三、依法申请情况|8",
        ),
        ("一、主动公开|5\n情况|6\n二、回应解读|7\n情况|6\n三、依法申请|8\n情况|6", ""),
        ("一、主动公开\n情况\n二、回应解读\n情况\n三、依法申请\n情况", ""),
    ],
)
def test_a_label_that_goes_on_in_a_row_of_its_own_is_one(text: str, expected: str) -> None:
    assert set_as_forms(undone.wrapped_joined, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("新收\n5|7\n结转\n8|9\n公开\n3|4", "新收|5|7\n结转|8|9\n公开|3|4"),
        ("新收\n|5|7\n结转\n|8|9\n公开\n|3|4", "新收|5|7\n结转|8|9\n公开|3|4"),
        ("新收\n5|7\n结转\n8|9", ""),
        ("项目|数量\n新收\n5|7\n结转\n8|9\n公开\n3|4", "|项目|数量\n新收|5|7\n结转|8|9\n公开|3|4"),
        ("5|7\n新收\n8|9\n结转\n3|4\n公开", "新收|5|7\n结转|8|9\n公开|3|4"),
        ("5|7\n新收\n8|9\n结转", ""),
        ("申请\n新收\n5|7\n结转\n8|9\n公开\n3|4", "申请\n新收|5|7\n结转|8|9\n公开|3|4"),
        ("新收\n5|7\n结转\n8|9\n办理\n公开\n3|4", "新收|5|7\n结转|8|9\n办理\n公开|3|4"),
        ("新收\n5|7\n结转\n8|9\n公开\n3|4\n说明|无", ""),
        ("新收\n5\n结转\n8\n公开\n3", ""),
        ("新收*2\n5|7\n结转*2\n8|9\n公开*2\n3|4", "新收|5|7\n结转|8|9\n公开|3|4"),
        ("新收\n5|七\n结转\n8|9\n公开\n3|4", ""),
    ],
)
def test_labels_above_or_below_their_figures_stand_beside_them(text: str, expected: str) -> None:
    assert set_as_forms(undone.alternating_joined, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "项目|数量|项目|数量\n新收|5|公开|8\n结转|7|部分|9\n办理|3|不予|4",
            "项目|数量\n新收|5\n结转|7\n办理|3\n公开|8\n部分|9\n不予|4",
        ),
        ("项目|数量|项目|数量\n新收|5|公开|8\n结转|7|部分|9", ""),
        (
            "项目|数量|项目|数量|项目|数量\n新收|5|公开|8|补正|1\n结转|7|部分|9|答复|2\n办理|3|不予|4|撤回|0",
            ("项目|数量\n新收|5\n结转|7\n办理|3\n公开|8\n部分|9\n不予|4\n补正|1\n答复|2\n撤回|0"),
        ),
        (
            "项目|数量|项目|数量|项目\n新收|5|公开|8|补正\n结转|7|部分|9|答复\n办理|3|不予|4|撤回",
            "",
        ),
        ("项目|数量|单位|数量\n新收|5|公开|8\n结转|7|部分|9\n办理|3|不予|4", ""),
        ("项目|项目\n新收|5\n结转|7\n办理|3", ""),
        ("件数|数量|件数|数量\n1|5|2|8\n3|7|4|9\n5|3|6|4", ""),
        ("5|数量|5|数量\n新收|5|公开|8\n结转|7|部分|9\n办理|3|不予|4", ""),
        (
            "标题*4\n项目|数量|项目|数量\n新收|5|公开|8\n结转|7|部分|9\n办理|3|不予|4",
            "标题*4\n项目|数量\n新收|5\n结转|7\n办理|3\n公开|8\n部分|9\n不予|4",
        ),
        (
            "上部*2|下部*2\n项目|数量|项目|数量\n新收|5|公开|8\n结转|7|部分|9\n办理|3|不予|4",
            (
                "上部*2\n项目|数量\n新收|5\n结转|7\n办理|3\n下部*2\n项目|数量\n公开|8\n部分|9\n"
                "不予|4"
            ),
        ),
        ("项目|数量|项目|数量\n新收|5|新收|8\n结转|7|部分|9\n办理|3|不予|4", ""),
        (
            "项目|数量|项目|数量\n新收|5|公开|8\n结转|7|部分|9\n办理|3|不予|4\n撤回|6||",
            "项目|数量\n新收|5\n结转|7\n办理|3\n撤回|6\n公开|8\n部分|9\n不予|4",
        ),
        ("项目|数量|项目|数量\n1.新收|5|2.公开|8\n3.结转|7|4.部分|9\n5.办理|3|6.不予|4", ""),
        (
            "项目|数量|项目|数量\n1.新收|5|4.公开|8\n2.结转|7|5.部分|9\n3.办理|3|6.不予|4",
            "项目|数量\n1.新收|5\n2.结转|7\n3.办理|3\n4.公开|8\n5.部分|9\n6.不予|4",
        ),
        (
            "项目|数量|项目|数量\n1.新收|5|2.公开|8\n2.结转|7|5.部分|9\n3.办理|3|6.不予|4",
            "项目|数量\n1.新收|5\n2.结转|7\n3.办理|3\n2.公开|8\n5.部分|9\n6.不予|4",
        ),
        (
            "项目|数量|项目|数量\n1.新收|5|2.公开|8\n2.结转|7|3.部分|9\n3.办理|3|6.不予|4\n7.撤回|1|9.补正|2",
            "",
        ),
        (
            "项目|甲|乙|项目|甲|乙\n新收|5|1|公开|8|2\n结转|7|1|部分|9|2\n办理|3|1|不予|4|2",
            "项目|甲|乙\n新收|5|1\n结转|7|1\n办理|3|1\n公开|8|2\n部分|9|2\n不予|4|2",
        ),
        (
            "类别|项目|数量|类别|项目|数量\n申请|新收|5|结果|公开|8\n申请|结转|7|结果|部分|9\n申请|办理|3|结果|不予|4",
            "",
        ),
        (
            "|数量|金额||数量|金额\n新收|5|1|公开|8|2\n结转|7|1|部分|9|2\n办理|3|1|不予|4|2",
            "|数量|金额\n新收|5|1\n结转|7|1\n办理|3|1\n公开|8|2\n部分|9|2\n不予|4|2",
        ),
        (
            "项目|数量*2|项目|数量*2\n新收|5|1|公开|8|2\n结转|7|1|部分|9|2\n办理|3|1|不予|4|2",
            "项目|数量*2\n新收|5|1\n结转|7|1\n办理|3|1\n公开|8|2\n部分|9|2\n不予|4|2",
        ),
        (
            "说明\n项目|数量|项目|数量\n新收|5|公开|8\n结转|7|部分|9\n办理|3|不予|4",
            "说明\n项目|数量\n新收|5\n结转|7\n办理|3\n公开|8\n部分|9\n不予|4",
        ),
        ("项目|数量|项目|数量\n新收|5|公开|无\n结转|7|部分|无\n办理|3|不予|无", ""),
    ],
)
def test_a_table_that_goes_on_beside_itself_stands_below(text: str, expected: str) -> None:
    assert set_as_forms(undone.halves_stacked, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "项目|自然人|企业|其他|总计\n新收|1|2|3|6\n项目|自然人|企业|其他|总计\n结转|1|2|3|6",
            "项目|自然人|企业|其他|总计\n新收|1|2|3|6\n结转|1|2|3|6",
        ),
        ("项目|自然人|企业|总计\n新收|1|2|3\n项目|自然人|企业|总计\n结转|1|2|3", ""),
        (
            "第一组|自然人|企业|其他|总计\n新收|1|2|3|6\n第二组|自然人|企业|其他|总计\n结转|1|2|3|6",
            "第一组|自然人|企业|其他|总计\n新收|1|2|3|6\n第二组\n结转|1|2|3|6",
        ),
        (
            "项目|自然人|企业|其他|总计\n新收|1|2|3|6\n|自然人|企业|其他|总计\n结转|1|2|3|6",
            "项目|自然人|企业|其他|总计\n新收|1|2|3|6\n结转|1|2|3|6",
        ),
        ("项目|自然人|企业|其他|2022\n新收|1|2|3|6\n项目|自然人|企业|其他|2022\n结转|1|2|3|6", ""),
        (
            "项目|自然人|企业||总计\n新收|1|2|3|6\n项目|自然人|企业||总计\n结转|1|2|3|6",
            "项目|自然人|企业||总计\n新收|1|2|3|6\n结转|1|2|3|6",
        ),
        (
            "项目|自然人|企业|其他|总计\n新收|1|2|3|6\n项目|自然人|企业|总计|其他\n结转|1|2|3|6",
            ("项目|自然人|企业|其他|总计\n新收|1|2|3|6\n项目|自然人|企业|总计|其他\n结转|1|2|3|6"),
        ),
        (
            "标题\n项目|自然人|企业|其他|总计\n新收|1|2|3|6\n项目|自然人|企业|其他|总计\n结转|1|2|3|6",
            "标题\n项目|自然人|企业|其他|总计\n新收|1|2|3|6\n结转|1|2|3|6",
        ),
    ],
)
def test_copies_of_a_head_are_left_out_but_for_what_else_they_say(text: str, expected: str) -> None:
    assert set_as_forms(undone.without_copies_of_head, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("新收", (True, False)),
        ("新", (False, False)),
        ("万元", (False, False)),
        ("三十", (False, False)),
        ("新收5件", (True, False)),
        ("5", (False, True)),
        ("-5", (False, True)),
        ("1,234.50", (False, True)),
        ("5件", (False, False)),
        ("5.", (False, False)),
        ("", (False, False)),
    ],
)
def test_words_that_may_name_a_row_and_figures(text: str, expected: tuple[bool, ...]) -> None:
    assert (undone.is_label(text), undone.is_figure(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("新收|5", True),
        ("5|新收", False),
        ("5|新收|6", True),
        ("新收|结转", False),
        ("件|5", False),
        ("5", False),
    ],
)
def test_words_stand_before_a_figure_in_a_row_with_a_label(text: str, expected: bool) -> None:
    assert undone.is_labelled(table(text)[0]) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "规章|制发|0\n|废止|1\n|有效|2\n文件|制发|3\n|废止|4\n|有效|5",
            "规章^3|制发|0\n|废止|1\n|有效|2\n文件^3|制发|3\n|废止|4\n|有效|5",
        ),
        (
            "某项|规章|制发|0\n||废止|1\n|文件|制发|3\n||废止|4",
            "某项^2|规章^2|制发|0\n||废止|1\n|文件^2|制发|3\n||废止|4",
        ),
        # What names one row only is its label, and a number before it none.
        ("规章|制发|0\n|废止|1\n文件|制发|3\n|有效|4", ""),
        ("三|制发|0\n|废止|1\n四|制发|3\n|废止|4", ""),
        # A row between has no part of the label.
        ("规章|制发|0\n|其他|9\n|废止|1\n文件|制发|3\n|其他事|2\n|废止|4", ""),
        # Figures without words beside them are those of a row that lost its label.
        ("规章|制发|0\n||1\n文件|制发|3\n||4", ""),
        # Heads come again without a figure.
        ("规章|制发|0\n|废止|\n文件|制发|3\n|废止|", ""),
    ],
)
def test_a_label_reaches_over_the_blanks_that_a_program_left_of_it(
    text: str, expected: str
) -> None:
    assert set_as_forms(undone.labels_reaching_down, text) == expected
