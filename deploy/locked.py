"""Writes what the image installs with the hash of each archive, and what it is made of.

    python deploy/locked.py lock REPORT    # deploy/locked.txt, from `pip install --report`
    python deploy/locked.py sbom FOLDER    # what is installed here: CycloneDX, and licences

The lock names packages, versions and hashes and no address: where they come from is what pip
is told, and whatever it brings must be these bytes.
"""

import csv
import json
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Any
from uuid import uuid4

LOCK = Path(__file__).with_name("locked.txt")
PROJECT = "gongkai"

_LINE = re.compile(r"^([\w.-]+)==(\S+)((?: --hash=sha256:[0-9a-f]{64})+)$")
_LONGEST_NAME = 60
"""What is longer is the text of a licence and not its name."""


def main(task: str, place: str) -> None:
    """Does one of the two."""
    if task == "lock":
        LOCK.write_text("".join(f"{line}\n" for line in locked(json.loads(_text(place)))), "utf-8")
    else:
        folder = Path(place)
        folder.mkdir(parents=True, exist_ok=True)
        bom = json.dumps(cyclonedx(), ensure_ascii=False, indent=1)
        (folder / "sbom.cdx.json").write_text(bom, "utf-8")
        with (folder / "licences.csv").open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([("package", "version", "licence"), *licences()])


def locked(report: dict[str, Any]) -> Iterator[str]:
    """Yields a line for each package of a report of pip but this one, in order."""
    for one in sorted(report["install"], key=lambda one: _plain(one["metadata"]["name"])):
        name, version = one["metadata"]["name"], one["metadata"]["version"]
        if _plain(name) != PROJECT:
            digest = one["download_info"]["archive_info"]["hashes"]["sha256"]
            yield f"{_plain(name)}=={version} --hash=sha256:{digest}"


def hashes() -> dict[tuple[str, str], list[str]]:
    """Returns the hashes that the lock holds, by name and version."""
    found = {}
    for line in LOCK.read_text("utf-8").splitlines():
        if match := _LINE.match(line):
            found[match[1], match[2]] = re.findall("[0-9a-f]{64}", match[3])
    return found


def cyclonedx() -> dict[str, Any]:
    """Returns what is installed here as a bill of materials of CycloneDX 1.6."""
    known = hashes()
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid4()}",
        "version": 1,
        "metadata": {
            "timestamp": datetime.now(UTC).isoformat(timespec="seconds"),
            "component": _component(_own(), known),
        },
        "components": [_component(one, known) for one in _installed()],
    }


def licences() -> Iterator[tuple[str, str, str]]:
    """Yields name, version and licence of what is installed here."""
    for one in _installed():
        yield _plain(one.name), one.version, _licence(one)


def _component(one: Distribution, known: dict[tuple[str, str], list[str]]) -> dict[str, Any]:
    name = _plain(one.name)
    found = known.get((name, one.version), [])
    return {
        "type": "application" if name == PROJECT else "library",
        "bom-ref": f"{name}@{one.version}",
        "name": name,
        "version": one.version,
        "purl": f"pkg:pypi/{name}@{one.version}",
        "licenses": [{"license": {"name": _licence(one)}}],
        "hashes": [{"alg": "SHA-256", "content": digest} for digest in found],
    }


def _licence(one: Distribution) -> str:
    told = one.metadata
    for name in (told.get("License-Expression"), told.get("License")):
        if name and len(name) <= _LONGEST_NAME and "\n" not in name and name != "UNKNOWN":
            return str(name)
    classes = [c.rpartition(" :: ")[2] for c in told.get_all("Classifier", []) if "License" in c]
    return " or ".join(classes) or "not stated"


def _own() -> Distribution:
    return next(one for one in distributions() if _plain(one.name) == PROJECT)


def _installed() -> list[Distribution]:
    """What is installed, once each, without this project."""
    found = {_plain(one.name): one for one in distributions() if one.name}
    return [found[name] for name in sorted(found) if name != PROJECT]


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _text(place: str) -> str:
    return Path(place).read_text("utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:3])
