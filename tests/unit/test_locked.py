"""What the image installs: by hash, from nowhere named, and as the constraints say."""

import json
import re
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

from pipeline.settings import ROOT
from tests.some import some

LOCKED = runpy.run_path(str(ROOT / "deploy" / "locked.py"))
LINES = (ROOT / "deploy" / "locked.txt").read_text("utf-8").splitlines()
FORBIDDEN = re.compile(
    r"AGPL|Affero|SSPL|Server Side|Commons Clause|Business Source", re.IGNORECASE
)


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_every_line_is_a_version_and_a_hash_and_no_address() -> None:
    assert len(LINES) > 80
    for line in LINES:
        assert re.fullmatch(r"[a-z0-9-]+==[\w.!+]+( --hash=sha256:[0-9a-f]{64})+", line), line


def test_the_lock_is_what_the_constraints_say() -> None:
    stated = dict(
        line.split("==") for line in (ROOT / "constraints.txt").read_text("utf-8").split()
    )
    versions = {plain(name): version for name, version in stated.items()}
    for line in some(LINES):
        name, version = line.split()[0].split("==")
        assert versions[name] == version, line


def test_what_the_package_needs_is_locked() -> None:
    names = {line.partition("==")[0] for line in LINES}
    told = (ROOT / "pyproject.toml").read_text("utf-8")
    needed = re.search(r"\ndependencies = \[(.*?)\n\]", told, re.DOTALL)
    assert needed
    for one in re.findall(r'^    "([A-Za-z0-9_.-]+)', needed[1], re.MULTILINE):
        assert plain(one) in names


def test_the_bill_of_materials_names_all_with_licence_and_hash(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, str(ROOT / "deploy" / "locked.py"), "sbom", str(tmp_path)],
        check=True,
        timeout=120,
    )
    bom: dict[str, Any] = json.loads((tmp_path / "sbom.cdx.json").read_text("utf-8"))
    assert (bom["bomFormat"], bom["specVersion"]) == ("CycloneDX", "1.6")
    by_name = {one["name"]: one for one in bom["components"]}
    assert {"duckdb", "pyarrow", "dagster"} <= set(by_name)
    if by_name["duckdb"]["version"] in {line.split()[0].partition("==")[2] for line in LINES}:
        assert by_name["duckdb"]["hashes"]
    refs = [one["bom-ref"] for one in bom["components"]]
    assert len(refs) == len(set(refs))


def test_no_licence_binds_who_only_offers_it_over_a_network() -> None:
    for name, _, licence in some(LOCKED["licences"]()):
        assert not FORBIDDEN.search(licence), (name, licence)
