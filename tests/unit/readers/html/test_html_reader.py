"""Web pages: content, tables, metadata, and shells without content."""

import pytest
from declared_table import Declared, assert_places, declared_cells, grid

from pipeline.model.document import Document, Paragraph, Reason, Rejection, Table
from pipeline.readers.html.html_reader import read_html

PROSE = (
    "根据《条例》要求，现公布本机关2018年度政府信息公开工作年度报告，全年主动公开政府信息236条。"
)


def document(body: str, head: str = "", encoding: str = "utf-8") -> Document:
    page = f"<html><head>{head}</head><body>{body}</body></html>"
    content = read_html(page.encode(encoding))
    assert isinstance(content, Document), content
    assert_places(content)
    return content


def prose(content: Document) -> list[str]:
    return [block.text for block in content.blocks if isinstance(block, Paragraph)]


def table(rows: str) -> list[tuple[Declared, ...]]:
    return declared_cells(document(f"<p>{PROSE}</p><table>{rows}</table>"))


@pytest.mark.parametrize("total", ["9", "<a href='#n'>9</a>"], ids=["plain", "linked"])
def test_the_totals_at_the_foot_of_a_table_are_read(total: str):
    content = document(
        f"<p>{PROSE}</p><table><thead><tr><td>指标<td>数</thead>"
        f"<tbody><tr><td>条<td>7</tbody><tfoot><tr><td>合计<td>{total}</tfoot></table>"
    )
    assert grid(content) == [[["指标", "数"], ["条", "7"], ["合计", "9"]]]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
@pytest.mark.parametrize("declared", ["utf-8", "gb2312", "iso-8859-1", "", "no-such-charset"])
def test_bytes_decide_about_the_encoding_whatever_the_page_declares(encoding, declared):
    head = f'<meta charset="{declared}">' if declared else ""
    assert prose(document(f"<p>{PROSE}</p>", head, encoding)) == [PROSE]


def test_navigation_and_footer_are_left_out_and_the_content_is_not():
    links = "".join(f'<li><a href="/{n}">栏目{n}</a></li>' for n in range(12))
    content = document(
        f'<div class="top"><ul>{links}</ul></div><div>当前位置：<a href="/">首页</a></div>'
        f'<h1>年度报告</h1><div id="zoom"><p>{PROSE}</p>'
        '<p>详见<a href="/a">附表</a>。</p></div>'
        f'<div class="related"><h3>相关文章</h3><ul>{links}</ul></div>'
        '<div class="footer"><p>主办单位：某县人民政府　地址：某路1号</p>'
        "<p>鲁ICP备05012345号</p></div>"
    )
    assert prose(content) == ["年度报告", PROSE, "详见附表。"]


@pytest.mark.parametrize("name", ["nav", "footer", "sidebar"])
def test_a_container_named_like_furniture_keeps_the_content_it_holds(name):
    assert prose(document(f'<div class="{name}"><p>{PROSE}</p></div>')) == [PROSE]


@pytest.mark.parametrize("attribute", ["hidden", "style='display:none'"])
def test_a_hidden_row_takes_no_row_of_a_span_around_it(attribute):
    rows = (
        f"<tr><td rowspan=2>结果<td>维持<td>1<tr {attribute}><td>纠正<td>9"
        "<tr><td>纠正<td>2<tr><td colspan=2>总计<td>3"
    )
    content = document(f"<p>{PROSE}</p><table>{rows}</table>")
    assert grid(content) == [[["结果", "维持", "1"], ["纠正", "2"], ["总计", "3"]]]
    assert content.notices == ("1 struck or hidden figures were not read",)


@pytest.mark.parametrize("attribute", ["class=related", "style='display:none'", "hidden"])
def test_no_name_and_no_hiding_costs_a_table(attribute):
    rows = "<tr><td>指标<td>数<tr><td>条<td>236"
    content = document(f"{('<p>' + PROSE) * 30}<div {attribute}><table>{rows}</table></div>")
    assert grid(content) == [[["指标", "数"], ["条", "236"]]]


def test_word_span_soup_is_joined_without_spaces():
    content = document(
        f"<p><span>政府</span>\n<span>信息<b>公</b></span>\n  开2018 年</p><p>{PROSE}"
    )
    assert prose(content)[0] == "政府信息公开2018 年"


