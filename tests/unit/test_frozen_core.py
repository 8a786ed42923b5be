"""Nothing of the core is changed after it was made."""

import ast
import dataclasses
import importlib
from collections.abc import Iterator

import pytest
from msgspec import Struct
from pydantic import BaseModel

from tests.some import some
from tests.unit.test_rooms import BY_NAME, room_of, tree_of

ROOMS = ("model", "lexis", "forms", "agencies", "extract", "facts")


def types() -> Iterator[type]:
    for name in BY_NAME:
        if room_of(name) in ROOMS:
            for one in vars(importlib.import_module(name)).values():
                if isinstance(one, type) and one.__module__ == name:
                    yield one


def fields(kind: type) -> tuple[str, ...]:
    if dataclasses.is_dataclass(kind):
        return tuple(field.name for field in dataclasses.fields(kind))
    if issubclass(kind, Struct):
        return kind.__struct_fields__
    if issubclass(kind, tuple):
        return tuple(getattr(kind, "_fields", ()))
    return tuple(kind.model_fields) if issubclass(kind, BaseModel) else ()


@pytest.mark.parametrize("kind", [one for one in types() if fields(one)], ids=str)
def test_no_type_of_the_core_can_be_changed(kind: type) -> None:
    if issubclass(kind, Struct):
        made = kind(*fields(kind))
    elif issubclass(kind, tuple):
        made = tuple.__new__(kind, (None,) * len(fields(kind)))
    elif issubclass(kind, BaseModel):
        made = kind.model_construct()
    else:
        made = object.__new__(kind)
    for name in some(fields(kind)):
        with pytest.raises((AttributeError, ValueError, TypeError)):
            setattr(made, name, "changed")


def test_the_walk_over_types_sees_what_a_table_is_read_into() -> None:
    """Without this the test above could pass by finding nothing."""
    assert {"RowReading", "CellReading", "Observation", "Identity"} <= {
        one.__name__ for one in types() if fields(one)
    }


CHANGES = {"add", "append", "appendleft", "clear", "discard", "extend", "insert", "pop"}
CHANGES |= {"popitem", "popleft", "remove", "reverse", "setdefault", "sort", "update"}


def test_no_class_of_the_core_changes_while_it_works() -> None:
    changing = {
        f"{module}.{node.name}"
        for module in BY_NAME
        if room_of(module) in ROOMS
        for node in ast.walk(tree_of(module))
        if isinstance(node, ast.ClassDef) and changes_itself(node)
    }
    assert sorted(changing) == []


@pytest.mark.parametrize(
    "line", ["self.seen.add(name)", "self.seen[name] = 1", "self.seen = name", "del self.seen"]
)
def test_a_class_that_changes_itself_is_seen(line: str) -> None:
    """Without this the test above could pass by finding nothing."""
    kind = ast.parse(f"class One:\n    def note(self, name):\n        {line}").body[0]
    assert isinstance(kind, ast.ClassDef)
    assert changes_itself(kind)


def changes_itself(kind: ast.ClassDef) -> bool:
    """Whether a method other than the constructor gives an attribute of self another value."""
    methods = [
        one for one in kind.body if isinstance(one, ast.FunctionDef) and one.name != "__init__"
    ]
    return any(is_of_self(one) for method in methods for one in changed_in(method))


def changed_in(method: ast.FunctionDef) -> Iterator[ast.expr]:
    """What a method assigns to, deletes, or calls a method of that changes it."""
    for node in ast.walk(method):
        if isinstance(node, (ast.Assign, ast.Delete)):
            for target in node.targets:
                yield from target.elts if isinstance(target, ast.Tuple) else (target,)
        elif isinstance(node, (ast.AugAssign, ast.AnnAssign)):
            yield node.target
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield from (node.func.value,) if node.func.attr in CHANGES else ()


def is_of_self(changed: ast.expr) -> bool:
    while isinstance(changed, ast.Subscript):
        changed = changed.value
    return (
        isinstance(changed, ast.Attribute)
        and isinstance(changed.value, ast.Name)
        and changed.value.id == "self"
    )


def test_no_reading_of_a_table_is_rewritten() -> None:
    offenders = []
    for module in BY_NAME:
        if not module.startswith(("pipeline.extract.tables", "pipeline.facts", "pipeline.forms")):
            continue
        for node in ast.walk(tree_of(module)):
            targets = node.targets if isinstance(node, ast.Assign) else ()
            if isinstance(node, (ast.AugAssign, ast.AnnAssign)):
                targets = (node.target,)
            offenders += [
                f"{module}:{target.lineno}"
                for target in targets
                if isinstance(target, ast.Attribute)
                and not (isinstance(target.value, ast.Name) and target.value.id == "self")
            ]
    assert offenders == []
