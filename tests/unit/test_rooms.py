"""The rooms of the house: what may enter which, and how large one may grow."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "pipeline"
PURE = ("model", "lexis", "readers", "forms", "agencies", "extract", "facts")

# What a room may import from other rooms.
MAY_IMPORT = {
    "model": {"agencies"},
    "lexis": {"model"},
    "readers": {"model", "lexis"},
    "forms": {"model", "lexis"},
    "agencies": set(),
    "extract": {"model", "lexis", "readers", "forms", "agencies"},
    "facts": {"model", "lexis", "forms", "agencies", "extract"},
    "parsing": {*PURE},
    "storage": set(),
    "settings": {"storage"},
    "warehouse": {*PURE, "parsing", "storage", "settings"},
    "sources": {"storage", "warehouse"},
    "orchestration": {"warehouse", "sources", "settings"},
    "definitions": {"orchestration", "warehouse", "settings"},
    "explorer": {*PURE, "storage", "settings", "warehouse"},
    "commands": {*PURE, "explorer", "parsing", "storage", "warehouse", "definitions", "settings"},
    "cli": {"commands", "storage", "settings"},
}
MODULES = sorted(PACKAGE.rglob("*.py"))


def name_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room_of(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


BY_NAME = {name_of(path): path for path in MODULES}


@cache
def imports(module: str) -> frozenset[str]:
    """Modules of this package, and top names of others, that a module imports anywhere."""
    tree = ast.parse(BY_NAME[module].read_text("utf-8"))
    return frozenset(name for node in ast.walk(tree) for name in imported(node))


def imported(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (known_or_top(alias.name) for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        assert node.level == 0, "imports are absolute"
        for alias in node.names:
            inner = f"{node.module}.{alias.name}"
            yield inner if inner in BY_NAME else known_or_top(str(node.module))


def known_or_top(name: str) -> str:
    return name if name in BY_NAME else name.partition(".")[0]


def reached(module: str) -> dict[str, tuple[str, ...]]:
    """Everything a module imports through others of the package, and by which way."""
    ways: dict[str, tuple[str, ...]] = {}
    waiting = [(module, (module,))]
    while waiting:
        current, way = waiting.pop()
        for name in imports(current):
            if name not in ways:
                ways[name] = (*way, name)
                if name in BY_NAME:
                    waiting.append((name, ways[name]))
    return ways


@pytest.mark.parametrize("room", PURE)
def test_the_core_knows_no_orchestrator_and_no_database(room: str) -> None:
    for module in (name for name in BY_NAME if room_of(name) == room):
        ways = reached(module)
        for stranger in ("dagster", "duckdb"):
            assert stranger not in ways, " → ".join(ways[stranger])


def test_what_a_worker_process_loads_is_the_core_alone() -> None:
    for module in ("pipeline.parsing", "pipeline.warehouse.preload"):
        assert "dagster" not in reached(module)
    assert "duckdb" not in reached("pipeline.parsing")


@pytest.mark.parametrize("module", sorted(BY_NAME))
def test_data_flows_one_way(module: str) -> None:
    room = room_of(module)
    own = {name for name in imports(module) if name in BY_NAME and room_of(name) != room}
    strangers = {name for name in own if room_of(name) not in {*MAY_IMPORT.get(room, set()), ""}}
    assert not strangers, f"{module} may not import {sorted(strangers)}"


def test_every_room_is_known() -> None:
    assert {room_of(name) for name in BY_NAME} - {""} == set(MAY_IMPORT)


def test_the_walk_over_imports_sees_what_it_must() -> None:
    """Without this the tests above could pass by finding nothing."""
    assert {"duckdb", "dagster"} <= reached("pipeline.definitions").keys()
    assert "pipeline.model.document" in imports("pipeline.readers.text.plain_text")


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_drawer_for_everything_and_no_module_too_long(path: Path) -> None:
    assert path.stem not in {"utils", "util", "helpers", "common", "misc"}
    assert path.parent.name not in {"utils", "util", "helpers", "common", "misc"}
    assert len(path.read_text("utf-8").splitlines()) <= 500


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_every_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text("utf-8")))
