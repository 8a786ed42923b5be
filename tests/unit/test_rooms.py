"""The rooms of the house: what may enter which, and how large one may grow."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "pipeline"
PURE = ("model", "lexis", "readers", "forms", "agencies", "extract", "facts")

# What a room may import from other rooms.
MAY_IMPORT = {
    "model": set(),
    "lexis": {"model"},
    "readers": {"model", "lexis"},
    "forms": {"model", "lexis"},
    "agencies": {"model", "lexis"},
    "extract": {"model", "lexis", "readers", "forms", "agencies"},
    "facts": {"model", "lexis", "forms", "agencies", "extract"},
    "declared": set(),
    "parsing": {*PURE, "stages"},
    "storage": set(),
    "settings": {"storage"},
    "stages": set(),
    "warehouse": {*PURE, "parsing", "stages", "storage", "settings"},
    "sources": {"storage", "warehouse"},
    "alerts": {"warehouse"},
    "orchestration": {"alerts", "warehouse", "sources", "settings"},
    "definitions": {"orchestration", "warehouse", "settings"},
    "explorer": {*PURE, "storage", "settings", "warehouse"},
    "commands": {
        *PURE,
        "alerts",
        "assistant",
        "definitions",
        "explorer",
        "orchestration",
        "parsing",
        "settings",
        "sources",
        "storage",
        "warehouse",
    },
    "notebook": {"model", "forms", "parsing", "warehouse", "settings"},
    "assistant": {"notebook", "explorer", "settings", "warehouse"},
    "cli": {"commands", "storage", "settings"},
    "first_screen": {"cli"},
    "__main__": {"first_screen"},
}
MODULES = sorted(PACKAGE.rglob("*.py"))


def name_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room_of(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


BY_NAME = {name_of(path): path for path in MODULES}


@cache
def tree_of(module: str) -> ast.Module:
    return ast.parse(BY_NAME[module].read_text("utf-8"))


@cache
def imports(module: str) -> frozenset[str]:
    """Modules of this package, and top names of others, that a module imports anywhere."""
    return frozenset(name for node in ast.walk(tree_of(module)) for name in imported(node))


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


def test_the_core_knows_no_orchestrator_and_no_database() -> None:
    ways = [reached(module) for module in BY_NAME if room_of(module) in PURE]
    strangers = ("dagster", "duckdb")
    assert [" → ".join(way[name]) for way in ways for name in strangers if name in way] == []


def test_what_a_worker_process_loads_is_the_core_alone() -> None:
    for module in ("pipeline.parsing", "pipeline.warehouse.engines.preload"):
        assert "dagster" not in reached(module)
    assert "duckdb" not in reached("pipeline.parsing")


def test_data_flows_one_way() -> None:
    offenders = []
    for module in BY_NAME:
        room = room_of(module)
        allowed = {room, "", "declared", *MAY_IMPORT.get(room, set())}
        own = {name for name in imports(module) if name in BY_NAME}
        offenders += [f"{module} imports {name}" for name in own if room_of(name) not in allowed]
    assert offenders == []


def test_no_module_imports_itself_through_others() -> None:
    circles = []
    for module in BY_NAME:
        ways = {name: way for name in imports(module) & BY_NAME.keys() for way in [reached(name)]}
        circles += [" → ".join((module, *way[module])) for way in ways.values() if module in way]
    assert circles == []


def test_every_room_is_known() -> None:
    assert {room_of(name) for name in BY_NAME} - {""} == set(MAY_IMPORT)


def test_every_room_has_a_line_in_the_table_of_rooms() -> None:
    text = (PACKAGE.parent / "CONTRIBUTING.md").read_text("utf-8")
    table = text.split("\n## The rooms\n")[1].split("\n## ")[0]
    lines = set(re.findall(r"`pipeline/([\w/]+?)(?:/|\.py)`", table))
    rooms = {room for room in MAY_IMPORT if room != "extract"}
    rooms |= {f"warehouse/{room}" for room in WAREHOUSE}
    rooms |= {
        one.relative_to(PACKAGE).parent.as_posix() for one in PACKAGE.glob("warehouse/*/*.sql")
    }
    assert rooms - lines == set()
    assert {line for line in lines if not list(PACKAGE.glob(f"{line}*"))} == set()


def test_the_walk_over_imports_sees_what_it_must() -> None:
    """Without this the tests above could pass by finding nothing."""
    assert {"duckdb", "dagster"} <= reached("pipeline.definitions").keys()
    assert "pipeline.model.document" in imports("pipeline.readers.text.plain_text")


def test_no_drawer_for_everything() -> None:
    drawers = {"utils", "util", "helpers", "common", "misc"}
    assert [name for name in BY_NAME if drawers & set(name.split("."))] == []


def test_no_two_modules_have_one_name() -> None:
    """Whoever looks for one would find the other."""
    counted = Counter(path.stem for path in MODULES if path.stem not in ("__init__", "__main__"))
    assert {name for name, times in counted.items() if times > 1} == set()


def test_no_two_public_classes_have_one_name() -> None:
    """Nor would a search for a class find one."""
    counted = Counter(
        node.name
        for name in BY_NAME
        for node in tree_of(name).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    assert {name for name, times in counted.items() if times > 1} == set()


def test_no_module_is_too_long() -> None:
    lengths = {name: len(path.read_text("utf-8").splitlines()) for name, path in BY_NAME.items()}
    assert {name: lines for name, lines in lengths.items() if lines > 500} == {}


def test_every_module_says_what_it_is_for() -> None:
    silent = [name for name in BY_NAME if not ast.get_docstring(tree_of(name))]
    assert silent == []


# The rooms of the warehouse, each after those it may import. What stands beside them is either
# beneath all of them or ties them together.
WAREHOUSE = (
    "store",
    "reviewed",
    "intake",
    "engines",
    "publishing",
    "queries",
    "history",
    "runs",
    "exports",
)
TIES_TOGETHER = {f"pipeline.warehouse.{name}" for name in ("build", "healing", "verification")}


def test_rooms_of_the_warehouse_know_only_those_before_them() -> None:
    def place(module: str) -> int:
        room = module.split(".")[2]
        return WAREHOUSE.index(room) if room in WAREHOUSE else -1

    within = [name for name in BY_NAME if name.startswith("pipeline.warehouse.")]
    offenders = [
        f"{module} imports {other}"
        for module in within
        for other in imports(module)
        if module not in TIES_TOGETHER and other in within and place(other) > place(module)
    ]
    assert offenders == []
