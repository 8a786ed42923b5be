"""``gongkai samples``: five real reports to try the program on."""

import shutil
from pathlib import Path

import click

from pipeline.commands.failure import Failure
from pipeline.settings import SAMPLES


def run(out: Path) -> None:
    """Copies the sample reports with their sidecars into a folder.

    Raises:
        Failure: A file of another content would be overwritten, or the folder cannot be written.
    """
    found = sorted(path for path in SAMPLES.rglob("*") if path.is_file())
    targets = [(path, out / path.relative_to(SAMPLES)) for path in found]
    for path, target in targets:
        if target.exists() and target.read_bytes() != path.read_bytes():
            raise Failure(f"{target} exists and is another file; give another --out")
    try:
        for path, target in targets:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
    except OSError as error:
        raise Failure(f"{out} cannot be written: {error.strerror}") from error
    reports = sum(not path.name.endswith(".origin.yml") for path in found)
    click.echo(f"{reports} reports in {out}; next: gongkai build --raw {out}")
