"""Names, sidecars and pages that once ended every night: the rest is published all the same."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from building import build
from samples import GONGKAI, answer

from pipeline.settings import ROOT, Settings

pytestmark = pytest.mark.slow

SAMPLE = next((ROOT / "data" / "raw").glob("002_*/*.txt"))
PAGE = "<html><body><h1>高青县质量技术监督局2016年政府信息公开工作年度报告</h1><p>收到申请3件。"


def traps(raw: Path) -> None:
    shutil.copy(SAMPLE, raw / "good.txt")
    shutil.copy(SAMPLE, raw / f"{'长' * 81}.txt")
    for name in (b"a\xff.txt", rb"a\xff.txt"):
        Path(os.fsdecode(os.fsencode(raw) + b"/" + name)).write_bytes(b"x")
    (raw / "loop").symlink_to("loop")
    for name, sidecar in {
        "date": "added: 2018-13-01\n",
        "number": f"n: {'9' * 5000}\n",
        "deep": "[" * 5000,
        "alias": "a: &a [x]\nb: [*a]\n",
    }.items():
        (raw / f"{name}.txt").write_bytes(SAMPLE.read_bytes() + name.encode())
        (raw / f"{name}.txt.origin.yml").write_text(sidecar, "utf-8")
    (raw / "pipe.txt").write_bytes(SAMPLE.read_bytes() + b"pipe")
    os.mkfifo(raw / "pipe.txt.origin.yml")
    shutil.copy(SAMPLE, raw / "far.txt")
    os.utime(raw / "far.txt", (15_000_000_000, 15_000_000_000))
    with (raw / "holes.txt").open("wb") as sparse:
        sparse.truncate(8 << 40)
    page = {"url": "http://a.example/\ud800", "html": PAGE, "title": "\udc00"}
    (raw / "surrogate.jsonl").write_text(json.dumps(page) + "\n", "utf-8")
    twice = pa.table([pa.array([PAGE]), pa.array([PAGE])], names=["html", "html"])
    pq.write_table(twice, raw / "twice.parquet")


def asked(warehouse: Path, sql: str) -> list[dict[str, object]]:
    words = ("query", sql, "--format", "json", "--warehouse", str(warehouse))
    rows: list[dict[str, object]] = json.loads(answer({}, words).stdout)
    return rows


def test_the_rest_is_published_each_trap_is_told_and_the_next_build_is_clean(
    tmp_path: Path,
) -> None:
    raw, warehouse = tmp_path / "raw", tmp_path / "warehouse"
    raw.mkdir()
    traps(raw)
    command = [str(GONGKAI), "build", "--raw", str(raw), "--warehouse", str(warehouse)]
    first = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert first.returncode == 0, first.stderr
    for name in ("date", "number", "deep", "alias", "pipe"):
        assert f"{name}.txt.origin.yml is passed over" in first.stdout + first.stderr
    told = "SELECT source_path, reason FROM quarantine ORDER BY 1"
    reasons = {row["source_path"]: row["reason"] for row in asked(warehouse, told)}
    assert reasons["holes.txt"] == "too_large"
    assert reasons["loop"] == "not_readable"
    assert reasons["twice.parquet"] == "unsupported"
    assert "good.txt" not in reasons
    assert "surrogate.jsonl" not in reasons
    facts = "SELECT count(*) AS n FROM facts WHERE year = 2018"
    ((counted,),) = (row.values() for row in asked(warehouse, facts))
    assert isinstance(counted, int) and counted > 60
    again = build(Settings(raw=raw, warehouse=warehouse, jobs=2))
    assert "crashed" not in again.quarantine
