"""``gongkai serve --review``: what a person settles is a line that the next build takes."""

import hashlib
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import unescape
from importlib import resources
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlencode

import pytest
from building import build
from click.testing import CliRunner
from explorer.browsing import ARGUMENTS

import gongkai
from pipeline.cli import cli
from pipeline.settings import ROOT, Settings
from tests.integration.chromium import CHROMIUM

pytest.importorskip("vl_convert", reason="needs pip install -e '.[explorer]'")
GONGKAI = str(Path(sys.executable).with_name("gongkai"))
CRAWLED = ROOT / "tests" / "golden" / "crawled"
GLUED = "行政规范性文件123118"
ITEMS = "（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）\t条\t17"


@dataclass
class Office:
    """A warehouse with things to settle, and its explorer.

    Attributes:
        folder: Where all of it is.
        port: Where the explorer listens.
    """

    folder: Path
    port: int

    @property
    def decisions(self) -> Path:
        return self.folder / "decisions.yml"

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "GONGKAI_RAW": str(self.folder / "raw"),
            "GONGKAI_WAREHOUSE": str(self.folder / "warehouse"),
            "GONGKAI_DECISIONS": str(self.decisions),
            "PYTHONPATH": str(ROOT),
        }

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def build(self) -> None:
        build(replace(Settings.from_environment(self.environment), jobs=2))

    def get(self, path: str) -> str:
        with urllib.request.urlopen(self.address + path, timeout=60) as answer:
            return str(answer.read().decode())

    def post(self, form: list[tuple[str, str]], **headers: str) -> tuple[int, str]:
        """Sends an answer as a browser would and returns status and page, not what follows."""
        given = {"Origin": self.address, **{k.replace("_", "-"): v for k, v in headers.items()}}
        request = urllib.request.Request(
            f"{self.address}/review", urlencode(form).encode(), given, method="POST"
        )
        opener = urllib.request.build_opener(Stays)
        try:
            with opener.open(request, timeout=60) as answer:
                return answer.status, unescape(answer.read().decode())
        except urllib.error.HTTPError as error:
            return error.code, unescape(error.read().decode())

    def form(self, kind: str, quote: str, **given: str) -> list[tuple[str, str]]:
        """The form of the row on the page, filled in."""
        page = self.get("/review")
        (form,) = (
            one
            for one in re.findall(r"<form method=\"post\".*?</form>", page, re.DOTALL)
            if quote in unescape(one)
        )
        hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form)
        fields = [(name, unescape(value)) for name, value in hidden]
        filled = {"kind": kind, "reviewer": "王<b>某", "reason": "对照原件", **given}
        return [*fields, *filled.items()]


class Stays(urllib.request.HTTPRedirectHandler):
    """Follows no redirection."""

    def redirect_request(self, *_: object) -> None:
        return None


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("office")
    raw = folder / "raw"
    raw.mkdir()
    shutil.copy(CRAWLED / "X13_city_glued.txt", raw / "glued.txt")
    unsigned = (CRAWLED / "B15_sentences_behind.txt").read_text("utf-8")
    (raw / "unsigned.txt").write_text(unsigned.replace("怀宁县财政局", "本单位"), "utf-8")
    shutil.copy(next((ROOT / "data" / "raw").glob("002*/*.txt")), raw / "disputed.txt")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        made = Office(folder, free.getsockname()[1])
    made.decisions.touch()
    made.build()
    command = [GONGKAI, "serve", "--review", "--port", str(made.port)]
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(command, env=made.environment, stdout=log, stderr=log)
    for _ in range(120):
        try:
            made.get("/publication")
            break
        except OSError:
            time.sleep(0.5)
    yield made
    server.terminate()
    server.wait()


@pytest.fixture(autouse=True)
def nothing_decided(office: Office) -> None:
    """What one test wrote down is not what the next one meets."""
    office.decisions.write_text("", "utf-8")


@pytest.mark.parametrize(
    ("lang", "heads"),
    [
        ("zh", ["未认定的机关", "读不出的格", "读不出的格", "自相矛盾的数"]),
        (
            "en",
            [
                "An agency that was not recognised",
                "Cells that cannot be read",
                "Cells that cannot be read",
                "A number that the report contradicts",
            ],
        ),
    ],
)
def test_what_would_add_most_comes_first(office: Office, lang: str, heads: list[str]) -> None:
    page = office.get(f"/review?lang={lang}")
    found = re.findall(r'<h2 id="item-\d+">(.*?) <span class="note">.*?(\d+)?\D*</span>', page)
    assert [head for head, _ in found[:4]] == heads
    adds = [int(number or 0) for _, number in found]
    assert adds == sorted(adds, reverse=True)
    assert adds[0] > 20
    assert "evidence?observation=" in page


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": ""},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "http://evil.example"},
        {"Host": "evil.example"},
    ],
)
def test_an_answer_from_elsewhere_is_refused(office: Office, headers: dict[str, str]) -> None:
    status, _ = office.post(office.form("reading", GLUED, value="12 3 118"), **headers)
    assert status in (400, 403)
    assert office.decisions.read_text("utf-8") == ""


