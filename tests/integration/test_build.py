"""The command ``gongkai build`` on real files in a temporary folder."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import duckdb
import pytest
from building import build
from samples import GONGKAI, Samples, answer

from pipeline.settings import ROOT, Settings
from pipeline.warehouse.runs.record import RunRecord

ONE_BUILD = Path(__file__).with_name("one_build.py")


class Installation:
    """A raw folder and a warehouse of their own, driven through the command line."""

    def __init__(self, folder: Path) -> None:
        self.raw = folder / "raw"
        self.warehouse = folder / "warehouse"
        self.database = self.warehouse / "gongkai.duckdb"
        self._places = {"GONGKAI_RAW": str(self.raw), "GONGKAI_WAREHOUSE": str(self.warehouse)}

    def build(self) -> RunRecord:
        """Builds in this process, for whoever asks what readers see and not what is printed."""
        return build(Settings(raw=self.raw, warehouse=self.warehouse, jobs=2))

    def start(
        self, *arguments: str, environment: Mapping[str, str] = os.environ
    ) -> "subprocess.Popen[str]":
        return self._started([str(GONGKAI), *arguments], environment)

    def start_build(self) -> "subprocess.Popen[str]":
        """Builds in a process of its own, without the orchestrator."""
        return self._started([sys.executable, str(ONE_BUILD)], os.environ)

    def _started(
        self, command: list[str], environment: Mapping[str, str]
    ) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            command,
            env={**environment, **self._places},
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def run(self, *arguments: str, code: int = 0) -> str:
        process = self.start(*arguments)
        out, err = process.communicate(timeout=600)
        assert process.returncode == code, err
        return out if code == 0 else err

    def answer(self, *arguments: str, code: int = 0) -> str:
        """What a command says that is asked in this process."""
        done = answer(self._places, arguments)
        assert done.exit_code == code, done.output
        return done.stdout if code == 0 else done.stderr

    def loaded(self, *arguments: str) -> set[str]:
        """What a command loads, by the first part of each module's name."""
        environment = {**os.environ, "PYTHONPROFILEIMPORTTIME": "1"}
        _, told = self.start(*arguments, environment=environment).communicate(timeout=600)
        lines = (line.rpartition("|")[2].strip() for line in told.splitlines())
        return {name.partition(".")[0] for name in lines}

    def rows(self, sql: str) -> list[dict[str, object]]:
        with duckdb.connect(str(self.database), read_only=True) as reader:
            found = reader.execute(sql)
            names = [name for name, *_ in found.description or ()]
            return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    def facts(self) -> list[dict[str, object]]:
        return self.rows("SELECT * FROM fact_indicator ORDER BY ALL")

    def records(self) -> list[dict[str, object]]:
        runs = sorted((self.warehouse / "runs").glob("*.json"))
        return [json.loads(path.read_text("utf-8")) for path in runs]


@pytest.fixture
def installation(samples: Samples, tmp_path: Path) -> Installation:
    """Built already, and free to be changed."""
    return Installation(samples.copied(tmp_path))


@pytest.fixture(scope="module")
def built(samples: Samples) -> Installation:
    """Tests that use it do not change it."""
    return Installation(samples.folder)


def told(facts: list[dict[str, object]]) -> list[dict[str, object]]:
    """What reports say, whichever document and publication it is from."""
    return [
        {name: value for name, value in fact.items() if not name.endswith("_id")}
        | {"vintage": 0, "position": 1}
        for fact in facts
    ]


def test_a_night_after_nights(installation: Installation, samples: Samples) -> None:
    assert "5 seen, 5 parsed" in samples.summary
    facts = installation.facts()
    assert len(facts) >= 197

    summary = installation.run("build")
    assert "5 seen, 0 parsed" in summary
    assert "unchanged" in summary
    assert installation.facts() == facts
    assert len(installation.records()) == 2
    assert not installation.loaded("build") & {"dagster", "fastwarc", "jieba", "pandas"}
    assert len(installation.records()) == 3

    changed = next(installation.raw.glob("001*/*.txt"))
    changed.write_text(changed.read_text("utf-8") + "\n此页已更新。\n", "utf-8")
    assert "5 seen, 1 parsed" in installation.run("build")
    assert told(installation.facts()) == told(facts)

    changed.unlink()
    record = installation.build()
    assert (record.files_seen, record.files_new) == (4, 0)
    assert {fact["agency_id"] for fact in installation.facts()} < {f["agency_id"] for f in facts}


def test_what_is_no_report_is_quarantined_and_costs_nothing_else(
    installation: Installation, tmp_path: Path
) -> None:
    (installation.raw / "empty.txt").write_bytes(b"")
    (installation.raw / "binary.bin").write_bytes(bytes(range(256)) * 40)
    (installation.raw / "recipe.txt").write_text("将面粉与水混合，静置一小时。\n" * 20, "utf-8")
    (tmp_path / "secret.txt").write_text("外面的文件", "utf-8")
    (installation.raw / "link.txt").symlink_to(tmp_path / "secret.txt")
    (
        installation.raw / os.fsdecode("坏名\xff 甲\n乙.txt".encode("utf-8", "surrogateescape"))
    ).write_bytes(b"")
    os.mkfifo(installation.raw / "pipe")
    assert installation.build().files_seen == 11
    found = installation.rows("SELECT source_path, reason FROM quarantine ORDER BY source_path")
    reasons = {row["source_path"]: row["reason"] for row in found}
    assert reasons["empty.txt"] == "empty"
    assert reasons["binary.bin"] == "binary"
    assert reasons["recipe.txt"] == "not_a_report"
    assert reasons["link.txt"] == "outside_raw"
    assert reasons["pipe"] == "not_readable"
    assert len(installation.facts()) >= 197


