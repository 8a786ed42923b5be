"""Single mistakes as data: what to put where, and what a user would see."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

HERE = Path(__file__).parent
FLOORS = HERE / "floors.yml"
ROOT = HERE.parents[1]

# The tests of each part of the program: those next to it first, then what all documents say.
_DOCUMENTS = ("tests/golden/test_snapshots.py", "tests/golden/test_small_documents.py")
_TOWN = "tests/golden/test_town.py"
_TESTS = {
    "pipeline": ("tests/unit", _TOWN),
    "pipeline/model": ("tests/unit/extract", *_DOCUMENTS),
    "pipeline/lexis": ("tests/unit/lexis", *_DOCUMENTS, "tests/unit/extract/prose"),
    "pipeline/readers": ("tests/unit/readers", *_DOCUMENTS),
    "pipeline/readers/html": ("tests/unit/readers/html", *_DOCUMENTS),
    "pipeline/readers/office": ("tests/unit/readers/office", *_DOCUMENTS),
    "pipeline/readers/pdf": ("tests/unit/readers/pdf", *_DOCUMENTS),
    "pipeline/readers/text": (
        "tests/unit/readers/text",
        "tests/unit/readers/test_lines_of_doubt.py",
        *_DOCUMENTS,
    ),
    "pipeline/forms": ("tests/unit/forms", "tests/unit/facts", *_DOCUMENTS),
    "pipeline/agencies": ("tests/unit/agencies", *_DOCUMENTS),
    "pipeline/extract/ways.py": ("tests/unit/extract/test_ways.py",),
    "pipeline/extract/headings.py": ("tests/unit/extract/tables", *_DOCUMENTS),
    "pipeline/extract/column_headers.py": ("tests/unit/extract/tables", *_DOCUMENTS),
    "pipeline/extract/identity": ("tests/unit/extract/identity", *_DOCUMENTS),
    "pipeline/extract/tables": ("tests/unit/extract/tables", *_DOCUMENTS),
    "pipeline/extract/prose": ("tests/unit/extract/prose", *_DOCUMENTS),
    "pipeline/facts": (
        "tests/unit/facts",
        "tests/unit/extract/prose/test_narrative_facts.py",
        *_DOCUMENTS,
    ),
    "pipeline/parsing.py": ("tests/unit/extract", *_DOCUMENTS),
    "pipeline/warehouse": (_TOWN, "tests/unit/warehouse"),
    "pipeline/commands": (_TOWN, "tests/unit/warehouse/test_warehouse_lineage.py"),
    "pipeline/explorer": ("tests/unit/explorer", _TOWN, "tests/integration/explorer"),
    "pipeline/assistant": (
        _TOWN,
        "tests/integration/test_model_client.py",
    ),
    "pipeline/notebook": ("tests/integration/test_notebook.py",),
    "pipeline/sources": ("tests/unit/sources",),
    "pipeline/alerts": ("tests/unit/alerts",),
    "pipeline/orchestration": ("tests/unit/orchestration", "tests/unit/alerts"),
    "sql": (_TOWN, "tests/unit/warehouse"),
}


class StaleError(ValueError):
    """The place of a mistake is no longer in the program, or there are several."""


class Mistake(BaseModel):
    """One mistake.

    Attributes:
        id: Its name.
        file: The file it is put into.
        find: The text it replaces, once in the file.
        put: What stands there instead.
        shows: What a user would see, in one line.
        kind: ``threshold`` where a bound is moved, else ``logic`` or ``data``.
        tests: Tests to run, where those of the file's room are too many or too few.
        equivalent: Why no document can tell, where none can.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^\S+$")
    file: str
    find: str = Field(min_length=3)
    put: str
    shows: str = Field(min_length=8)
    kind: Literal["logic", "threshold", "data"] = "logic"
    tests: tuple[str, ...] = ()
    equivalent: str = ""

    def is_called(self, word: str) -> bool:
        """Whether a word is its id, its kind or a part of its file's path."""
        return word in (self.id, self.kind) or word in self.file

    @property
    def room(self) -> str:
        """The part of the program it is in."""
        return max((path for path in _TESTS if self.file.startswith(path)), key=len)

    @property
    def noticed_by(self) -> tuple[str, ...]:
        """The tests that ought to notice."""
        return self.tests or _TESTS[self.room]

    def put_into(self, text: str) -> str:
        """The text of the file with the mistake in it.

        Raises:
            StaleError: The place is not there, or not there alone.
        """
        if text.count(self.find) != 1:
            raise StaleError(f"{self.id}: {text.count(self.find)} places in {self.file}")
        return text.replace(self.find, self.put)


@cache
def mistakes() -> tuple[Mistake, ...]:
    """All of them, by id.

    Raises:
        ValueError: A file is not as declared, or an id is used twice.
    """
    found = [
        Mistake.model_validate(declared)
        for path in sorted(HERE.glob("*.yml"))
        if path != FLOORS
        for declared in yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
    ]
    if len({one.id for one in found}) < len(found):
        raise ValueError("two mistakes share an id")
    return tuple(sorted(found, key=lambda one: one.id))


@cache
def floors() -> dict[str, float]:
    """The shares that were once reached, in percent, by room; they only rise."""
    kept = yaml.load(FLOORS.read_text("utf-8"), yaml.CSafeLoader)
    return {str(name): float(share) for name, share in kept.items()}


def raised(shares: Mapping[str, float], kept: Mapping[str, float]) -> dict[str, float]:
    """The better of what was reached now and before, by room, rounded down."""
    return {
        name: max(int(share * 10) / 10, kept.get(name, 0.0))
        for name, share in {**kept, **shares}.items()
    }


def keep(shares: Mapping[str, float]) -> None:
    """Writes the floors anew, where shares have risen."""
    head = "".join(
        line for line in FLOORS.read_text("utf-8").splitlines(True) if line.startswith("#")
    )
    FLOORS.write_text(head + yaml.safe_dump(raised(shares, floors())), "utf-8")
