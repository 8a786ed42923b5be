"""What the program goes by, as data: files in the ``data`` folders of the rooms, and of users.

What a file may say belongs to the room that asks.
"""

import csv
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

Declared = TypeVar("Declared")
Key = TypeVar("Key", bound=Hashable)
_LONGEST = 160
Texts = dict[str, str]
"""A row whose columns are texts, and no more is asked of it."""


class Declaration(BaseModel):
    """A declaration in a data file, or a part of one: frozen, without any other keys."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def repeated(keys: Iterable[Key]) -> list[Key]:
    """Returns the keys that stand more than once where each must stand once."""
    return [key for key, times in Counter(keys).items() if times > 1]


class Bilingual(Declaration):
    """The same in Chinese and in English."""

    zh: str
    en: str

    @property
    def both(self) -> str:
        """Chinese and English in one line."""
        return f"{self.zh} | {self.en}"


def declared(room: str, name: str, form: type[Declared]) -> Declared:
    """Returns what a YAML file of a room says.

    Args:
        room: The package beside whose ``data`` it lies: ``pipeline.facts``.
        name: The file, without its ending.
        form: What it has to say.

    Raises:
        ValidationError: It says something else; a note names the file.
    """
    with _named(room, f"{name}.yml") as text:
        return parsed(text, form)


def declared_rows(room: str, name: str, form: type[Declared]) -> list[Declared]:
    """Returns the rows of a CSV file of a room.

    Raises:
        ValidationError: One says something else; a note names the file.
    """
    with _named(room, f"{name}.csv") as text:
        rows = list(csv.DictReader(text.splitlines()))
        return TypeAdapter(list[form]).validate_python(rows)  # type: ignore[valid-type]


class StatedError(Exception):
    """A file of a user's says something else than it has to; the message says where."""


def stated(path: Path, form: type[Declared], otherwise: str = "") -> Declared:
    """Returns the content of a user's YAML file; a missing file counts as empty.

    Args:
        path: The file.
        form: What it may say; every part of it may be left out.
        otherwise: What is said behind a fault, of what it means.

    Raises:
        StatedError: It cannot be read, or says something else.
    """
    try:
        return parsed(path.read_text("utf-8") if path.exists() else "", form)
    except (OSError, ValueError, yaml.YAMLError) as error:
        said = fault(error)
    # Raised outside: what pydantic raises holds frames, and these DuckDB's connections.
    raise StatedError("; ".join(filter(None, [f"{path}: {said}", otherwise])))


MEND = "mend that line or take it out"
"""What to do about a fault in a file that people write."""


def fault(error: Exception) -> str:
    """Returns the first thing that is wrong with a text, in one line."""
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "the whole file"
        return f"{place}: {first['msg']}"
    return f"cannot be read: {' '.join(str(error).split())[:_LONGEST]}"


class _Loader(yaml.CSafeLoader):
    """Refuses a key that stands twice, of which YAML would take the last and say nothing."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        met: set[str] = set()
        for key in (key for key, _ in node.value if isinstance(key, yaml.ScalarNode)):
            if key.value in met:
                said = f"{key.value} stands twice"
                raise yaml.MarkedYAMLError(problem=said, problem_mark=key.start_mark)
            met.add(key.value)
        return super().construct_mapping(node, deep=deep)


def parsed(text: str, form: type[Declared]) -> Declared:
    """Returns what a YAML text says; an empty one is a mapping without keys.

    Raises:
        ValidationError: It says something else.
        yaml.YAMLError: It is no YAML, or has a key twice.
    """
    return TypeAdapter(form).validate_python(yaml.load(text, _Loader) or {})


@contextmanager
def _named(room: str, name: str) -> Iterator[str]:
    """The text of a data file; errors of validation get its name as a note."""
    try:
        yield (files(room) / "data" / name).read_text("utf-8")
    except ValidationError as error:
        error.add_note(f"in {room.replace('.', '/')}/data/{name}")
        raise
