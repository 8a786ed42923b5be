"""What may lie in a raw folder: each path costs itself at most, and a sudden loss is not news."""

import os
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from stated_corpus import Corpus, report

from pipeline.settings import Settings
from pipeline.storage import listing
from pipeline.warehouse import disk
from pipeline.warehouse.build import open_build
from pipeline.warehouse.intake.inventory import Inventory
from pipeline.warehouse.intake.origins import doubts
from pipeline.warehouse.intake.raw import PASSED_OVER, keep_apart, walk
from pipeline.warehouse.intake.retries import Retries
from pipeline.warehouse.reviewed.expected import Loss
from pipeline.warehouse.runs.summary import lines
from pipeline.warehouse.store.tasks import Task

ITEMS = "disclosure.items"
ALIASES = "a: &a [x]\n" + "".join(
    f"{c}: &{c} [*{p}, *{p}]\n" for p, c in zip("abc", "bcd", strict=True)
)


def doubt(folder: Path, sidecar: str) -> str:
    (folder / "a.txt.origin.yml").write_text(sidecar, "utf-8")
    return doubts(Task("0a", "a.txt", str(folder / "a.txt"), 1)) or ""


@pytest.mark.parametrize(
    ("sidecar", "told"),
    [
        ("title: x\nadded: 2018-13-01\n", "cannot be read"),
        ('added: !!timestamp "soon"\n', "cannot be read"),
        ('a: !!bool "x"\n', "cannot be read"),
        ('a: !!int ""\n', "cannot be read"),
        ("added: never\n", "added"),
        (f"n: {'9' * 5000}\n", "cannot be read"),
        ("n: !!float abc\n", "cannot be read"),
        ("[" * 5000, "nested"),
        (ALIASES, "aliases"),
        ("- [no: map", "no YAML in line"),
        ("title: " + "x" * 70_000, "64 kB"),
        ("- a list\n", "no list of keys"),
    ],
)
def test_a_sidecar_that_says_nothing_is_passed_over(
    tmp_path: Path, sidecar: str, told: str
) -> None:
    message = doubt(tmp_path, sidecar)
    assert message.startswith("a.txt.origin.yml is passed over: ")
    assert told in message


@pytest.mark.parametrize("sidecar", ["", "\n", "# nothing yet\n"])
def test_an_empty_sidecar_is_none(tmp_path: Path, sidecar: str) -> None:
    assert doubt(tmp_path, sidecar) == ""


def test_a_good_sidecar_raises_no_doubt(tmp_path: Path) -> None:
    assert (
        doubt(tmp_path, "title: 年度报告\nadded: 2018-12-01\nsha256: 0A\nmine: [1, {b: c}]\n") == ""
    )


def test_what_lies_behind_a_linked_sidecar_is_never_told(tmp_path: Path) -> None:
    (tmp_path / "secret.cfg").write_text("[db]\npassword=hidden\n\tx: : y\n", "utf-8")
    (tmp_path / "a.txt.origin.yml").symlink_to(tmp_path / "secret.cfg")
    told = doubts(Task("0a", "a.txt", str(tmp_path / "a.txt"), 1)) or ""
    assert "not a regular file" in told
    assert "password" not in told


def test_a_sidecar_that_is_a_pipe_or_a_device_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt.origin.yml")
    (tmp_path / "b.txt.origin.yml").symlink_to("/dev/zero")
    for name in ("a.txt", "b.txt"):
        assert "not a regular file" in (doubts(Task("0a", name, str(tmp_path / name), 1)) or "")


@pytest.mark.around
def test_half_fetched_files_and_what_systems_leave_are_counted_and_not_read(
    corpus: Corpus,
) -> None:
    corpus.add("a.html", report({ITEMS: "17"}))
    for name in (
        "new_upload.html.part",
        "b.pdf.crdownload",
        "~$report.docx",
        "sub/.DS_Store",
        "Thumbs.db",
        "._a.html",
    ):
        corpus.add(name, report({ITEMS: "99"}), content=name)
    record = corpus.build()
    assert (record.files_seen, record.files_passed_over) == (1, 6)
    assert (record.reports, record.files_quarantined) == (1, 0)
    assert dict(lines(record))["files"] == "1 seen, 1 parsed, 6 passed over by name"


