"""Pages whose words stand in a script are read as a browser shows them; programs are not."""

import json
from base64 import b64encode

import pytest

from pipeline.model.document import Document, Reason, Rejection
from pipeline.readers.html.html_reader import read_html

WORDS = (
    "<p>根据《条例》要求，现公布某局2018年政府信息公开工作年度报告。</p>" * 6
    + '<table><tr><td rowspan="1">收到申请数</td><td>件</td><td>31</td></tr></table>'
)
DATA = json.dumps({"props": {"id": 7, "page": [{"title": "报告", "content": WORDS}]}})


ESCAPED = WORDS.replace("</", "<\\/")
QUOTED = json.dumps(WORDS).replace("</", "<\\/")
PACKED = b64encode(WORDS.encode()).decode()


@pytest.mark.parametrize(
    "script",
    [
        f'<script type="application/json">{DATA}</script>',
        f'<script type="text/template">{WORDS}</script>',
        f"<script>var words = {QUOTED};</script>",
        f"<script>show('{ESCAPED}')</script>",
        f"<script>show('{PACKED}')</script>",
    ],
    ids=["data", "template", "string", "single quotes", "packed"],
)
def test_words_in_a_script_are_read_and_it_is_told(script: str):
    page = f'<title>某局年报</title><body><h1>某局年报</h1><div id="app"></div>{script}</body>'
    document = read_html(page.encode())
    assert isinstance(document, Document)
    assert document.title == "某局年报"
    assert "31" in document.text
    assert any("script" in notice for notice in document.notices)


@pytest.mark.parametrize(
    "script",
    ["<script>var a = 1;</script>", f"<script>// {'x' * 300}\nrun('<b>1</b>')</script>"],
)
def test_a_program_is_no_content(script: str):
    found = read_html(f'<body><div id="app"></div>{script}</body>'.encode())
    assert isinstance(found, Rejection)
    assert found.reason is Reason.JAVASCRIPT_SHELL


def test_a_page_with_words_of_its_own_keeps_to_them():
    own = "<p>本机关全年主动公开政府信息二百三十六条，其中通过网站公开的占绝大部分。</p>" * 4
    found = read_html(f'<body>{own}<script type="text/template">{WORDS}</script>'.encode())
    assert isinstance(found, Document)
    assert "31" not in found.text