def test_a_reader_keeps_what_it_opened_while_a_build_publishes(
    installation: Installation,
) -> None:
    with duckdb.connect(str(installation.database), read_only=True) as reader:
        before = reader.execute("SELECT count(*) FROM fact_indicator").fetchall()
        next(installation.raw.glob("001*/*.txt")).unlink()
        installation.build()
        assert reader.execute("SELECT count(*) FROM facts").fetchall() == before
    assert [(len(installation.facts()),)] < before


def test_the_second_of_two_builds_says_who_is_building(installation: Installation) -> None:
    next(installation.raw.glob("001*/*.txt")).unlink()
    first = installation.start_build()
    lock = installation.warehouse / ".lock"
    deadline = time.monotonic() + 300
    while not (lock.exists() and lock.read_text("utf-8")):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    error = installation.run("build", code=1)
    assert f"process {first.pid}" in error
    assert error.count("\n") == 1
    waiting = installation.start("build", "--wait", "60")
    assert first.communicate(timeout=600) and first.returncode == 0
    assert waiting.communicate(timeout=600) and waiting.returncode == 0
    assert len(installation.records()) == 3


def test_explain_shows_where_it_stands_and_what_contradicts_it(built: Installation) -> None:
    story = built.answer("explain", "高青县质量技术监督局", "2018", "disclosure.items")
    assert "17 条" in story
    assert "（一）主动公开政府信息数" in story
    assert "B-I1" in story.split("参与的核验")[1].splitlines()[1]
    source = next(built.raw.glob("002*/*.txt")).read_text("utf-8").split("\n")
    (line,) = [n for n, text in enumerate(source, 1) if text.startswith("（一）主动公开政府信息数")]
    assert f"第 {line} 行," in story


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("高青县质监局", "370322.quality_supervision"),
        ("gqxzj", "370322.quality_supervision"),
        ("收到申请", "requests.received"),
        ("B-I1", "B-I1"),
        ("fact_indicator", "fact_indicator"),
    ],
)
def test_find_knows_what_is_meant_and_what_to_type_next(
    built: Installation, words: str, found: str
) -> None:
    told = built.answer("find", words)
    assert found in told
    assert "→ gongkai query" in told


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["find", "zzzzzz"], 1, "nothing is called zzzzzz"),
        (["explain", "高青县质量技术监督", "2018", "disclosure.items"], 1, "高青县质量技术监督局"),
        (["explain", "高青县质量技术监督局", "2018", "disclosure.item"], 1, "disclosure.items"),
        (["explain", "高青县质量技术监督局", "2016", "disclosure.items"], 1, "2018"),
        (["query", "SELEC 1"], 1, "syntax error"),
        (["query", "DELETE FROM fact_indicator"], 1, "read-only"),
        (["query", "COPY facts TO 'stolen.csv'"], 1, "disabled"),
        (["query"], 2, "give either"),
        (["build", "--jobs", "0"], 2, "--jobs"),
    ],
)
def test_failures_are_clear_in_a_line_or_point_at_the_place(
    built: Installation, arguments: list[str], code: int, words: str
) -> None:
    lines = built.answer(*arguments, code=code).splitlines()
    pointed = lines[-3:] if lines[-1].strip() == "^" * len(lines[-1].strip()) else lines[-1:]
    assert words in pointed[0]


def test_a_build_that_fails_says_so_in_a_line(built: Installation) -> None:
    error = built.run("build", "--raw", "/nowhere/at/all", code=1)
    assert "no raw folder" in error.splitlines()[-1]
    assert "Traceback" not in error


def test_rollback_shows_readers_the_publication_before(installation: Installation) -> None:
    before = installation.facts()
    assert "no earlier publication" in installation.run("rollback", code=1)
    next(installation.raw.glob("002*/*.txt")).unlink()
    installation.build()
    assert installation.facts() != before
    installation.run("rollback")
    assert installation.facts() == before


def test_the_first_look_prints_a_comparison(built: Installation) -> None:
    shown = built.answer("query", "--file", str(ROOT / "docs" / "examples" / "first_look.sql"))
    for name in ("山东省质量技术监督局", "开封市质量技术监督局", "高青县质量技术监督局"):
        assert name in shown


def test_inspect_prints_what_it_sees_and_writes_nothing(built: Installation) -> None:
    sample = next(built.raw.glob("002*/*.txt"))
    before = sorted(built.warehouse.rglob("*"))
    assert "高青县质量技术监督局" in built.answer("inspect", str(sample))
    seen = json.loads(built.answer("inspect", str(sample), "--json"))
    (report,) = seen["documents"][0]["reports"]
    assert report["year"] == 2018
    assert sorted(built.warehouse.rglob("*")) == before