def test_an_answer_without_the_token_of_this_server_is_refused(office: Office) -> None:
    form = office.form("reading", GLUED, value="12 3 118")
    for token in ("", "x" * 32):
        changed = [(name, token if name == "token" else value) for name, value in form]
        assert office.post(changed)[0] == 403
    assert office.decisions.read_text("utf-8") == ""


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"value": "12 3"}, "3 cells and 2 were transcribed"),
        ({"value": "12 3 119"}, "do not stand in the row"),
        ({"value": "12 3 118", "reviewer": ""}, "at least 1 character"),
        ({"value": "12 3 118", "reason": ""}, "at least 2 characters"),
    ],
)
def test_an_answer_that_is_not_whole_is_told_and_not_written(
    office: Office, given: dict[str, str], said: str
) -> None:
    status, page = office.post(office.form("reading", GLUED, **given))
    assert status == 400
    assert said in page
    assert office.decisions.read_text("utf-8") == ""


def test_what_is_decided_by_hand_is_pending_too(office: Office) -> None:
    digest = hashlib.sha256((office.folder / "raw" / "glued.txt").read_bytes()).hexdigest()
    office.decisions.write_text(
        f"decisions:\n  - kind: reading\n    expect: {{document: {digest}, quote: {GLUED}}}\n"
        "    indicator: normative_documents.repealed\n    value: '3'\n    reviewer: 李某\n"
        "    decided_on: 2026-11-28\n    reason: 对照原件\n",
        "utf-8",
    )
    assert "1 条决定已写下" in office.get("/review")
    office.decisions.write_text("decisions: [", "utf-8")
    with pytest.raises(urllib.error.HTTPError) as told:
        office.get("/review")
    assert "decisions.yml" in told.value.read().decode()


def test_nobody_may_answer_unless_the_operator_says_so(tmp_path: Path) -> None:
    (tmp_path / "gongkai.duckdb").touch()
    arguments = ["serve", "--review", "--host", "0.0.0.0", "--warehouse", str(tmp_path)]
    done = CliRunner().invoke(cli, arguments)
    assert done.exit_code == 1
    assert "this machine alone" in done.stderr


@pytest.mark.parametrize(("lang", "width"), [("zh", 390), ("en", 1280)])
def test_a_person_settles_a_row_in_a_browser(office: Office, lang: str, width: int) -> None:
    if CHROMIUM is None or find_spec("playwright") is None:
        pytest.skip("needs Chromium and pip install -e '.[browser]'")
    from playwright.sync_api import sync_playwright

    words = {
        "zh": ("复核人", "就是这样印的", "3 条决定已写下"),
        "en": ("Reviewer", "This is what is printed", "3 decisions are written down"),
    }
    reviewer, button, written = words[lang]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.set_default_timeout(60_000)
        mishaps: list[str] = []
        page.on("console", lambda message: mishaps.append(message.text))
        page.goto(f"{office.address}/review?lang={lang}")
        axe = resources.files("axe_playwright_python") / "axe.min.js"
        page.evaluate(f"(() => {{ {axe.read_text('utf-8')} }})()")
        assert page.evaluate("axe.run()")["violations"] == []
        item = page.locator("section.review", has_text=GLUED)
        item.get_by_label("12 3 118", exact=True).check()
        item.get_by_label(reviewer).fill("王某")
        item.get_by_role("button", name=button).click()
        page.get_by_text(written).wait_for()
        assert page.locator("section.review", has_text=GLUED).count() == 0
        assert page.get_by_label(reviewer).first.input_value() == "王某"
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        browser.close()
    assert mishaps == []


def test_every_kind_of_answer_is_taken_by_the_next_build(office: Office) -> None:
    answers = [
        office.form("reading", GLUED, candidate="12 3 118"),
        office.form("agency", 'name="agency"', agency="安徽省怀宁县财政局"),
        office.form("withhold", ITEMS),
        office.form("confirm", "2. 政府网站公开政府信息数\t条\t12"),
    ]
    for form in answers:
        assert office.post(form)[0] == 303
    assert "6 条决定已写下" in office.get("/review")
    assert GLUED not in office.get("/review")
    again, page = office.post(answers[0])
    assert (again, "decided twice" in page) == (400, True)

    office.build()

    with gongkai.open(office.folder / "warehouse") as warehouse:
        (issued,) = warehouse.facts(
            agency="衢州市人民政府", indicator="normative_documents.issued"
        ).to_dict("records")
        assert (issued["value"], issued["source"]) == (12, "reviewed")
        assert not warehouse.facts(agency="怀宁县财政局", indicator="requests.received").empty
        assert warehouse.facts(agency="高青县质监局", indicator="disclosure.items").empty
    key = urlencode({"agency": "330800.government", "year": 2023})
    for lang, whose in (("zh", "人工复核"), ("en", "Reviewed by a person")):
        page = office.get(f"/evidence?{key}&indicator=normative_documents.issued&lang={lang}")
        assert whose in page
        assert "王&lt;b&gt;某" in page
    told = ["explain", "衢州市人民政府", "2023", "normative_documents.issued"]
    done = CliRunner().invoke(cli, [*told, "--warehouse", str(office.folder / "warehouse")])
    assert "（reading），王<b>某 于" in done.stdout
