"""Would the tests notice? Puts single mistakes into a copy of the program, one at a time.

The mistakes are data: files beside this one, see ``mistakes.Mistake``. ``make mutate`` draws
a hundred of them, ``make mutate ARGUMENTS=--all`` takes all, and ``ARGUMENTS=--drawn`` draws
from every comparison, limit and guard of the program instead, see ``drawn``.
"""

import multiprocessing
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from types import ModuleType

import click
import pytest

from tests.mutations.drawn import drawn
from tests.mutations.mistakes import ROOT, Mistake, StaleError, floors, keep, mistakes

# Seconds of processor time, which no busy machine uses up; on the clock, of one that waits.
_MOST_WORK = 300
_LONGEST_WAIT = 3_600
_FINE = (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED)
# A run begins as a copy of this process, with what takes long to load and is not ours.
_FORKING = multiprocessing.get_context("fork")
_LOADED_BEFORE = ("duckdb", "jieba", "lxml.html", "openpyxl", "pyarrow.parquet", "pydantic", "yaml")


class Result(StrEnum):
    """What came of a mistake."""

    NOTICED = "noticed"
    SURVIVED = "survived"
    EQUIVALENT = "equivalent"
    STALE = "stale"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A mistake with its result and, where it was noticed, the first test that did."""

    mistake: Mistake
    result: Result
    by: str = ""


@click.command()
@click.argument("words", nargs=-1)
@click.option("--sample", default=100, show_default=True, help="How many to draw.")
@click.option("--seed", default=0, show_default=True, help="Which to draw.")
@click.option("--all", "take_all", is_flag=True, help="Take all, not a sample.")
@click.option("--trusting", is_flag=True, help="The tests are known to pass without a mistake.")
@click.option("--drawn", "unlisted", is_flag=True, help="Draw from all lines, not from the list.")
@click.option("--raise", "raising", is_flag=True, help="With --all: keep shares that rose.")
def main(
    words: tuple[str, ...],
    sample: int,
    seed: int,
    take_all: bool,
    trusting: bool,
    unlisted: bool,
    raising: bool,
) -> None:
    """Runs the tests of its room on every mistake; WORDS narrow them by id, file or kind."""
    known = tuple(drawn()) if unlisted else mistakes()
    chosen = [one for one in known if not words or any(one.is_called(word) for word in words)]
    if not take_all and len(chosen) > sample:
        chosen = sorted(random.Random(seed).sample(chosen, sample), key=lambda one: one.id)
    for name in _LOADED_BEFORE:
        import_module(name)
    found = []
    with tempfile.TemporaryDirectory() as folder:
        copy = copied(Path(folder) / "copy")
        for tests in dict.fromkeys(() if trusting else (one.noticed_by for one in chosen)):
            if failing := first_failing(tests, copy):
                raise click.ClickException(f"{failing} fails without any mistake; mend it first")
        for mistake in chosen:
            found.append(tried(mistake, copy))
            click.echo(line(found[-1]))
    click.echo("\n".join(summary(found)))
    is_whole = take_all and not words and not unlisted
    fallen = below_floor(found) if is_whole else ()
    for told in fallen:
        click.echo(told, err=True)
    if raising and is_whole:
        keep({name: share(members) for name, members in grouped(found).items()})
    sys.exit(bool(fallen) or any(one.result in (Result.STALE, Result.BROKEN) for one in found))


def copied(target: Path) -> Path:
    """The files Git knows or would take, in a folder of their own."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file() or (ROOT / name).is_symlink():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target / name, follow_symlinks=False)
    return target


def tried(mistake: Mistake, copy: Path) -> Outcome:
    """Puts one mistake into the copy, runs the tests, and takes it out again."""
    path = copy / mistake.file
    before = path.read_text("utf-8") if path.is_file() else ""
    try:
        after = mistake.put_into(before)
        if path.suffix == ".py":
            compile(after, mistake.file, "exec")
    except StaleError:
        return Outcome(mistake, Result.STALE)
    except SyntaxError as error:
        return Outcome(mistake, Result.BROKEN, str(error))
    path.write_text(after, "utf-8")
    try:
        return judged(mistake, copy)
    finally:
        path.write_text(before, "utf-8")


