"""Origin sidecars: where a raw file came from. Optional; a broken one is told, not fatal."""

from datetime import date
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from pipeline.warehouse.raw import SIDECAR
from pipeline.warehouse.worker import Task


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
    """Returns what is wrong with a file's sidecar, None where nothing is or there is none."""
    sidecar = Path(task.path + SIDECAR)
    if not sidecar.exists():
        return None
    name = task.source_path + SIDECAR
    try:
        origin = Origin.model_validate(yaml.safe_load(sidecar.read_text("utf-8")))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError) as error:
        first = " ".join(str(error).split())[:160]
        return f"{name} cannot be read and is passed over: {first}"
    if origin.sha256 and origin.sha256.lower() != task.file_id:
        return f"{name} states another sha256 than the file has: the file was changed since"
    return None
