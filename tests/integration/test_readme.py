"""The READMEs against the program: what they print is printed, what they ask is answered."""

import json
import os
import re
import shlex
import subprocess
from pathlib import Path

import pytest
from samples import GONGKAI, Samples, answer

from pipeline.model.document import Reason
from pipeline.settings import ROOT
from tests.some import some

READMES = ("README.md", "README.zh.md")


class Warehouse:
    """The warehouse of ``data/raw``."""

    def __init__(self, samples: Samples) -> None:
        self.folder = samples.warehouse
        self.summary = samples.summary

    def run(self, *arguments: str) -> str:
        done = answer({"GONGKAI_WAREHOUSE": str(self.folder)}, arguments)
        assert done.exit_code == 0, done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def warehouse(samples: Samples) -> Warehouse:
    return Warehouse(samples)


def blocks(name: str, language: str) -> list[str]:
    text = (ROOT / name).read_text("utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


def squeezed(text: str) -> set[str]:
    return {" ".join(line.split()) for line in text.splitlines()}


@pytest.mark.parametrize("name", READMES)
def test_every_query_answers(name: str, warehouse: Warehouse) -> None:
    queries = blocks(name, "sql")
    assert len(queries) == 3
    for sql in queries:
        assert json.loads(warehouse.run("query", sql, "--format", "json"))


PAGES = (*READMES, *(f"docs/{page.name}" for page in sorted((ROOT / "docs").glob("*.md"))))
ELSEWHERE = ("make", "pip", "serve", "mcp")
"""Run by CI itself, or, what goes on until it is stopped, in a test of its own."""


def commands(name: str) -> list[list[str]]:
    """The lines of the shell on a page, without remarks and ``.venv/bin/``."""
    lines = "\n".join(blocks(name, "sh")).replace("\\\n", " ").splitlines()
    words = [shlex.split(line, comments=True) for line in lines]
    return [[one[0].removeprefix(".venv/bin/"), *one[1:]] for one in words if one]


def test_every_command_of_every_page_runs(samples: Samples, tmp_path: Path) -> None:
    folder = samples.copied(tmp_path / "data")
    environment = {**os.environ, "GONGKAI_RAW": "data/raw", "GONGKAI_WAREHOUSE": "data/warehouse"}
    ran: list[list[str]] = []
    for words in (words for name in PAGES for words in commands(name)):
        if words[0] in ELSEWHERE or words[1] in ELSEWHERE or words in ran:
            continue
        assert words[0] == "gongkai", f"nobody tests {words}"
        done = subprocess.run(
            [str(GONGKAI), *words[1:]],
            cwd=folder.parent,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=600,
        )
        told = done.returncode == 1 and words[1] in ("status", "rollback")
        assert done.returncode == 0 or told, f"{words}: {done.stderr}"
        assert "Traceback" not in done.stderr
        ran.append(words)
    assert len(ran) >= 10


@pytest.mark.parametrize("name", READMES)
def test_what_is_shown_is_what_is_printed(name: str, warehouse: Warehouse) -> None:
    printed = squeezed(
        warehouse.run("query", "--file", str(ROOT / "docs" / "examples" / "first_look.sql"))
        + warehouse.run("explain", "高青县质量技术监督局", "2018", "disclosure.items")
    )
    for block in some(blocks(name, "text")):
        untrue = squeezed(block) - printed - {"…"}
        assert not untrue, f"{name} shows what is not printed any more"


@pytest.mark.parametrize("name", READMES)
def test_every_table_and_view_is_told(name: str, warehouse: Warehouse) -> None:
    text = (ROOT / name).read_text("utf-8")
    found = json.loads(warehouse.run("query", "SHOW TABLES", "--format", "json"))
    for row in some(found):
        assert f"`{row['name']}`" in text


@pytest.mark.parametrize("name", READMES)
def test_every_reason_of_the_quarantine_is_told(name: str) -> None:
    told = set(re.findall(r"`(\w+)`", (ROOT / name).read_text("utf-8")))
    assert {str(reason) for reason in Reason} <= told


def test_the_changelog_counts_what_there_is(warehouse: Warehouse) -> None:
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    facts = re.search(r"^facts +(\d+)", warehouse.summary, re.MULTILINE)
    failed = re.search(r"^checks failed +(\d+)", warehouse.summary, re.MULTILINE)
    assert facts and f"{facts[1]} facts" in text
    assert failed and f"{failed[1]} checks fail" in text
