"""A command loads what it needs: libraries of other formats and rooms cost its user seconds."""

import contextlib
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline import first_screen
from pipeline.cli import cli
from pipeline.settings import ROOT

pytestmark = pytest.mark.around

RUN = """
import contextlib, io, sys
from pipeline.cli import cli
with contextlib.redirect_stdout(io.StringIO()):
    cli(sys.argv[1:], standalone_mode=False)
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""
HEAVY = {
    "PIL",
    "altair",
    "dagster",
    "daft",
    "doc2docx",
    "docx",
    "duckdb",
    "fastwarc",
    "fsspec",
    "jieba",
    "lxml",
    "mcp",
    "numpy",
    "openpyxl",
    "pandas",
    "pdfplumber",
    "pebble",
    "pyarrow",
    "pypdfium2",
    "python_calamine",
    "ray",
    "starlette",
    "uvicorn",
    "vl_convert",
}
SAMPLE = next((ROOT / "data" / "raw").glob("002*/*.txt"))
FORM = ROOT / "tests" / "golden" / "formats" / "form.html"


def loaded(*arguments: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", RUN, *arguments], capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


@pytest.mark.parametrize("arguments", [["--help"], ["build", "--help"], ["query", "--help"]])
def test_help_loads_the_command_line_alone(arguments: list[str]) -> None:
    found = loaded(*arguments)
    assert not found & {*HEAVY, "pydantic", "rich", "yaml"}


def test_the_first_screen_is_there_before_the_library_of_the_command_line() -> None:
    code = (
        "import sys; from pipeline.first_screen import main; sys.argv = ['gongkai', '--help'];"
        "main(); print(*{n.partition('.')[0] for n in sys.modules}, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("Usage: gongkai")
    bare = {"click", "dataclasses", "inspect", "pathlib", "re", "typing"}
    by_site = subprocess.run(
        [sys.executable, "-c", "import sys; print(*sys.modules)"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert not (set(done.stderr.split()) - set(by_site.stdout.split())) & bare


def test_the_package_run_by_its_name_is_the_command() -> None:
    command = [sys.executable, "-m", "pipeline", "--help"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == Path(first_screen.TEXT).read_text("utf-8")


def test_the_first_screen_says_what_the_command_line_says() -> None:
    # click leaves two columns of the 80 free.
    told = CliRunner().invoke(cli, ["--help"], prog_name="gongkai", terminal_width=78).output
    said = Path(first_screen.TEXT).read_text("utf-8")
    assert said == told, f"write {first_screen.TEXT} anew: what is right is on the right"


@pytest.mark.parametrize("columns", ["60", "200", "wide"])
def test_the_first_screen_fits_the_terminal(
    columns: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setattr(sys, "argv", ["gongkai", "--help"])
    with contextlib.suppress(SystemExit):
        first_screen.main()
    said = capsys.readouterr().out
    assert said.startswith("Usage:")
    assert ("as one SQL fact table." in said) is (columns != "60")


@pytest.mark.slow
@pytest.mark.parametrize("path", [SAMPLE, FORM])
def test_inspect_loads_no_reader_of_another_format(path: object) -> None:
    assert not loaded("inspect", str(path)) & HEAVY


@pytest.mark.parametrize("module", ["commands.query", "warehouse.history.as_of"])
def test_query_loads_the_database_alone_also_for_an_earlier_day(module: str) -> None:
    unwanted = HEAVY - {"duckdb"} | {"pydantic", "yaml"}
    assert not imported_by(f"pipeline.{module}") & unwanted


def test_build_loads_neither_the_orchestrator_nor_readers_nor_mail_before_it_has_looked() -> None:
    unwanted = HEAVY - {"duckdb", "pyarrow", "numpy"} | {"smtplib", "urllib3"}
    assert not imported_by("pipeline.commands.run_build") & unwanted


def imported_by(module: str) -> set[str]:
    code = f"import {module}, sys; print(*{{n.partition('.')[0] for n in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())
