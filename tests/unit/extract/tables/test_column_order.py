"""Columns stand where their heads stand, unless the sums of the rows say otherwise."""

from pipeline.readers.html.html_reader import read_html
from tests.unit.extract.tables.found_tables import found_in, values

_LABELS = (
    "一、本年新收政府信息公开申请数量",
    "二、上年结转政府信息公开申请数量",
    "（一）予以公开",
    "（二）部分公开",
    "四、结转下年度继续办理",
)
_PARTS = ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")
_NUMBERS = ((5, 1, 0, 2, 0, 3, 11), (1, 0, 0, 0, 0, 1, 2), (4, 1, 0, 2, 0, 3, 10))


def page(heads: str, size: int = len(_LABELS)) -> str:
    rows = "".join(
        f"<tr><td>{label}</td>{''.join(f'<td>{n}</td>' for n in _NUMBERS[at % 3])}</tr>"
        for at, label in enumerate(_LABELS[:size])
    )
    title = "嘉祥县财政局2022年政府信息公开工作年度报告"
    return f"<html><body><h1>{title}</h1><table>{heads}{rows}</table></body></html>"


def received(heads: str, size: int = len(_LABELS)) -> dict[str, int]:
    found = found_in(read_html(page(heads, size).encode()), 2022)
    return {
        one.partition(":")[2] or "total": int(value)
        for one, value in values(found).items()
        if one.partition(":")[0] == "requests.received"
    }


def test_merged_heads_that_were_taken_apart_and_repeated_hide_no_order() -> None:
    above = "".join(f"<td>{head}</td>" for head in ("", "自然人", *["法人或其他组织"] * 5, "总计"))
    below = "".join(f"<td>{head}</td>" for head in ("", "", *_PARTS, ""))
    got = received(f"<tr>{above}</tr><tr>{below}</tr>")
    assert got["total"] == 11
    assert got["other_organisation"] == 3
    assert len(got) == 7


_SPAN_TOO_SMALL = (
    '<tr><td rowspan="2"></td><td rowspan="2">自然人</td>'
    '<td colspan="4">法人或其他组织</td><td rowspan="2">总计</td></tr>'
    f"<tr>{''.join(f'<td>{head}</td>' for head in _PARTS)}</tr>"
)


def test_a_span_that_is_one_too_small_does_not_move_the_total() -> None:
    got = received(_SPAN_TOO_SMALL)
    assert got["total"] == 11
    assert got["other_organisation"] == 3


def test_three_rows_and_no_fewer_speak_against_the_place_of_heads() -> None:
    """What two rows add up to may be chance: then nobody can tell which number is whose."""
    assert received(_SPAN_TOO_SMALL, 3)["total"] == 11
    assert received(_SPAN_TOO_SMALL, 2) == {}


def test_of_heads_printed_twice_those_right_above_the_rows_count() -> None:
    last = ("", "自然人", *_PARTS, "总计")
    first = ("", "总计", "自然人", *_PARTS)
    rows = ["".join(f"<td>{head}</td>" for head in heads) for heads in (first, last)]
    got = received(f"<tr>{rows[0]}</tr><tr>{rows[1]}</tr>", 2)
    assert got["total"] == 11
    assert got["natural_person"] == 5


def test_heads_of_a_blank_table_above_do_not_turn_the_columns_of_the_next() -> None:
    """Those of 第（六）项 are wrapped, so that one of them is not found whole."""
    title = "<h1>嘉祥县财政局2019年政府信息公开工作年度报告</h1>"
    blank = (
        "<tr><td>信息内容</td><td>上一年项目数</td><td>本年增/减</td><td>处理决定数量</td></tr>"
        "<tr><td>行政处罚</td><td></td><td></td><td></td></tr>"
    )
    fees = (
        "<tr><td>信息内容</td><td>上一年项目数量</td><td>本年增/减</td></tr>"
        "<tr><td>行政事业性收费</td><td>5</td><td></td></tr>"
    )
    page = f"{title}<p>第二十条第（六）项</p><table>{blank}</table><p>第二十条第（八）项</p>"
    found = found_in(read_html(f"{page}<table>{fees}</table>".encode()), 2019)
    assert values(found) == {"administrative_fees.items_last_year": 5}


def test_a_head_that_is_cut_is_not_looked_for_above_another_table() -> None:
    title = "<h1>嘉祥县财政局2019年政府信息公开工作年度报告</h1>"
    heads = "<td>信息内容</td><td>上一年项目数量</td><td>本年增/减</td><td>处理决定数量</td>"
    blank = f"<tr>{heads}</tr><tr><td>行政许可</td><td></td><td></td><td></td></tr>"
    cut = heads.replace("增/减", "增")
    below = "<td></td><td></td><td>/减</td><td></td>"
    row = "<td>行政处罚</td><td>5</td><td></td><td>7</td>"
    tables = f"<table>{blank}</table><table><tr>{cut}</tr><tr>{below}</tr><tr>{row}</tr></table>"
    found = found_in(read_html(f"{title}{tables}".encode()), 2019)
    assert values(found) == {"penalties.items_last_year": 5, "penalties.decisions": 7}
