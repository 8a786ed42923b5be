"""How workers are started, and tried again.

That a document which crashes, hangs or eats memory costs itself and no other is asked of both
engines, in ``test_engines``.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

SCRIPT = """
import sys
from pathlib import Path
import pipeline.warehouse.engines.workers as workers
from pipeline.settings import Settings
import evil

def main():
    tasks = [workers.Task(line.split()[1], Path(line.split()[0]).name, line.split()[0], 10)
             for line in sys.stdin]
    workers.parse = evil.parse
    settings = Settings(jobs=2, timeout=10.0, memory=1 << 30)
    for outcome in workers.parse_all(tasks, settings):
        import pyarrow as pa
        table = pa.ipc.open_stream(outcome.tables["document"]).read_all()
        for row in table.to_pylist():
            print(row["document_id"][:8], row["reason"])

if __name__ == "__main__":
    main()
"""
EVIL = """
import os
from pathlib import Path
from pipeline.parsing import DocumentResult
from pipeline.warehouse.engines import worker

def parse(tasks):
    batches = worker.RowBatches()
    for task in tasks:
        text = Path(task.path).read_text()
        if text == "crash once" and not Path(task.path).with_suffix(".met").exists():
            Path(task.path).with_suffix(".met").touch()
            os.abort()
        document = DocumentResult("", task.file_id, None, None, (), None)
        batches.add_file(task, [document])
    return batches.packed()
"""

AHEAD = """
import os
from multiprocessing import forkserver
import pipeline.warehouse.engines.workers as workers
from pipeline.settings import Settings

if __name__ == "__main__":
    workers._PRELOAD = "json"  # what readers load is not what is asked here
    workers.start = abs
    workers.load_ahead()
    server = forkserver._forkserver._forkserver_pid
    with workers.Workers(Settings(jobs=1)) as pool:
        print(server, pool._pool.schedule(os.getppid).result())
"""


def test_a_document_alone_is_given_a_second_try(tmp_path: Path) -> None:
    """What killed a worker may have been the machine's trouble and not the document's."""
    assert outcomes_of(tmp_path, ["crash once"]) == {short("crash once"): "None"}


def test_what_was_loaded_ahead_is_not_loaded_again(tmp_path: Path) -> None:
    """Workers are forked from the server that began to load while something else was under way."""
    (tmp_path / "script.py").write_text(AHEAD, "utf-8")
    command = [sys.executable, str(tmp_path / "script.py")]
    found = subprocess.run(command, text=True, capture_output=True, timeout=600, check=True)
    server, parent_of_worker = found.stdout.split()
    assert server == parent_of_worker


def short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def outcomes_of(folder: Path, texts: list[str]) -> dict[str, str]:
    """Parses files in a process of their own; returns the reason by hash."""
    (folder / "evil.py").write_text(EVIL, "utf-8")
    (folder / "script.py").write_text(SCRIPT, "utf-8")
    lines = []
    for number, text in enumerate(texts):
        file = folder / f"{number}.txt"
        file.write_text(text, "utf-8")
        lines.append(f"{file} {hashlib.sha256(file.read_bytes()).hexdigest()}")
    found = subprocess.run(
        [sys.executable, str(folder / "script.py")],
        input="\n".join(lines),
        text=True,
        capture_output=True,
        timeout=600,
        check=True,
        env={**os.environ, "PYTHONPATH": f"{folder}:{os.environ.get('PYTHONPATH', '')}"},
    )
    return dict(line.split() for line in found.stdout.splitlines())
