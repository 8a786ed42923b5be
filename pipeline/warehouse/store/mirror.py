"""The published Parquet files beside a store that lies elsewhere, for readers who are there.

Each publication is a folder of its own; ``current.json`` names the one that holds and is
written last.
"""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.storage import Remote, delete_folder, listing, upload

POINTER = "current.json"
_FOLDER = "publications"


def copy_publication(parquet: Path, name: str, store: Remote) -> None:
    """Copies the Parquet files of a publication; nobody reads them before they are pointed at."""
    for file in sorted(parquet.rglob("*.parquet")):
        upload(file, store / f"{_FOLDER}/{name}/{file.relative_to(parquet).as_posix()}")


def point_at(name: str, store: Remote, keep: int) -> None:
    """Makes a publication the one that holds, and deletes those beyond the newest ``keep``."""
    with TemporaryDirectory(prefix="gongkai-") as folder:
        pointer = Path(folder) / POINTER
        pointer.write_text(json.dumps({"publication": name, "folder": f"{_FOLDER}/{name}"}))
        upload(pointer, store / POINTER)
    names = sorted({one.name.partition("/")[0] for one in listing(store / _FOLDER)})
    for old in names[:-keep]:
        if old != name:
            delete_folder(store / _FOLDER / old)