def test_numbers_in_neighbouring_spans_do_not_grow_together():
    assert prose(document(f"<p><span>12</span> <span>34</span></p><p>{PROSE}"))[0] == "12 34"


@pytest.mark.parametrize(
    "unseen",
    [
        '<span style="DISPLAY: none">9</span>',
        "<font style='color:red;visibility:hidden'>9</font>",
        "<s>9</s>",
        "<del>9</del>",
        "<p><strike>9</strike></p>",
        '<u style="text-decoration: underline line-through">9</u>',
        "<s><s>9</s><del>9</del></s>",
        '<del><span style="text-decoration:line-through">9</span></del>',
        "<span hidden>9</span>",
        "<ruby><rt>9</rt></ruby>",
    ],
)
@pytest.mark.parametrize("cell", ["td", "th"])
def test_hidden_and_struck_digits_in_a_cell_do_not_join_the_figure(unseen, cell):
    content = document(
        f"<p>{PROSE}</p><table><tr><td>件<{cell}>{unseen}5</{cell}><tr><td>条<td>7</table>"
    )
    assert grid(content) == [[["件", "5"], ["条", "7"]]]
    assert content.notices == ("1 struck or hidden figures were not read",) or "<s><s>" in unseen


@pytest.mark.parametrize(
    "mark",
    [
        "<sup>1</sup>",
        "<SUP>[12]</SUP>",
        "<span><sup>（注1）</sup></span>",
        '<span style="font-size:8pt;vertical-align: super">2</span>',
        '<span style="position:relative;top:-4px;font-size:8pt">2</span>',
        '<a style="position: relative; bottom: .4em">2</a>',
        "<sup><a href='#n'>①</a></sup>",
    ],
)
def test_the_raised_mark_of_a_note_does_not_join_the_figure(mark):
    content = document(f"<p>{PROSE}</p><table><tr><td>件<td><p>84{mark}</p><tr><td>条<td>7</table>")
    assert grid(content) == [[["件", "84"], ["条", "7"]]]


def test_a_cell_of_raised_words_keeps_them():
    content = document(f"<p>{PROSE}</p><table><tr><td>件<td><sup>84</sup><tr><td>条<td>7</table>")
    assert grid(content) == [[["件", "84"], ["条", "7"]]]


@pytest.mark.parametrize(
    "field",
    [
        '<input value="84">',
        "<input type=text readonly value=84 ><input type=hidden value=9>",
        "<input type=checkbox value=9><p>84</p>",
        "<textarea>84</textarea>",
        "<select><option>9<option selected>84</select>",
    ],
)
def test_figures_in_the_fields_of_a_form_are_read(field):
    content = document(f"<p>{PROSE}</p><table><tr><td>件<td>{field}<tr><td>条<td>7</table>")
    assert grid(content) == [[["件", "84"], ["条", "7"]]]


def test_a_cell_struck_as_a_whole_is_blank():
    struck = '<td style="text-decoration:line-through">9</td>'
    content = document(f"<p>{PROSE}</p><table><tr><td>件{struck}<tr><td>条<td>7</table>")
    assert grid(content) == [[["件", ""], ["条", "7"]]]


@pytest.mark.parametrize(
    "unseen",
    [
        "<s>9</s>",
        '<span style="display:none">9</span>',
        '<font style="text-decoration:line-through">9</font>',
    ],
)
def test_hidden_and_struck_digits_in_a_sentence_do_not_join_the_figure(unseen):
    content = document(f"<p>{PROSE}</p><p>全年收到申请{unseen}8件。</p>")
    assert prose(content)[-1] == "全年收到申请8件。"


def test_a_mark_that_nobody_closed_strikes_no_page():
    content = document(f"<s><p>{PROSE}</p><p>{PROSE}全年收到申请8件。</p>")
    assert "全年收到申请8件。" in content.text


def test_breaks_part_lines_in_prose_and_in_cells():
    content = document(f"<p>甲<br>乙</p><p>{PROSE}</p><table><tr><td>1<br>2<td>3</table>")
    assert prose(content) == ["甲", "乙", PROSE]
    assert grid(content) == [[["1\n2", "3"]]]


def test_preformatted_text_keeps_its_lines():
    assert prose(document(f"<pre>{PROSE}\n第二行\n</pre>")) == [PROSE, "第二行"]


