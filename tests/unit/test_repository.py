"""What lies in the repository besides code: raw files, their origins, the documents."""

import ast
import hashlib
import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Literal

import click
import pytest
import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipeline.cli import cli
from pipeline.settings import ROOT
from pipeline.warehouse.intake.raw import SIDECAR
from tests.some import some

RAW = ROOT / "data" / "raw"
REPORTS = sorted(path for path in RAW.rglob("*") if path.is_file() and SIDECAR not in path.name)
SIDECARS = sorted(RAW.rglob(f"*{SIDECAR}"))
DOCUMENTS = [
    ROOT / "README.md",
    ROOT / "README.zh.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "CHANGELOG.md",
    ROOT / "data" / "README.md",
    *sorted((ROOT / "docs").glob("*.md")),
]
# Not in Git: made by a build, or by the reader following the text.
MADE = ("data/warehouse/", "handover/", ".venv/")
SOURCES = ("pipeline", "sql", "tests", "deploy", "benchmarks", "builders")
# Files that users write, and those of the recipe for a form that is not there.
OF_USERS = re.compile(r"_E\.|^(?:data/)?(?:question|sources|expected|decisions)\.")
PLACEHOLDER = re.compile(r"[<>*{}…]")


class Origin(BaseModel):
    """A sidecar: where a raw file came from, as far as known."""

    model_config = ConfigDict(extra="forbid")

    title: str | None
    publisher: str | None
    kind: Literal["annual_report", "work_summary", "other"]
    description: str = Field(min_length=1)
    source: str = Field(min_length=1)
    address: str | None
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    added: date
    licence: str = Field(min_length=1)


def origin_of(report: Path) -> Origin:
    text = report.with_name(report.name + SIDECAR).read_text("utf-8")
    return Origin.model_validate(yaml.safe_load(text))


def test_the_five_samples_are_there() -> None:
    assert [path.name[:3] for path in REPORTS] == ["000", "001", "002", "003", "004"]


@pytest.mark.parametrize("report", REPORTS, ids=lambda path: path.name)
def test_a_raw_file_is_what_its_origin_says(report: Path) -> None:
    origin = origin_of(report)
    assert hashlib.sha256(report.read_bytes()).hexdigest() == origin.sha256
    text = report.read_text("utf-8")
    for stated in (origin.title, origin.publisher):
        assert stated is None or stated in text


def test_no_sidecar_without_its_file() -> None:
    assert [path.name.removesuffix(SIDECAR) for path in SIDECARS] == [r.name for r in REPORTS]


def test_a_sidecar_with_a_gap_is_refused() -> None:
    stated = yaml.safe_load(SIDECARS[0].read_text("utf-8"))
    with pytest.raises(ValidationError, match="sha256"):
        Origin.model_validate({**stated, "sha256": "unknown"})
    with pytest.raises(ValidationError, match="licence"):
        Origin.model_validate({key: stated[key] for key in stated if key != "licence"})


