"""The wheel by itself: what pip installs runs where there is no checkout."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import venv
from pathlib import Path

import pandas as pd
import pytest

from pipeline.settings import ROOT

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of an environment into which pip put a freshly built wheel.

    What the wheel requires is not fetched again: it is that of this environment, without the
    checkout, which is there as an entry of a ``.pth`` file alone.
    """
    folder = tmp_path_factory.mktemp("wheel")
    build = "import sys; from setuptools.build_meta import build_wheel; build_wheel(sys.argv[1])"
    source = folder / "source"
    copy = ["git", "-C", str(ROOT), "ls-files", "-z"]
    listed = subprocess.run(copy, check=True, capture_output=True).stdout.decode().split("\0")
    for name in filter(None, listed):
        if (ROOT / name).is_symlink() or (ROOT / name).is_file():
            target = source / name
            target.parent.mkdir(parents=True, exist_ok=True)
            if (ROOT / name).is_symlink():
                target.symlink_to((ROOT / name).readlink())
            else:
                target.write_bytes((ROOT / name).read_bytes())
    subprocess.run([sys.executable, "-c", build, str(folder)], cwd=source, check=True)
    (wheel,) = folder.glob("*.whl")
    environment = folder / "environment"
    venv.create(environment, with_pip=False)
    programs = environment / "bin"
    pip = [sys.executable, "-m", "pip", "--quiet", "--python", str(programs / "python"), "install"]
    subprocess.run([*pip, "--no-index", "--no-deps", str(wheel)], check=True)
    (own,) = environment.glob("lib/python*/site-packages")
    others = [path for path in sys.path if path.endswith("site-packages")]
    (own / "required.pth").write_text("\n".join(others), "utf-8")
    return programs


def run(installed: Path, empty: Path, program: str, *words: str) -> str:
    """Runs a program in an empty folder and returns what it printed."""
    done = subprocess.run(
        [str(installed / program), *words],
        cwd=empty,
        env=outside(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def outside() -> dict[str, str]:
    """An environment that knows nothing of the checkout."""
    return {
        key: value
        for key, value in os.environ.items()
        if not key.startswith("GONGKAI_") and key != "PYTHONPATH"
    }


def test_from_an_empty_folder_to_a_page(installed: Path, tmp_path: Path) -> None:
    run(installed, tmp_path, "gongkai", "samples")
    run(installed, tmp_path, "gongkai", "build")
    assert (tmp_path / "data" / "warehouse" / "gongkai.duckdb").exists()
    query = "SELECT count(DISTINCT agency_id) FROM agency_comparison"
    asked = run(installed, tmp_path, "gongkai", "query", query, "--format", "csv")
    assert asked.split()[-1] == "4"

    opened = "import gongkai; print(gongkai.__file__, len(gongkai.open().facts()))"
    where, facts = run(installed, tmp_path, "python", "-c", opened).split()
    assert Path(where).is_relative_to(installed.parent)
    assert int(facts) > 100

    run(installed, tmp_path, "gongkai", "export", "--out", "panel", "--format", "dta", "--panel")
    panel = pd.read_stata(tmp_path / "panel" / "panel.dta")
    assert panel["agency_id"].nunique() == 4
    assert "机关全称" in (tmp_path / "panel" / "codebook.csv").read_text("utf-8-sig")

    assert "政府信息公开" in page(installed, tmp_path)


def page(installed: Path, folder: Path) -> str:
    """The first page of the explorer, which is started and stopped."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = str(trial.getsockname()[1])
    command = [str(installed / "gongkai"), "serve", "--port", port]
    with subprocess.Popen(command, cwd=folder, env=outside(), stdout=subprocess.DEVNULL) as server:
        try:
            deadline = time.monotonic() + 120
            while time.monotonic() < deadline and server.poll() is None:
                try:
                    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=60) as answer:
                        return str(answer.read().decode())
                except urllib.error.URLError:
                    time.sleep(0.5)
        finally:
            server.terminate()
    raise AssertionError("the explorer does not answer")


def test_samples_never_overwrite_another_file(installed: Path, tmp_path: Path) -> None:
    run(installed, tmp_path, "gongkai", "samples")
    report = next((tmp_path / "data" / "raw").glob("000_*/000_*.txt"))
    report.write_text("mine", "utf-8")
    command = [str(installed / "gongkai"), "samples"]
    again = subprocess.run(
        command, cwd=tmp_path, env=outside(), capture_output=True, text=True, check=False
    )
    assert again.returncode == 1
    assert str(report.name) in again.stderr
    assert report.read_text("utf-8") == "mine"