def test_a_table_drawn_in_text_that_is_set_as_written_is_one():
    content = document(f"<p>{PROSE}</p><pre>表\n┌──┬─┐\n│条│7│\n├──┼─┤\n│件│ │\n└──┴─┘\n</pre>")
    assert grid(content) == [[["条", "7"], ["件", ""]]]


def test_blank_cells_are_kept_apart_from_zeros():
    (cells,) = table("<tr><td>&nbsp;</td><td>0</td><td>　</td><td></td><td>条</td></tr>")
    assert [cell.text for cell in cells] == ["", "0", "", "", "条"]


@pytest.mark.parametrize("written", ["2", "2;", " 2 ", "２", '2" x="'])
def test_spans_are_read_however_they_are_written(written):
    cells = table(f'<tr><td colspan="{written}">甲<td>乙<tr><td>1<td>2<td>3')
    assert cells[0][:2] == (Declared("甲", 0, 0, 1, 2), Declared("乙", 0, 2))


def test_rowspan_zero_reaches_to_the_end_and_no_span_leaves_the_table():
    cells = table("<tr><td rowspan=0>甲<td rowspan=99>乙<td>1<tr><td>2")
    assert cells[0] == (
        Declared("甲", 0, 0, 2),
        Declared("乙", 0, 1, 2),
        Declared("1", 0, 2),
        Declared("2", 1, 2),
    )


def test_head_and_data_with_different_spans_share_one_grid():
    head = "<tr><td>信息内容<td>上一年项目数量<td colspan=2>本年增/减<td>处理决定数量"
    data = "<tr><td>行政许可<td colspan=2>5<td>-1<td>300"
    assert [(c.text, c.col, c.colspan) for c in table(head + data)[0]] == [
        ("信息内容", 0, 1),
        ("上一年项目数量", 1, 1),
        ("本年增/减", 2, 2),
        ("处理决定数量", 4, 1),
        ("行政许可", 0, 1),
        ("5", 1, 2),
        ("-1", 3, 1),
        ("300", 4, 1),
    ]


def test_columns_nobody_sees_do_not_count():
    cells = table("<tr><td colspan=500>甲<td>乙<tr><td colspan=500>1<td>2")
    assert cells[0][1] == Declared("乙", 0, 1)


def test_missing_row_tags_lose_no_cell():
    assert [c.text for c in table("<td>甲<td>乙<tr><td>1<td>2")[0]] == ["甲", "乙", "1", "2"]


def test_layout_tables_are_unwrapped_and_inner_tables_stand_alone():
    inner = "<table><tr><td>条<td>236</tr><tr><td>件<td>1</tr></table>"
    content = document(
        f"<table><tr><td>左栏<td><p>{PROSE}</p><p>第二段</p>{inner}<p>末段</p></tr></table>"
    )
    assert prose(content) == ["左栏", PROSE, "第二段", "末段"]
    assert grid(content) == [[["条", "236"], ["件", "1"]]]


def test_a_data_table_keeps_its_grid_around_an_inner_table():
    inner = "<table><tr><td>甲<td>1</table>"
    rows = f"<tr><td>a<td>b<td>c<tr><td>d<td>e<td>{inner}"
    texts = grid(document(f"<p>{PROSE}</p><table>{rows}</table>"))
    assert texts == [[["a", "b", "c"], ["d", "e", ""]], [["甲", "1"]]]


def test_page_metadata_is_read_from_elements_lines_and_index_tables():
    index = (
        "<table><tr><td>索 引 号：</td><td>PT0101-2019</td>"
        "<td>发布机构</td><td>某县公安局</td></tr>"
        "<tr><td>文号</td><td></td><td>公开日期：</td><td>2019-01-30</td></tr></table>"
    )
    content = document(
        f"{index}<div>来源：办公室&nbsp; 发布时间：2019-01-31 09:00&nbsp; 浏览次数：12</div>"
        f"<p>{PROSE}</p>",
        '<title>报告_某县</title><meta name="ArticleTitle" content="年度报告">'
        '<meta name="PubDate" content="2019-01-31"><meta name="viewport" content="width=1">',
    )
    assert content.title == "报告_某县"
    assert content.metadata == {
        "ArticleTitle": "年度报告",
        "PubDate": "2019-01-31",
        "索引号": "PT0101-2019",
        "发布机构": "某县公安局",
        "公开日期": "2019-01-30",
        "来源": "办公室",
        "发布时间": "2019-01-31 09:00",
    }
    assert grid(content)[0][0][0] == "索 引 号："


