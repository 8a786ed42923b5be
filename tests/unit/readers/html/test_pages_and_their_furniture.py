"""What a web page says of itself, what of it is furniture, and when it has no content."""

import pytest

from pipeline.model.document import Document, Paragraph
from pipeline.readers.html.html_reader import read_html

LINE = "根据条例现公布本机关年度报告全年公开信息二百三十六条"
PROSE = f"<p>{LINE * 6}。</p>"
LINKS = "".join(f'<li><a href="/{n}">栏目{n}</a></li>' for n in range(8))


def page(body: str, head: str = "") -> Document | str:
    """A page as read, or why it has no content."""
    read = read_html(f"<html><head>{head}</head><body>{body}</body></html>".encode())
    return read if isinstance(read, Document) else read.reason.value


def said(body: str, head: str = "") -> dict[str, str]:
    """What a page with content says of itself."""
    read = page(f"{body}{PROSE}", head)
    assert isinstance(read, Document)
    return read.metadata


def kept(body: str) -> list[str]:
    """What is read of a page besides its content."""
    read = page(f"{PROSE}{body}")
    assert isinstance(read, Document)
    texts = (
        block.text if isinstance(block, Paragraph) else "|".join(cell.text for cell in block.cells)
        for block in read.blocks
    )
    return [text for text in texts if not text.startswith(LINE)]


def cut_off(text: str) -> str:
    """What is read of a page that ends in a text."""
    read = read_html(f"<body>{PROSE}<p>{text}".encode())
    assert isinstance(read, Document)
    return read.text.rpartition("。")[2].strip()


def shell(body: str, head: str = "") -> str:
    """Why a page has no content, empty where it has some."""
    read = page(body, head)
    return read if isinstance(read, str) else ""


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>索引号：A-12</p>", {"索引号": "A-12"}),
        ("<p>索引号: A-12 发布机构：某局</p>", {"索引号": "A-12", "发布机构": "某局"}),
        ("<p>索引号：A-12</p><p>索引号：B-13</p>", {"索引号": "A-12"}),
        ("<p>发布日期：2020-01-05</p>", {"发布日期": "2020-01-05"}),
        ("<p>电话：123</p>", {}),
        ("<p>索引号：</p>", {}),
        ("<p>【索引号：A-12】</p>", {"索引号": "A-12"}),
        (
            "<table><tr><td>索引号<td>A-12<tr><td>发布机构<td>某局</table>",
            {"索引号": "A-12", "发布机构": "某局"},
        ),
        ("<table><tr><td>索引号<td>A-12<tr><td>件数<td>7</table>", {}),
        ("<table><tr><td>索引号<td>发布机构<tr><td>A-12<td>某局</table>", {}),
        (
            "<table><tr><td>索引号<td>A-12<td>发布机构<td>某<br>局</table>",
            {"索引号": "A-12", "发布机构": "某 局"},
        ),
        (
            "<table><tr><td>索引号：A-12<td>发布机构：某局</table>",
            {"索引号": "A-12", "发布机构": "某局"},
        ),
        ("<table><tr><td>索引号：A-12<td>件数</table>", {}),
        ("<table><tr><td>索引号<td>A-12<td>名称<td></table>", {}),
    ],
)
def test_labels_with_values_tell_of_the_page(body: str, expected: dict[str, str]) -> None:
    assert said(body) == expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ('<meta name="ArticleTitle" content="年报">', {"ArticleTitle": "年报"}),
        ('<meta property="og:title" content=" 年 报 ">', {"og:title": "年 报"}),
        (
            '<meta name="ArticleTitle" content="年报"><meta name="ArticleTitle" content="其他">',
            {"ArticleTitle": "年报"},
        ),
        ('<meta name="ArticleTitle" content="">', {}),
        ('<meta content="年报">', {}),
        ('<meta name="Viewport" content="width=1">', {}),
    ],
)
def test_elements_of_the_head_tell_of_the_page_but_for_the_technical(
    head: str, expected: dict[str, str]
) -> None:
    assert said("", head) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>扫一扫在手机打开</p>", []),
        ("<p>扫一扫" + "文" * 197 + "</p>", []),
        ("<p>扫一扫" + "文" * 198 + "</p>", ["扫一扫" + "文" * 198]),
        (f"<ul>{LINKS}</ul>", []),
        ("".join(f"<li><a href='/{n}'>栏目</a>" for n in range(3)), ["栏目", "栏目", "栏目"]),
        ("<ul>" + "".join(f"<li><a href='/{n}'>栏目</a>之下" for n in range(4)) + "</ul>", []),
        ("<ul>" + "".join(f"<li><a href='/{n}'>栏</a>{'字' * 14}" for n in range(4)) + "</ul>", []),
        (
            "<ul>" + "".join(f"<li><a href='/{n}'>栏</a>{'字' * 15}" for n in range(4)) + "</ul>",
            ["栏" + "字" * 15, "栏" + "字" * 15, "栏" + "字" * 15, "栏" + "字" * 15],
        ),
        ("<ul>" + LINKS + "<li>" + "文" * 24 + "</ul>", []),
        (
            "<ul>" + LINKS + "<li>" + "文" * 25 + "</ul>",
            ["栏目0", "栏目1", "栏目2", "栏目3", "栏目4", "栏目5", "栏目6", "栏目7", "文" * 25],
        ),
        ("<ul>" + LINKS + "<li>扫一扫" + "文" * 25 + "</ul>", []),
        ("<div class='related'><p>收到申请五件</p></div>", []),
        (
            "<div class='related'><table><tr><td>收到<td>5<tr><td>办结<td>5</table></div>",
            ["收到|5|办结|5"],
        ),
        ("<div class='related'><table><tr><td>收到<td>5<td>件</table></div>", []),
        (
            "<div class='related'><table>"
            + "<tr><td><a href='/1'>收到申请</a><td>5" * 2
            + "</table></div>",
            [],
        ),
    ],
)
def test_furniture_is_left_out(body: str, expected: list[str]) -> None:
    assert kept(body) == expected


