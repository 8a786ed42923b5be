"""The five sample reports, built once by the command; whoever changes them takes a copy."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner, Result

from pipeline.cli import cli
from pipeline.settings import ROOT

GONGKAI = Path(sys.executable).with_name("gongkai")


@dataclass(frozen=True)
class Samples:
    """A raw folder and the warehouse built from it.

    Attributes:
        folder: Holds ``raw`` and ``warehouse``.
        summary: What the command printed.
    """

    folder: Path
    summary: str

    @property
    def warehouse(self) -> Path:
        return self.folder / "warehouse"

    def copied(self, folder: Path) -> Path:
        """Puts a copy of both below a folder."""
        shutil.copytree(self.folder, folder, symlinks=True, dirs_exist_ok=True)
        return folder


def answer(places: Mapping[str, str], words: Sequence[str]) -> Result:
    """What a command says in this process: to start another takes longer than to answer."""
    return CliRunner().invoke(cli, list(words), env=dict(places))


def build(folder: Path) -> Samples:
    """Builds by the command, as an operator does: fifteen seconds of processor time."""
    shutil.copytree(ROOT / "data" / "raw", folder / "raw")
    places = {"GONGKAI_RAW": folder / "raw", "GONGKAI_WAREHOUSE": folder / "warehouse"}
    done = subprocess.run(
        [str(GONGKAI), "build", "--jobs", "2"],
        env={**os.environ, **{name: str(path) for name, path in places.items()}},
        capture_output=True,
        text=True,
        timeout=600,
        check=True,
    )
    return Samples(folder, done.stdout)
