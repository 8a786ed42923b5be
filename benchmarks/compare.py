"""Two versions of the program over all documents at hand: what one reads and the other does not.

``make compare BASE=<git ref>`` prints, by document, facts gained, lost and changed, checks that
began or stopped failing, and another agency, year, form, kind of paper or scope. A reader of a
change looks at every line; whether it is right, only the document can tell.
"""

import argparse
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pipeline.settings import ROOT
from tests.generator.corpus import sample

SNAPSHOT = Path(__file__).with_name("snapshot.py")
NO_DOCUMENTS = {".py", ".yml", ".yaml", ".json", ".jsonl"}
ACCEPTED = {"places", "pages"}
"""Folders of what is accepted as read or served."""
Parts = dict[str, dict[str, Any]]


def main() -> None:
    """Compares the working tree with a commit."""
    arguments = _arguments()
    with TemporaryDirectory() as temporary:
        drawn = Path(temporary) / "generated"
        drawn.mkdir()
        for seed in range(arguments.generated):
            one = sample(seed)
            (drawn / one.name).write_bytes(one.data)
        folders = [ROOT / "tests" / "golden", ROOT / "data" / "raw", drawn, *arguments.folders]
        paths = [path for folder in folders for path in documents(folder)]
        with checkout(arguments.base, Path(temporary) / "base") as base:
            before = snapshot(base, paths, temporary, arguments.jobs)
            after = snapshot(ROOT, paths, temporary, arguments.jobs)
    totals: Counter[str] = Counter()
    for path, old, new in zip(paths, before, after, strict=True):
        lines = list(differences(old, new, totals))
        if lines:
            shown = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path.name
            print(shown, *lines, sep="\n    ")
    told = ", ".join(f"{count} {what}" for what, count in sorted(totals.items()))
    print(f"{len(paths)} documents against {arguments.base}: {told or 'no difference'}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.compare", description=__doc__)
    parser.add_argument("base", help="a git ref: the version before")
    parser.add_argument("folders", nargs="*", type=Path, help="more folders of documents")
    parser.add_argument("--generated", type=int, default=200, help="documents to draw as well")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    return parser.parse_args()


def documents(folder: Path) -> Iterator[Path]:
    """Documents at any depth: no code, no declarations, no tables of expected facts."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    others = {path.with_suffix("") for path in files if path.suffix != ".csv"}
    for path in files:
        expects = path.suffix == ".csv" and path.with_suffix("") in others
        lists = path.name == "documents.csv" or path.parent.name in {"identity", "forms"}
        if (
            path.suffix not in NO_DOCUMENTS
            and not expects
            and not (lists and path.suffix == ".csv")
            and ACCEPTED.isdisjoint(path.relative_to(folder).parts)
        ):
            yield path


@contextmanager
def checkout(ref: str, folder: Path) -> Iterator[Path]:
    """A checkout of a commit that lasts as long as it is looked at."""
    git = ("git", "-C", str(ROOT), "worktree")
    subprocess.run([*git, "add", "--quiet", "--detach", str(folder), ref], check=True)
    try:
        yield folder
    finally:
        subprocess.run([*git, "remove", "--force", str(folder)], check=True)


def snapshot(root: Path, paths: list[Path], temporary: str, jobs: int) -> list[Parts]:
    """What the program of one checkout reads in each document, by part."""
    listed = Path(temporary) / "documents.txt"
    listed.write_text("\n".join(map(str, paths)), "utf-8")
    done = subprocess.run(
        [sys.executable, "-P", str(SNAPSHOT), str(root), str(listed), str(jobs)],
        env={**os.environ, "PYTHONPATH": str(root)},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return [{part["part"]: part for part in json.loads(line)} for line in done.stdout.splitlines()]


def differences(old: Parts, new: Parts, totals: Counter[str]) -> Iterator[str]:
    """One line each; counted by what it is."""
    for part in sorted(old.keys() | new.keys()):
        before, after = old.get(part, {}), new.get(part, {})
        if before.get("identity") != after.get("identity"):
            totals["other identities"] += 1
            yield f"{part} was {before.get('identity')}, is {after.get('identity')}"
        was, now = before.get("facts", {}), after.get("facts", {})
        for indicator in sorted(was.keys() | now.keys()):
            if was.get(indicator) != now.get(indicator):
                what = _kind(was.get(indicator), now.get(indicator))
                totals[f"facts {what}"] += 1
                values = f"{was.get(indicator, '-')} -> {now.get(indicator, '-')}"
                yield f"{part} {what} {indicator} {values}"
        failed, fails = set(before.get("failing", ())), set(after.get("failing", ()))
        for what, rules in (("began", fails - failed), ("stopped", failed - fails)):
            for rule in sorted(rules):
                totals[f"checks that {what} failing"] += 1
                yield f"{part} {what} failing: {rule}"


def _kind(before: str | None, after: str | None) -> str:
    if before is None:
        return "gained"
    return "lost" if after is None else "changed"


if __name__ == "__main__":
    main()