@pytest.mark.parametrize(
    ("body", "head", "expected"),
    [
        (f"<ul>{LINKS}</ul>", "", "list_page"),
        ("<p>目录</p>" + "<a href='/1'>一</a>" * 7, "", ""),
        ("<p>目录</p>" + "<a href='/1'>一</a>" * 8, "", "list_page"),
        ("<p>下载</p><a href='/a.pdf'>附件</a>", "", "attachment_only"),
        ("<p>下载</p><a href='/a.PDF?id=3'>附件</a>", "", "attachment_only"),
        ("<p>下载</p><iframe src='/view?file=/a.pdf&x=1'></iframe>", "", "attachment_only"),
        ("<p>下载</p><object data='/a.docx#2'></object>", "", "attachment_only"),
        ("<p>下载</p><a href='/a.html'>附件</a>", "", ""),
        ("<p>收到申请五件。</p><a href='/a.pdf'>附件</a>", "", ""),
        (f"<p>{'文' * 120}</p><a href='/a.pdf'>附件</a>", "", ""),
        (f"<p>{'文' * 121}</p><a href='/a.pdf'>附件</a>", "", ""),
        (f"<p>索引号：{'文' * 130}</p><a href='/a.pdf'>附件</a>", "", "attachment_only"),
        ("<table><tr><td>收到<td>5<tr><td>办结<td>5</table><a href='/a.pdf'>附件</a>", "", ""),
        (
            "<table><tr><td>索引号<td>A<tr><td>名称<td>年报</table><a href='/a.pdf'>附件</a>",
            "",
            "attachment_only",
        ),
        (f"<p>{'文' * 59}</p>", "<script>var a;</script>", "javascript_shell"),
        (f"<p>{'文' * 60}</p>", "<script>var a;</script>", ""),
        ("<p>加载中</p>", "", ""),
        ("", "", "no_text"),
        ("<table><tr><td>索引号<td>A<tr><td>名称<td>年报</table>", "", "no_text"),
        ("<table><tr><td>索引号<td>A<tr><td>件数<td>7</table>", "", ""),
    ],
)
def test_a_page_without_content_says_why(body: str, head: str, expected: str) -> None:
    assert shell(body, head) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("共收到申请25", "共收到申请"),
        ("共收到申请2,5", "共收到申请"),
        ("共收到申请25件", "共收到申请25件"),
        ("共收到申请25</p></body>", "共收到申请25"),
        ("共收到申请A25", "共收到申请A"),
    ],
)
def test_a_number_cut_off_at_the_end_is_not_read(text: str, expected: str) -> None:
    assert cut_off(text) == expected