def judged(mistake: Mistake, copy: Path) -> Outcome:
    """Runs the tests of a mistake's room until one fails."""
    failing = first_failing(mistake.noticed_by, copy)
    if failing:
        return Outcome(mistake, Result.NOTICED, failing)
    return Outcome(mistake, Result.EQUIVALENT if mistake.equivalent else Result.SURVIVED)


def first_failing(tests: Sequence[str], copy: Path) -> str:
    """The first of some tests that fails, or why they did not run; empty where all pass."""
    here, there = _FORKING.Pipe(duplex=False)
    run = _FORKING.Process(target=_run, args=(tests, copy, there))
    run.start()
    there.close()
    try:
        return str(here.recv()) if here.poll(_LONGEST_WAIT) else "no end"
    except EOFError:
        run.join()
        return "no end" if run.exitcode == -signal.SIGXCPU else "an end without a word"
    finally:
        run.kill()
        run.join()


class _First:
    """Remembers the first test that failed, or module that did not load."""

    def __init__(self) -> None:
        self.failing = ""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failing = self.failing or report.nodeid

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.failing = self.failing or report.nodeid


def _run(tests: Sequence[str], copy: Path, told: Connection) -> None:
    """Runs tests of the copy in this process, which has loaded nothing of the program yet."""
    os.chdir(copy)
    # Folders of other runs, which Pytest clears away at the end, may not let themselves be.
    os.environ["PYTEST_DEBUG_TEMPROOT"] = str(copy.parent)
    resource.setrlimit(resource.RLIMIT_CPU, (_MOST_WORK, _MOST_WORK + 5))
    sys.path[:] = [str(copy), *(entry for entry in sys.path if entry not in ("", str(ROOT)))]
    for name in [name for name in sys.modules if name.partition(".")[0] == "tests"]:
        del sys.modules[name]
    sys.modules["__main__"] = ModuleType("__main__")
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
    first = _First()
    command = ["-x", "-q", "-m", "not slow", "--tb=no", "-p", "no:cacheprovider"]
    code = pytest.main([*command, "-p", "no:xdist", *tests], plugins=[first])
    told.send(first.failing or ("" if code in _FINE else f"an end with {code!r}"))


def line(outcome: Outcome) -> str:
    """One line on one mistake."""
    mistake = outcome.mistake
    behind = outcome.by if outcome.result is Result.NOTICED else mistake.shows
    return f"{outcome.result:<10} {mistake.id:<6} {mistake.file}: {behind or outcome.by}"


def share(outcomes: Sequence[Outcome]) -> float:
    """How many of those that can be noticed are, in percent."""
    counts = Counter(outcome.result for outcome in outcomes)
    able = counts[Result.NOTICED] + counts[Result.SURVIVED]
    return 100 * counts[Result.NOTICED] / able if able else 100.0


def summary(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """The table of docs/accuracy.md: a row a room, one for thresholds, one for all."""
    yield "| mistakes in | tried | noticed | survived | equivalent | share |"
    yield "|---|---|---|---|---|---|"
    for name, members in grouped(outcomes).items():
        counts = Counter(outcome.result for outcome in members)
        columns = [counts[key] for key in (Result.NOTICED, Result.SURVIVED, Result.EQUIVALENT)]
        cells = " | ".join(map(str, [len(members), *columns]))
        yield f"| {name} | {cells} | {share(members):.0f} % |"


def grouped(outcomes: Sequence[Outcome]) -> dict[str, list[Outcome]]:
    """Outcomes by room; those of thresholds and all of them once more."""
    groups: dict[str, list[Outcome]] = {}
    for outcome in sorted(outcomes, key=lambda one: one.mistake.room):
        groups.setdefault(outcome.mistake.room, []).append(outcome)
    groups["thresholds"] = [one for one in outcomes if one.mistake.kind == "threshold"]
    groups["all"] = list(outcomes)
    return groups


def below_floor(outcomes: Sequence[Outcome]) -> tuple[str, ...]:
    """What became worse than it once was."""
    groups, kept = grouped(outcomes), floors()
    return tuple(
        f"{name}: {share(groups.get(name, [])):.1f} % noticed, at least {floor} % before"
        for name, floor in kept.items()
        if share(groups.get(name, [])) < floor
    )


if __name__ == "__main__":
    main()