def test_a_statistics_table_is_no_index_table():
    rows = "<tr><td>统计指标<td>备注<tr><td>条<td>236"
    assert document(f"<p>{PROSE}</p><table>{rows}</table>").metadata == {}


def test_scripts_styles_comments_and_hidden_parts_are_left_out():
    content = document(
        "<script>var a=1</script><style>p{}</style><!-- 12 -->"
        "<div style='display: none'>99</div>"
        f"<p>{PROSE}</p>"
    )
    assert prose(content) == [PROSE]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ('<div id="app"></div><script src="/app.js"></script>', Reason.JAVASCRIPT_SHELL),
        (
            "<ul>" + "<li><a href='/x'>某局2018年年度报告</a><span>2019-01-01</span></li>" * 20,
            Reason.LIST_PAGE,
        ),
        (
            "<h1>某局2018年政府信息公开年度报告</h1><p>来源：某局</p><a href='/P2.doc'>下载</a>",
            Reason.ATTACHMENT_ONLY,
        ),
        ("<iframe src='/pdfjs/viewer.html?file=/2018.pdf'></iframe>", Reason.ATTACHMENT_ONLY),
        ("<p> </p>", Reason.NO_TEXT),
    ],
)
def test_shells_are_told_by_their_kind(body, reason):
    content = read_html(f"<html><body>{body}</body></html>".encode())
    assert isinstance(content, Rejection)
    assert content.reason is reason
    assert content.detail.endswith(".")


def test_a_report_with_attachments_is_no_shell():
    body = f"<p>{PROSE}</p><p>附件：<a href='/a.xls'>统计表.xls</a></p>"
    assert prose(document(body)) == [PROSE, "附件：统计表.xls"]


def test_a_formula_that_word_saves_in_a_comment_is_read():
    cell = (
        "<!--[if gte msEquation 12]><m:oMath><m:r>12</m:r></m:oMath><![endif]-->"
        '<![if !msEquation]><span><img src="a.png"></span><![endif]>'
    )
    page = f"<body><p>年度报告</p><table><tr><td>规章</td><td>{cell}</td></tr></table></body>"
    document = read_html(page.encode())
    assert isinstance(document, Document)
    assert "12" in document.text


@pytest.mark.parametrize(
    ("opening", "closing", "blank", "end"),
    [
        ("<p>", "</p>", "&nbsp;", "<br>\n"),
        ("<pre>", "</pre>", " ", "\n"),
        ("<div>", "", "\xa0", "<br>"),
    ],
)
def test_figures_that_stand_under_their_heads_by_blanks_alone_keep_their_columns(
    opening, closing, blank, end
):
    rows = [
        "项目              自然人  商业企业  科研机构  总计",
        "本年新收申请数量      12         3         5    20",
        "上年结转申请数量                 4               4",
        "予以公开               7         2               9",
        "不予公开               3                   1     4",
    ]
    page = f"<p>本年度有关情况如下，请予监督。</p>{opening}{end.join(rows)}{closing}"
    document = read_html(page.replace(" ", blank).encode())
    assert isinstance(document, Document)
    (table,) = [block for block in document.blocks if isinstance(block, Table)]
    carried = {cell.col: cell.text for cell in table.cells if cell.row == 2 and cell.text}
    assert carried == {0: "上年结转申请数量", 2: "4", 4: "4"}


@pytest.mark.parametrize(("letters", "is_read"), [(60, False), (61, True)])
def test_struck_words_of_a_line_are_left_out_and_a_struck_paragraph_is_not(letters, is_read):
    struck = ("收到申请99件" * 10)[:letters]
    content = document(f"<p>{PROSE}</p><p>收到申请84件<s>{struck}</s>。</p>")
    assert ("99" in content.text) is is_read


@pytest.mark.parametrize(
    ("depth", "tags", "is_read"),
    [(3000, 20_001, True), (3001, 20_001, False), (3001, 20_000, True)],
)
def test_only_a_page_of_many_elements_may_nest_too_many(depth: int, tags: int, *, is_read: bool):
    nested = f"<p>{PROSE}</p>" + "<b>" * depth
    content = read_html((nested + "<br>" * (tags - nested.count("<"))).encode())
    assert isinstance(content, Document) is is_read
    assert is_read or content.reason is Reason.TOO_DEEP
