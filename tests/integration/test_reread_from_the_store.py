"""What gives reports another meaning is read from the store: no raw file is opened again."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from pipeline.settings import ROOT

PDFS = ROOT / "tests" / "golden" / "formats"
COPIES = 1
ONE_BUILD = Path(__file__).with_name("one_build.py")
SECONDS = 240
# Loaded by every process of Python before anything else: writes down what is opened.
WATCH = """
import os, sys

def watch(event, arguments):
    if event == "open" and isinstance(arguments[0], (str, bytes)):
        path = os.fsdecode(arguments[0])
        if path.startswith(os.environ["WATCHED"]) and not path.endswith(".origin.yml"):
            with open(os.environ["OPENED"], "a") as log:
                log.write(path + chr(10))

sys.addaudithook(watch)
"""
REPORT = """高青县质量技术监督局2018年政府信息公开工作年度报告

统计指标\t单位\t统计数
一、主动公开情况\t\t
（一）全年晒出来的东西\t条\t33
（二）通过不同渠道和方式公开政府信息的情况\t\t
1.政府公报公开政府信息数\t条\t1
2.政府网站公开政府信息数\t条\t31
"""


class Installed:
    """A copy of the program that a test may change, with a raw folder of PDFs."""

    def __init__(self, folder: Path) -> None:
        self.code, self.raw, self.opened = folder / "code", folder / "raw", folder / "opened"
        self.warehouse = folder / "warehouse"
        for name in ("pipeline", "sql"):
            shutil.copytree(ROOT / name, self.code / name)  # compiled as it is
        shutil.copy(ROOT / "dagster.yaml", self.code)
        (self.code / "sitecustomize.py").write_text(WATCH, "utf-8")
        self.raw.mkdir()
        (self.raw / "report.txt").write_text(REPORT, "utf-8")
        for name in ("form_over_pages", "form_repeated"):
            data = (PDFS / f"{name}.pdf").read_bytes()
            for number in range(COPIES):
                (self.raw / f"{name}-{number}.pdf").write_bytes(data + b"%% %d\n" % number)

        for file in self.raw.iterdir():
            # What was written a moment ago is hashed again, as it may change within the tick.
            os.utime(file, (1_700_000_000, 1_700_000_000))

    def change(self, name: str, old: str, new: str) -> None:
        path = self.code / "pipeline" / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")

    def build(self) -> list[str]:
        """Builds, and returns what was opened below the raw folder."""
        self.opened.unlink(missing_ok=True)
        environment = {
            **os.environ,
            "PYTHONPATH": str(self.code),
            "GONGKAI_RAW": str(self.raw),
            "GONGKAI_WAREHOUSE": str(self.warehouse),
            "WATCHED": str(self.raw),
            "OPENED": str(self.opened),
        }
        done = subprocess.run(
            [sys.executable, str(ONE_BUILD)],
            env=environment,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
            cwd=self.code,
        )
        assert done.returncode == 0, done.stderr
        return self.opened.read_text("utf-8").splitlines() if self.opened.exists() else []

    def parsed(self) -> int:
        record = max((self.warehouse / "runs").glob("*.json")).read_text("utf-8")
        return int(json.loads(record)["files_new"])

    def value_of(self, indicator: str) -> list[tuple[object, ...]]:
        with duckdb.connect(str(self.warehouse / "gongkai.duckdb"), read_only=True) as connection:
            return connection.execute(
                "SELECT value::INT FROM fact_indicator WHERE indicator_id = ? "
                "AND agency_id = '370322.quality_supervision'",
                [indicator],
            ).fetchall()


@pytest.mark.slow
def test_a_label_alias_opens_no_file_again(tmp_path: Path) -> None:
    installed = Installed(tmp_path)
    opened = installed.build()
    assert len({path for path in opened if path.endswith(".pdf")}) == 2 * COPIES
    assert installed.parsed() == 2 * COPIES + 1
    assert installed.value_of("disclosure.items") == []

    installed.change(
        "forms/data/form_B.yml",
        "{label: 主动公开政府信息数,",
        "{label: 主动公开政府信息数, aliases: [全年晒出来的东西],",
    )
    assert installed.build() == []
    assert installed.parsed() == 2 * COPIES + 1
    assert installed.value_of("disclosure.items") == [(33,)]
