"""A folder full of traps: the night ends well, and each trap says why it was left out."""

import io
import os
import random
import sys
import tarfile
from functools import cache
from pathlib import Path

import duckdb
import pytest

from benchmarks.measuring import Measured, measure
from pipeline.settings import ROOT
from tests.generator.packed import zipped

GONGKAI = Path(sys.executable).with_name("gongkai")
FORMATS = ROOT / "tests" / "golden" / "formats"
LIMIT = 1_000_000_000


def tar(members: dict[str, bytes | str]) -> bytes:
    """An archive; a member given as text is a symbolic link to it."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            if isinstance(content, str):
                member.type, member.linkname = tarfile.SYMTYPE, content
                archive.addfile(member)
            else:
                member.size = len(content)
                archive.addfile(member, io.BytesIO(content))
    return packed.getvalue()


def nested(depth: int) -> bytes:
    inner = b"x"
    for level in range(depth):
        inner = zipped({f"{level}.zip" if level else "a.txt": inner})
    return inner


@cache
def traps() -> dict[str, bytes]:
    """Content by name; packed when they are set."""
    return {
        "empty.txt": b"",
        "noise.pdf": random.Random(4).randbytes(200_000),
        "one_letter.txt": b"a" * 5_000_000,
        "bars.txt": b"|" * 5_000_000,
        "bars_between.txt": b"a|" * 2_500_000,
        "brackets.html": b"<" * 5_000_000,
        "deep.html": b"<html>" + b"<div>" * 5_000 + b"x",
        "deep_tables.html": b"<html>" + b"<table><tr><td>" * 5_000 + b"x",
        "rows.html": b"<html><table>" + "<tr><td>行<td>1<td>2".encode() * 20_000,
        "labels.txt": "行政许可\t1\n".encode() * 6_000,
        "bomb.zip": zipped({f"{n}.txt": bytes(40 << 20) for n in range(5)}),
        "nested.zip": nested(12),
        "many.zip": zipped({f"{n}.txt": b"x" for n in range(4_000)}),
        "outside.zip": zipped({"../../../escaped.txt": b"x", "/tmp/escaped.txt": b"x"}),
        "outside.tar.gz": tar({"../../escaped.txt": b"x", "link": "/etc/passwd"}),
        "half.docx": (FORMATS / "form.docx").read_bytes()[:9_000],
        "half.pdf": (FORMATS / "form_over_pages.pdf").read_bytes()[:20_000],
        "word.xls": b"<html><p>x",
        "text.pdf": b"plain text",
        "odd\nname\t'\".txt": b"x",
        os.fsdecode(b"\xff\xfe.txt"): b"x",
    }


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Measured]:
    root = tmp_path_factory.mktemp("night")
    raw = root / "raw"
    raw.mkdir()
    for name, content in traps().items():
        (raw / name).write_bytes(content)
    (raw / "link_out").symlink_to("/etc")
    (raw / "passwords.txt").symlink_to("/etc/passwd")
    (raw / "loop").symlink_to(raw)
    os.mkfifo(raw / "pipe.txt")
    good = next((ROOT / "data" / "raw").rglob("002*.txt"))
    (raw / "good.txt").write_bytes(good.read_bytes())
    environment = {
        **os.environ,
        "GONGKAI_RAW": str(raw),
        "GONGKAI_WAREHOUSE": str(root / "warehouse"),
    }
    return root, measure([str(GONGKAI), "build", "--jobs", "2"], environment)


def quarantine(root: Path) -> dict[str, str]:
    with duckdb.connect(str(root / "warehouse" / "gongkai.duckdb"), read_only=True) as reader:
        found = reader.execute("SELECT source_path, reason FROM quarantine").fetchall()
    return dict(found)


def test_the_good_report_among_them_gives_its_facts(night: tuple[Path, Measured]) -> None:
    root, _ = night
    with duckdb.connect(str(root / "warehouse" / "gongkai.duckdb"), read_only=True) as reader:
        agencies = reader.execute("SELECT DISTINCT agency_id FROM fact_indicator").fetchall()
        items = reader.execute(
            "SELECT value FROM fact_indicator WHERE indicator_id = 'disclosure.items'"
        ).fetchall()
    assert agencies == [("370322.quality_supervision",)]
    assert items == [(17,)]


def test_every_trap_is_in_quarantine_under_a_reason(night: tuple[Path, Measured]) -> None:
    root, _ = night
    found = {path.partition("!/")[0] for path in quarantine(root)}
    harmless = {"labels.txt"}
    odd = {"odd\nname\t'\".txt", os.fsdecode(b"\xff\xfe.txt")}
    assert set(traps()) - harmless - odd <= found
    assert {"passwords.txt", "link_out", "pipe.txt"} <= found
    assert len(found) >= len(traps()) - len(harmless) + 3


def test_nothing_is_written_outside_the_warehouse(night: tuple[Path, Measured]) -> None:
    root, _ = night
    beside = {path.name for path in root.iterdir()}
    assert beside == {"raw", "warehouse"}
    assert {path.name for path in (root / "raw").iterdir()} == {
        *traps(),
        "good.txt",
        "link_out",
        "passwords.txt",
        "loop",
        "pipe.txt",
    }
    assert not list(root.parent.glob("escaped*"))
    assert not Path("/tmp/escaped.txt").exists()


def test_memory_stays_below_a_gigabyte(night: tuple[Path, Measured]) -> None:
    _, cost = night
    assert cost.peak < LIMIT