def code_spans(document: Path) -> Iterator[str]:
    """Inline code, and the lines of shell blocks."""
    text = document.read_text("utf-8")
    for language, block in re.findall(r"```(\w*)\n(.*?)```", text, re.DOTALL):
        if language == "sh":
            yield from block.splitlines()
    yield from re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_file_a_document_names_exists(document: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", document.read_text("utf-8"))
    for link in links:
        assert "://" in link or (document.parent / link).exists(), link
    tops = {path.name for path in ROOT.iterdir()}
    for span in some(code_spans(document)):
        for word in some(span.split()):
            path = word.rstrip(".,;:")
            if "/" in path and path.split("/")[0] in tops and not PLACEHOLDER.search(path):
                made = path.startswith(MADE)
                assert made or (ROOT / path).exists(), f"{document.name} names {path}"


def test_every_source_a_document_names_alone_exists() -> None:
    there = {path.name for top in SOURCES for path in (ROOT / top).rglob("*")}
    words = some(
        (document.name, word)
        for document in DOCUMENTS
        for span in code_spans(document)
        for word in span.split()
        if re.fullmatch(r"\w[\w.]*\.(py|sql|yml)", word) and not OF_USERS.search(word)
    )
    assert [(document, word) for document, word in words if word not in there] == []


def test_every_data_file_a_module_names_exists() -> None:
    named = some(
        (path, word)
        for path in (ROOT / "pipeline").rglob("*.py")
        for word in re.findall(r"``(data/[\w.]+)``", path.read_text("utf-8"))
        if not OF_USERS.search(word)
    )
    assert [(path, word) for path, word in named if not data_of(path, word).exists()] == []


def data_of(module: Path, name: str) -> Path:
    """The file in the room's folder of data, which lies beside the module or above it."""
    folders = (module.parent, *module.parent.parents)
    return next((one / name for one in folders if (one / "data").is_dir()), ROOT / name)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_a_document_names_exists(document: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    for span in some(code_spans(document)):
        words = span.split()
        if words[:1] == ["make"] and len(words) > 1:
            assert words[1] in targets, f"{document.name} names `{span}`"
        if words[:1] == ["gongkai"] and len(words) > 1 and not words[1].startswith("-"):
            assert words[1] in cli.commands, f"{document.name} names `{span}`"
            known = set(options_of(cli.commands[words[1]]))
            given = {word for word in words if word.startswith("--")}
            assert given <= known, f"{document.name} names `{span}`"


def options_of(command: click.Command) -> Iterator[str]:
    for parameter in command.params:
        yield from parameter.opts
    yield "--help"


def test_both_readmes_show_the_same_commands_and_queries() -> None:
    english, chinese = (blocks(ROOT / name) for name in ("README.md", "README.zh.md"))
    assert english == chinese
    assert len(english) > 5


def blocks(document: Path) -> list[str]:
    """The shell and SQL blocks, comments aside: those are in the reader's language."""
    found = re.findall(r"```(?:sh|sql)\n(.*?)```", document.read_text("utf-8"), re.DOTALL)
    return [re.sub(r"\s*(?:#|--) .*", "", block) for block in found]


def test_the_version_is_in_the_changelog() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert f"## {project['version']}" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_pre_commit_fetches_nothing() -> None:
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))
    assert {repository["repo"] for repository in config["repos"]} == {"local"}
    hooks = [hook for repository in config["repos"] for hook in repository["hooks"]]
    assert {hook["language"] for hook in hooks} == {"system"}
    assert json.dumps(hooks).count(".venv/bin/") == len(hooks)


def test_no_two_modules_of_tests_share_a_name() -> None:
    """pytest imports them by their bare names: the second would end the whole run."""
    counted = Counter(path.name for path in (ROOT / "tests").rglob("test_*.py"))
    assert [name for name, times in counted.items() if times > 1] == []


ASSERTING = {"same", "apart", "expect", "outcomes", "put_into", "run"}
"""What tests call that asserts or must not raise, and may stand there without `assert`."""


def test_no_test_passes_by_going_over_nothing() -> None:
    """What is only asserted in a loop, or of all, is asserted of `some` or of what is written."""
    idle = [
        f"{path.relative_to(ROOT)}:{test.lineno}"
        for path in (ROOT / "tests").rglob("test_*.py")
        for test in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(test, ast.FunctionDef) and test.name.startswith("test_")
        if not any(assertions(test.body))
    ]
    assert sorted(idle) == []


def assertions(body: Iterable[ast.stmt]) -> Iterator[bool]:
    """Of every assertion, whether it is made whatever is found."""
    for part in body:
        if isinstance(part, ast.Assert):
            yield is_made(part.test)
        elif isinstance(part, ast.For):
            yield from (made and is_there(part.iter) for made in assertions(part.body))
        elif isinstance(part, (ast.With, ast.If, ast.Try)):
            yield from (True for item in getattr(part, "items", ()) if "raises" in ast.dump(item))
            yield from assertions(part.body)
        elif isinstance(part, ast.Expr):
            yield from (name in ASSERTING for name in called(part))
        elif isinstance(part, ast.Assign) and isinstance(part.targets[0], (ast.Tuple, ast.List)):
            yield True


def called(part: ast.Expr) -> Iterator[str]:
    """The bare names of the functions that a statement calls."""
    for call in ast.walk(part):
        if isinstance(call, ast.Call) and isinstance(call.func, (ast.Name, ast.Attribute)):
            yield ast.unparse(call.func).rpartition(".")[2]


def is_made(asserted: ast.expr) -> bool:
    of_all = isinstance(asserted, ast.Call) and ast.unparse(asserted.func) == "all"
    return not of_all or is_there(asserted.args[0])


def is_there(gone_over: ast.expr) -> bool:
    """Whether something is gone over: what is written here, a constant, or `some`."""
    return any(
        (isinstance(part, ast.Name) and (part.id.isupper() or part.id in ("some", "range", "draw")))
        or (isinstance(part, ast.Tuple) and not all(isinstance(e, ast.Starred) for e in part.elts))
        for part in ast.walk(gone_over)
    )
