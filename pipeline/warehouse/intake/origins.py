"""Origin sidecars: where a raw file came from. Optional; a broken one is told, not fatal."""

import os
import stat
from datetime import date
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError
from yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent

from pipeline.warehouse.intake.raw import SIDECAR
from pipeline.warehouse.store.tasks import Task

_MOST_BYTES = 64 << 10
_DEEPEST = 20


class Origin(BaseModel):
    """What a sidecar may state; other lines are the collector's own business.

    Attributes:
        title: Title of the page it was found on.
        publisher: Who published it.
        address: Where it was found.
        sha256: Hash the file had when it was put down.
        added: Day it was put down.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)

    title: str | None = None
    publisher: str | None = None
    address: str | None = None
    sha256: str | None = None
    added: date | None = None


def doubts(task: Task) -> str | None:
    """Returns what is wrong with a file's sidecar, None where nothing is or there is none.

    What a sidecar holds is never told, only where it is wrong: it may be any file.
    """
    sidecar = Path(task.path + SIDECAR)
    try:
        found = sidecar.lstat()
    except (OSError, ValueError):  # there is none; a name may be too long to have one
        return None
    name = task.source_path + SIDECAR
    try:
        origin = _read(sidecar, found)
    except _SidecarError as error:
        return f"{name} is passed over: {error}"
    if origin.sha256 and origin.sha256.lower() != task.file_id:
        return f"{name} states another sha256 than the file has: the file was changed since"
    return None


# A tag that cannot hold its value, !!timestamp "soon" or !!bool "x", fails in any of these ways.
_OF_VALUES = (
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
    yaml.YAMLError,
)


class _SidecarError(Exception):
    """A sidecar that says nothing; the message says why, without its content."""


def _read(sidecar: Path, found: os.stat_result) -> Origin:
    if not stat.S_ISREG(found.st_mode):
        raise _SidecarError("not a regular file; put a copy of it there")
    if found.st_size > _MOST_BYTES:
        raise _SidecarError(f"larger than {_MOST_BYTES >> 10} kB; keep what it has to state")
    try:
        text = sidecar.read_text("utf-8")
        _limit(text)
        stated = yaml.safe_load(text)
        return Origin.model_validate({} if stated is None else stated)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = f" in line {mark.line + 1}" if mark else ""
        raise _SidecarError(f"no YAML{where}") from error
    except ValidationError as error:
        keys = ", ".join(str(key) for one in error.errors() for key in one["loc"][:1])
        raise _SidecarError(f"a value that cannot be: {keys or 'it is no list of keys'}") from error
    except OSError as error:
        raise _SidecarError(str(error.strerror)) from error
    except _OF_VALUES as error:
        raise _SidecarError(f"it cannot be read ({type(error).__name__})") from error


def _limit(text: str) -> None:
    """Refuses what a few bytes could make endless: aliases, and nesting without end."""
    depth = 0
    for event in yaml.parse(text, yaml.SafeLoader):
        if isinstance(event, AliasEvent):
            raise _SidecarError("aliases are not taken")
        depth += isinstance(event, CollectionStartEvent)
        depth -= isinstance(event, CollectionEndEvent)
        if depth > _DEEPEST:
            raise _SidecarError(f"nested deeper than {_DEEPEST}")
