"""The stages of parsing, and what each depends on: when its results have to be made again.

A file is read to documents, documents give reports with their facts and checks. What a stage
depends on is found by following the imports of its modules, so that nobody has to remember:
a change in ``agencies`` gives reports again and reads no file.
"""

import hashlib
import platform
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path

_PACKAGE = Path(__file__).parent
_IMPORT = re.compile(
    r"^\s*(?:from (pipeline[\w.]*) import (?:\(([^)]*)\)|(.*))|import (pipeline[\w.]*))", re.M
)
_REQUIRED = re.compile(r"^[\w.-]+")


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of parsing.

    Attributes:
        name: What it makes.
        root: The package or module that does it.
        libraries: Distributions it imports; what these need in turn is found out.
        after: The stage whose results it takes.
    """

    name: str
    root: str
    libraries: tuple[str, ...]
    after: "Stage | None" = None


DOCUMENTS = Stage(
    "documents",
    "pipeline.readers",
    (
        "fastwarc",
        "msdoc2docx",
        "msgspec",
        "openpyxl",
        "pdfminer.six",
        "pdfplumber",
        "pillow",
        "pyarrow",
        "pydantic",
        "pypdfium2",
        "python-calamine",
        "python-docx",
        "pyyaml",
        "selectolax",
        "tinycss2",
    ),
)
REPORTS = Stage(
    "reports",
    "pipeline.parsing",
    ("jieba", "opencc", "pyahocorasick", "pydantic", "pyyaml", "rapidfuzz", "rjieba"),
    DOCUMENTS,
)
STAGES = (DOCUMENTS, REPORTS)


@cache
def version(stage: Stage) -> str:
    """Returns a hash of everything that the results of a stage depend on, their input aside."""
    digest = hashlib.sha256()
    if stage.after:
        digest.update(version(stage.after).encode())
    digest.update(".".join(platform.python_version_tuple()[:2]).encode())
    for name in sorted(_with_requirements(stage.libraries)):
        digest.update(f"{name} {_installed(name)}\n".encode())
    for path in inputs(stage):
        digest.update(path.relative_to(_PACKAGE).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def parser_version() -> str:
    """Returns the version of everything that parsing depends on."""
    return version(REPORTS)


def inputs(stage: Stage) -> list[Path]:
    """Returns the code that a stage reaches, and the data beside it."""
    modules = _reached(stage.root)
    data = {file for module in modules for file in (module.parent / "data").glob("*.*")}
    return sorted(modules | data)


def _reached(root: str) -> set[Path]:
    found: set[Path] = set()
    waiting = list(_modules(root))
    while waiting:
        module = waiting.pop()
        if module not in found:
            found.add(module)
            waiting += _imported(module.read_text("utf-8"))
    return found


def _modules(name: str) -> Iterator[Path]:
    """The modules of a package, or the one module of that name."""
    path = _PACKAGE.parent / name.replace(".", "/")
    yield from path.rglob("*.py")
    if (module := path.with_suffix(".py")).is_file():
        yield module


def _imported(source: str) -> Iterator[Path]:
    for package, several, some, whole in _IMPORT.findall(source):
        yield from _files_of(package or whole)
        for name in re.findall(r"\w+", several or some):
            yield from _files_of(f"{package}.{name}")


@cache
def _files_of(name: str) -> tuple[Path, ...]:
    """The file of a module or package, none where something else bears the name."""
    path = _PACKAGE.parent / name.replace(".", "/")
    return tuple(filter(Path.is_file, (path.with_suffix(".py"), path / "__init__.py")))


def _with_requirements(names: Iterable[str]) -> set[str]:
    """Distributions with those they need, extras aside."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop().lower().replace("_", "-")
        if name in found:
            continue
        found.add(name)
        about = _about(name)
        required = (about and about.get_all("Requires-Dist")) or []
        waiting += [
            match[0] for one in required if "extra ==" not in one if (match := _REQUIRED.match(one))
        ]
    return found


def _installed(library: str) -> str:
    """The version of a library."""
    about = _about(library)
    return about["Version"] if about else "none"


@cache
def _about(library: str) -> metadata.PackageMetadata | None:
    """What an installed library says of itself; some have no build for every machine."""
    try:
        return metadata.metadata(library)
    except metadata.PackageNotFoundError:
        return None
