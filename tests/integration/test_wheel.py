"""The wheel by itself: what pip installs runs where there is no checkout."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from pipeline.settings import ROOT

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of a freshly built wheel, unpacked as pip would."""
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
    zipfile.ZipFile(wheel).extractall(folder / "installed")
    return folder / "installed"


def gongkai(installed: Path, empty: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Runs the command in an empty folder; the other packages are those of this environment."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GONGKAI_")}
    return subprocess.run(
        [sys.executable, "-P", "-c", "from pipeline.cli import main; main()", *words],
        cwd=empty,
        env={**kept, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_samples_are_built_and_asked_in_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    brought = gongkai(installed, tmp_path, "samples")
    assert brought.returncode == 0, brought.stderr
    built = gongkai(installed, tmp_path, "build")
    assert built.returncode == 0, built.stderr
    assert (tmp_path / "data" / "warehouse" / "gongkai.duckdb").exists()
    asked = gongkai(
        installed,
        tmp_path,
        "query",
        "SELECT count(DISTINCT agency_id) FROM agency_comparison",
        "--format",
        "csv",
    )
    assert asked.stdout.split()[-1] == "4", asked.stderr


def test_samples_never_overwrite_another_file(installed: Path, tmp_path: Path) -> None:
    assert gongkai(installed, tmp_path, "samples").returncode == 0
    report = next((tmp_path / "data" / "raw").glob("000_*/000_*.txt"))
    report.write_text("mine", "utf-8")
    again = gongkai(installed, tmp_path, "samples")
    assert again.returncode == 1
    assert str(report.name) in again.stderr
    assert report.read_text("utf-8") == "mine"