def test_a_name_too_long_for_a_sidecar_has_none(tmp_path: Path) -> None:
    file = tmp_path / f"{'长' * 81}.txt"
    file.write_text("x", "utf-8")
    assert doubts(Task("0a", file.name, str(file), 1)) is None
    assert [seen.reason for seen in walk(tmp_path)] == [None]


def test_only_files_that_lie_in_the_folder_are_taken(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    (raw / "below").mkdir(parents=True)
    (raw / "below" / "a.txt").write_text("a", "utf-8")
    (tmp_path / "out.txt").write_text("out", "utf-8")
    (raw / "inside.txt").symlink_to(raw / "below" / "a.txt")
    (raw / "outside.txt").symlink_to(tmp_path / "out.txt")
    (raw / "folder").symlink_to(raw / "below")
    (raw / "gone.txt").symlink_to(raw / "nothing")
    (raw / "new.txt.part").write_text("new", "utf-8")
    (raw / "a.txt.origin.yml").write_text("title: x", "utf-8")
    os.mkfifo(raw / "pipe.txt")
    assert {seen.source_path: seen.reason for seen in walk(raw)} == {
        "below/a.txt": None,
        "inside.txt": None,
        "outside.txt": "outside_raw",
        "gone.txt": "not_readable",
        "pipe.txt": "not_readable",
        "new.txt.part": PASSED_OVER,
    }


def test_names_that_print_alike_stay_two(tmp_path: Path) -> None:
    for name in (b"a\xff.txt", rb"a\xff.txt"):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_bytes(b"x")
    assert len({seen.source_path for seen in walk(tmp_path)}) == 2


@pytest.fixture
def depths(tmp_path: Path) -> Iterator[Path]:
    """A folder with more folders in one another than a path may name."""
    here = Path.cwd()
    try:
        os.chdir(tmp_path)
        for _ in range(1200):
            Path("d").mkdir()
            os.chdir("d")
    finally:
        os.chdir(here)
    yield tmp_path
    # pytest clears old folders away by recursion, and would end the run at this one.
    subprocess.run(["rm", "-rf", str(tmp_path / "d")], check=True)


@pytest.mark.around
def test_links_to_themselves_depths_holes_and_far_times_cost_only_themselves(
    depths: Path,
) -> None:
    (depths / "loop").symlink_to("loop")
    (depths / "far.txt").write_text("x", "utf-8")
    os.utime(depths / "far.txt", (15_000_000_000, 15_000_000_000))
    with (depths / "big.txt").open("wb") as sparse:
        sparse.truncate(8 << 40)
    found = {seen.source_path: seen for seen in walk(depths)}
    assert found["loop"].reason == "not_readable"
    assert found["big.txt"].reason == "too_large"
    assert (found["far.txt"].reason, found["far.txt"].mtime_ns) == (None, (1 << 63) - 1)
    survey = Inventory(depths / "store").update(depths)
    assert survey.files == len(found)


@pytest.mark.around
@pytest.mark.parametrize(("raw", "warehouse"), [("a", "a"), ("a", "a/b"), ("a/b", "a")])
def test_a_build_does_not_take_in_what_it_wrote(tmp_path: Path, raw: str, warehouse: str) -> None:
    with pytest.raises(disk.BuildError, match="--warehouse"):
        keep_apart(tmp_path / raw, tmp_path / warehouse)
    keep_apart(tmp_path / "raw", tmp_path / "raw2")
    settings = Settings(raw=tmp_path / raw, warehouse=tmp_path / warehouse)
    with open_build(settings) as build, pytest.raises(disk.BuildError, match="--warehouse"):
        build.survey()


NO_MORE = Loss()


def surveyed(
    raw: Path, store: Path, keep: int, *, files: int = 50, loss: Loss | None = NO_MORE
) -> int:
    """Looks at some files, then at those that are left."""
    raw.mkdir(exist_ok=True)
    for number in range(files):
        (raw / f"{number}.txt").write_text(f"{number}", "utf-8")
    Inventory(store).update(raw)
    for number in range(keep, files):
        (raw / f"{number}.txt").unlink()
    return Inventory(store).update(raw, loss).gone


def test_a_fifth_of_the_files_may_go_and_more_may_not(tmp_path: Path) -> None:
    assert surveyed(tmp_path / "a", tmp_path / "store_a", keep=40) == 10
    with pytest.raises(disk.BuildError, match=r"11 of 50 known files are gone .*--accept-loss"):
        surveyed(tmp_path / "b", tmp_path / "store_b", keep=39)
    assert surveyed(tmp_path / "c", tmp_path / "store_c", keep=39, loss=None) == 11


def test_a_folder_under_another_name_is_no_loss_and_what_it_lacks_is(tmp_path: Path) -> None:
    raw, store = tmp_path / "raw", tmp_path / "store"
    assert surveyed(raw, store, keep=50) == 0
    (raw / "renamed").mkdir()
    for number in range(50):
        (raw / f"{number}.txt").rename(raw / "renamed" / f"{number}.txt")
    survey = Inventory(store).update(raw, NO_MORE)
    assert (survey.gone, survey.moved, survey.files) == (0, 50, 50)
    (raw / "again").mkdir()
    for number in range(50):
        file = raw / "renamed" / f"{number}.txt"
        file.rename(raw / "again" / file.name) if number < 39 else file.unlink()
    with pytest.raises(disk.BuildError, match=r"11 of 50 known files are gone"):
        Inventory(store).update(raw, NO_MORE)


def test_nine_files_may_always_go_where_some_are_left(tmp_path: Path) -> None:
    assert surveyed(tmp_path / "a", tmp_path / "store_a", keep=11, files=20) == 9
    with pytest.raises(disk.BuildError, match="10 of 20"):
        surveyed(tmp_path / "b", tmp_path / "store_b", keep=10, files=20)


@pytest.mark.around
def test_a_folder_not_mounted_does_not_empty_a_small_warehouse(corpus: Corpus) -> None:
    file = corpus.add("a.txt", report({ITEMS: "17"}))
    corpus.build()
    file.unlink()
    (corpus.settings.raw / ".gitkeep").write_bytes(b"")
    with pytest.raises(disk.BuildError, match="is it mounted"):
        corpus.build()
    assert corpus.query("SELECT count(*) FROM fact_indicator") == [(1,)]


def test_a_file_that_failed_is_tried_the_next_night_and_then_less_often(tmp_path: Path) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    assert Retries(tmp_path).due(["f"], now) == ["f"]
    tried = [
        hour
        for hour in range(6, 24 * 150, 6)
        if Retries(tmp_path).due(["f"], now + timedelta(hours=hour))
    ]
    distances = [later - earlier for earlier, later in zip([0, *tried], tried, strict=False)]
    month = 24 * 32
    assert distances == [6, 12, 24, 48, 96, 192, 384, month, month, month]
    assert Retries(tmp_path).tries("f") == len(tried) + 2


def test_a_file_that_was_read_at_last_is_forgotten_and_a_damaged_list_is_none(
    tmp_path: Path,
) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    Retries(tmp_path).due(["f"], now)
    Retries(tmp_path).due([], now)
    assert Retries(tmp_path).due(["f"], now) == ["f"]
    (tmp_path / "retries.json").write_bytes(b"\0\0")
    assert Retries(tmp_path).due(["f"], now) == ["f"]


def test_files_are_listed_as_they_lie_and_links_to_folders_are_not_followed(tmp_path: Path) -> None:
    root, elsewhere = tmp_path / "raw", tmp_path / "elsewhere"
    (root / "市" / "县").mkdir(parents=True)
    elsewhere.mkdir()
    (root / "市" / "县" / "a b.html").write_bytes(b"12345")
    (root / ".hidden").write_bytes(b"1")
    (elsewhere / "c.html").write_bytes(b"123")
    (root / "linked.html").symlink_to(elsewhere / "c.html")
    (root / "folder").symlink_to(elsewhere)
    (root / "round").symlink_to(root)
    (root / "dead").symlink_to(root / "nothing")
    os.mkfifo(root / "pipe")

    found = {one.name: one.size for one in listing(root)}

    assert found == {"市/县/a b.html": 5, ".hidden": 1, "linked.html": 3}
    assert not list(listing(root / "nothing"))
    assert not list(listing(root / ".hidden"))
