"""Tables of another body beside the report's own: whose the caption says they are."""

from decimal import Decimal

import pytest
from found_tables import found_in

from pipeline.extract.tables.table_reader import TableFindings
from pipeline.readers.html.html_reader import read_html

OWN_ISSUED, OWN_LICENCES = Decimal(8), Decimal(31)


def first_table(issued: object, licences: object) -> str:
    return (
        "<table><tr><td colspan=4>第二十条第（一）项</td></tr>"
        "<tr><td>信息内容</td><td>本年制发件数</td><td>本年废止件数</td><td>现行有效件数</td></tr>"
        "<tr><td>规章</td><td>0</td><td>0</td><td>0</td></tr>"
        f"<tr><td>行政规范性文件</td><td>{issued}</td><td>5</td><td>9</td></tr>"
        "<tr><td colspan=4>第二十条第（五）项</td></tr>"
        "<tr><td>信息内容</td><td colspan=3>本年处理决定数量</td></tr>"
        f"<tr><td>行政许可</td><td colspan=3>{licences}</td></tr></table>"
    )


def last_table(upheld: int) -> str:
    outcomes = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
    heads = "".join(f"<td>{outcome}</td>" for outcome in outcomes)
    figures = "".join(f"<td>{n}</td>" for n in (upheld, 0, 0, 0, upheld) * 3)
    return (
        "<table><tr><td colspan=5>行政复议</td><td colspan=10>行政诉讼</td></tr>"
        "<tr><td colspan=5></td><td colspan=5>未经复议直接起诉</td>"
        "<td colspan=5>复议后起诉</td></tr>"
        f"<tr>{heads * 3}</tr><tr>{figures}</tr></table>"
    )


def report_of(*body: str) -> TableFindings:
    page = "<h1>某县教育局2022年政府信息公开工作年度报告</h1>" + "".join(body)
    return found_in(read_html(page.encode()), 2022)


def published(*body: str) -> dict[str, Decimal]:
    """What a report says with certainty, contradicted values left out."""
    found = report_of(*body)
    every = [one for one in found.observations if one.indicator_id and one.value is not None]
    said = {(one.indicator_id, one.value) for one in every}
    once = [indicator for indicator, _ in said]
    return {i: v for i, v in said if i is not None and once.count(i) == 1}


OWN = ("<p>二、主动公开政府信息情况</p>", first_table(8, 31), "<p>四、行政复议、行政诉讼情况</p>")


@pytest.mark.parametrize(
    "caption",
    [
        "附件：所属事业单位（服务中心）2022年政府信息公开工作统计",
        "附：下属二级单位统计表",
        "局属执法大队2022年政府信息公开数据",
        "（二）直属单位情况",
        "附件2 下设服务中心信息公开统计表",
        "（二）局属综合行政执法大队",
    ],
)
def test_tables_of_a_body_below_do_not_contradict_the_report_s_own(caption: str):
    found = published(
        *OWN,
        last_table(2),
        f"<p>{caption}</p>",
        first_table(1, 3),
        "<p>四、复议</p>",
        last_table(7),
    )
    assert found["normative_documents.issued"] == OWN_ISSUED
    assert found["licensing.decisions"] == OWN_LICENCES
    assert found["reconsideration.upheld"] == Decimal(2)


@pytest.mark.parametrize(
    "sentence",
    [
        "本年度对所属事业单位信息公开情况进行了检查，结果良好。",
        "以下包括机关及所属单位情况",
        "本局属于行政单位，情况如下表",
    ],
)
def test_words_on_bodies_below_do_not_take_the_report_s_own_table_away(sentence: str):
    found = published(
        f"<p>{sentence}</p>", first_table(8, 31), "<p>附件：执法大队</p>", first_table(1, 31)
    )
    assert found.get("normative_documents.issued") in (None, OWN_ISSUED)
    assert found["licensing.decisions"] == OWN_LICENCES


def test_the_next_table_of_the_report_is_its_own_though_one_of_a_body_below_stands_before_it():
    found = published(
        *OWN, "<p>下属单位情况表</p>", first_table(1, 3), "<p>四、行政复议情况</p>", last_table(2)
    )
    assert found["normative_documents.issued"] == OWN_ISSUED
    assert found["reconsideration.upheld"] == Decimal(2)


def test_a_section_on_bodies_below_does_not_take_away_the_table_whose_title_follows_it():
    found = published(
        "<p>（一）下属学校政府信息公开工作情况</p><p>主动公开情况表</p>",
        first_table(8, 31),
        "<p>附：局属学校情况表</p>",
        first_table(1, 3),
    )
    assert found["normative_documents.issued"] == OWN_ISSUED
    assert found["licensing.decisions"] == OWN_LICENCES


@pytest.mark.parametrize("name", ["附件：局属单位情况统计", "（二）局属综合行政执法大队"])
def test_the_title_of_a_table_in_an_annex_does_not_make_it_the_report_s_own(name: str):
    found = published(*OWN, last_table(2), f"<p>{name}</p><p>公开情况表</p>", first_table(1, 3))
    assert found["normative_documents.issued"] == OWN_ISSUED


@pytest.mark.parametrize("whole", ["合计", "全局汇总表"])
def test_the_agency_without_its_bodies_is_not_all_of_it_where_a_table_of_all_is_printed(whole: str):
    found = published(
        "<p>局机关</p>",
        first_table(8, 31),
        "<p>局属学校</p>",
        first_table(1, 3),
        f"<p>{whole}</p>",
        first_table(9, 34),
    )
    assert "normative_documents.issued" not in found


@pytest.mark.parametrize("caption", ["下属单位政府信息公开情况统计表", "（一）局属学校情况"])
def test_the_only_table_is_not_in_silence_the_report_s_own_where_it_is_of_bodies_below(caption):
    (notice,) = report_of(f"<p>{caption}</p>", first_table(8, 31)).notices
    assert caption in notice


def test_the_only_table_of_a_report_on_all_of_an_agency_is_doubted_by_nobody():
    assert report_of("<p>本局及下属单位情况统计表</p>", first_table(8, 31)).notices == ()
