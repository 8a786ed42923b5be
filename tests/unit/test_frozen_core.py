"""Nothing of the core is changed after it was made."""

import ast
import dataclasses
import importlib
from collections.abc import Iterator

import pytest
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
    if issubclass(kind, tuple):
        return tuple(getattr(kind, "_fields", ()))
    return tuple(kind.model_fields) if issubclass(kind, BaseModel) else ()


@pytest.mark.parametrize("kind", [one for one in types() if fields(one)], ids=str)
def test_no_type_of_the_core_can_be_changed(kind: type) -> None:
    if issubclass(kind, tuple):
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
