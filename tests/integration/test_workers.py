"""A document that crashes, hangs or eats memory costs itself and no other."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = """
import sys, time, os, signal
from pathlib import Path
import pipeline.warehouse.workers as workers
from pipeline.settings import Settings
import evil

def main():
    tasks = [workers.Task(line.split()[1], Path(line.split()[0]).name, line.split()[0], 10)
             for line in sys.stdin]
    workers.worker.parse = evil.parse
    settings = Settings(jobs=2, timeout=2.0, memory=1 << 30)
    for outcome in workers.parse_all(tasks, settings):
        import pyarrow as pa
        table = pa.ipc.open_stream(outcome.tables["document"]).read_all()
        for row in table.to_pylist():
            print(row["document_id"][:8], row["reason"])

if __name__ == "__main__":
    main()
"""
EVIL = """
import os, time
from pathlib import Path
from pipeline.parsing import ParsedDocument
from pipeline.warehouse import worker

def parse(tasks):
    batches = worker.Batches()
    for task in tasks:
        text = Path(task.path).read_text()
        if text == "crash":
            os.abort()
        if text == "hang":
            time.sleep(600)
        if text == "eat":
            bytearray(8 << 30)
        document = ParsedDocument("", task.file_id, None, None, (), None)
        batches.add_file(task.file_id, [document])
    return batches.packed()
"""


@pytest.mark.parametrize(
    ("evil", "reason"),
    [("crash", "crashed"), ("hang", "timeout"), ("eat", "out_of_memory")],
)
def test_an_evil_document_costs_itself_only(tmp_path: Path, evil: str, reason: str) -> None:
    (tmp_path / "evil.py").write_text(EVIL, "utf-8")
    (tmp_path / "script.py").write_text(SCRIPT, "utf-8")
    lines = []
    for number in range(20):
        file = tmp_path / f"{number}.txt"
        file.write_text(evil if number == 7 else f"good {number}", "utf-8")
        lines.append(f"{file} {hashlib.sha256(file.read_bytes()).hexdigest()}")
    found = subprocess.run(
        [sys.executable, str(tmp_path / "script.py")],
        input="\n".join(lines),
        text=True,
        capture_output=True,
        timeout=90,
        check=True,
        env={**os.environ, "PYTHONPATH": f"{tmp_path}:{os.environ.get('PYTHONPATH', '')}"},
    )
    outcomes = dict(line.split() for line in found.stdout.splitlines())
    assert len(outcomes) == 20
    bad = hashlib.sha256(evil.encode()).hexdigest()[:8]
    assert outcomes.pop(bad) == reason
    assert set(outcomes.values()) == {"None"}
