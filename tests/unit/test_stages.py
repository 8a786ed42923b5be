"""What each stage of parsing depends on: enough, and no more than that."""

import ast
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest

from pipeline import stages
from pipeline.settings import ROOT
from pipeline.stages import DOCUMENTS, REPORTS, STAGES, Stage, inputs, version
from tests.some import some

PACKAGE = ROOT / "pipeline"
# Used for pictures alone; whether they are here is asked when a file waits for them.
FOR_PICTURES = {"rapidocr", "opencv-python", "opencv-python-headless", "numpy"}


def names(stage: Stage) -> set[str]:
    return {path.relative_to(PACKAGE).as_posix() for path in inputs(stage)}


def test_reading_a_file_depends_on_the_readers_and_not_on_what_a_report_means() -> None:
    rooms = {name.partition("/")[0] for name in names(DOCUMENTS)}
    assert "readers" in rooms
    assert not rooms & {"agencies", "forms", "extract", "facts", "warehouse"}


def test_readers_that_are_loaded_by_name_count_too() -> None:
    assert {"readers/pdf/grids.py", "readers/office/sheets.py"} <= names(DOCUMENTS)


def test_reports_depend_on_every_room_and_the_data_beside_its_code() -> None:
    assert {
        "parsing.py",
        "forms/data/form_B.yml",
        "agencies/data/regions.csv",
        "extract/prose/data/vocabulary.yml",
        "extract/identity/data/identity.yml",
        "facts/selection.py",
        "lexis/years.py",
    } <= names(REPORTS)


def test_reports_are_made_again_when_documents_are(monkeypatch: pytest.MonkeyPatch) -> None:
    def with_release(name: str, release: str) -> tuple[str, str]:
        version.cache_clear()
        monkeypatch.setattr(stages, "_installed", lambda one: release if one == name else "1")
        return version(DOCUMENTS), version(REPORTS)

    before = with_release("", "")
    below = with_release("lxml", "6")
    assert below[0] != before[0]
    assert below[1] != before[1]
    above = with_release("rapidfuzz", "4")
    assert above[0] == before[0]
    assert above[1] != before[1]
    monkeypatch.undo()
    version.cache_clear()


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.name)
def test_no_library_is_forgotten(stage: Stage) -> None:
    """An upgrade of one that is missing here would leave old readings beside new ones."""
    known = {one.lower() for reached in chain_of(stage) for one in reached.libraries}
    of_import = metadata.packages_distributions()
    python = [one for one in inputs(stage) if one.suffix == ".py"]
    for path, name in some((one, name) for one in python for name in imported(one)):
        if name not in sys.stdlib_module_names and name != "pipeline":
            found = {one.lower() for one in of_import.get(name, ())}
            assert not found or found & (known | FOR_PICTURES), f"{path.name} imports {name}"


def chain_of(stage: Stage | None) -> Iterator[Stage]:
    while stage:
        yield stage
        stage = stage.after


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]
