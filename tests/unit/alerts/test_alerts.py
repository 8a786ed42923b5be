"""Somebody is told: by mail and by webhook, of what failed, where, and what to do."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import _lru_cache_wrapper
from importlib.resources import files
from pathlib import Path

import dagster as dg
import pytest
import yaml
from click.testing import CliRunner
from receivers import Mailbox, receiving

from pipeline import declared
from pipeline.agencies.roster import rosters
from pipeline.alerts.channels import load
from pipeline.alerts.sending import Message, send, tell
from pipeline.cli import cli
from pipeline.declared import StatedError
from pipeline.orchestration.afterwards import after
from pipeline.orchestration.failed import failed_run, tell_of, what_is_wrong
from pipeline.settings import PACKAGE, ROOT, Settings
from pipeline.warehouse.build import open_build
from pipeline.warehouse.disk import FULL, BuildError, only_build
from pipeline.warehouse.reviewed.corrections import corrections
from pipeline.warehouse.reviewed.overrides import overrides
from pipeline.warehouse.runs import metrics
from pipeline.warehouse.runs.failures import KEPT, FailedRun, FailureLog
from pipeline.warehouse.runs.health import Bounds, health
from pipeline.warehouse.runs.record import RunLog, RunRecord

pytestmark = pytest.mark.around

NOW = datetime(2026, 11, 29, 2, tzinfo=UTC)
MESSAGE = Message("failed", "gongkai: 失败\nin two lines", "cause: 磁盘已满\n.\nremedy: 腾出空间")


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with receiving() as found:
        yield found


@pytest.fixture
def settings(tmp_path: Path, mailbox: Mailbox) -> Settings:
    alerts = tmp_path / "alerts.yml"
    mail = {
        "host": "127.0.0.1",
        "port": mailbox.mail_port,
        "sender": "gongkai@example.org",
        "to": ["a@example.org", "b@example.org"],
    }
    hook = {"address": mailbox.hook, "token_from": "TOKEN"}
    bounds = {"quarantined_files": 3, "free_bytes": 0}
    alerts.write_text(yaml.safe_dump({"mail": mail, "webhook": hook, "bounds": bounds}), "utf-8")
    (tmp_path / "warehouse").mkdir()
    return Settings(raw=tmp_path / "raw", warehouse=tmp_path / "warehouse", alerts=alerts)


def record(**changed: object) -> RunRecord:
    said: dict[str, object] = {
        "run_id": "20261129T000000000000Z-abcdef",
        "started_at": NOW - timedelta(minutes=5),
        "finished_at": NOW,
        "files_seen": 100,
        "files_new": 1,
        "files_retired": 0,
        "files_quarantined": 0,
        "quarantine": {},
        "reports": 90,
        "facts": 4000,
        "checks_failed": 2,
        "unmapped_labels": 0,
        "unresolved_agencies": 0,
        "parser_version": "x",
        "is_published": True,
    }
    return RunRecord.model_validate(said | changed)


def test_a_message_arrives_as_a_letter_and_as_a_post(settings: Settings, mailbox: Mailbox) -> None:
    assert list(send(load(settings.alerts), MESSAGE, {"TOKEN": "s3cret"})) == []
    (letter,) = mailbox.letters
    assert letter["Subject"] == "gongkai: 失败 in two lines"
    assert letter["To"] == "a@example.org, b@example.org"
    assert letter.get_content().splitlines() == MESSAGE.text.splitlines()
    (post,) = mailbox.posts
    assert post["event"] == "failed" and "磁盘已满" in post["text"]
    assert post["token"] == "Bearer s3cret"


def test_a_long_subject_is_not_cut_within_a_word(settings: Settings, mailbox: Mailbox) -> None:
    cause = "7 of 7 known files are gone: is the disk mounted, is it whole? " * 3
    tell(settings.alerts, Message("failed", f"gongkai: a run failed: {cause}", cause))
    (letter,) = mailbox.letters
    shown = str(letter["Subject"]).replace("\n", "")
    assert len(shown) <= 120 and shown.endswith(" …")
    assert cause.startswith(shown.removeprefix("gongkai: a run failed: ").removesuffix(" …"))
    assert set(shown.split()) - {"…"} <= set(f"gongkai: a run failed: {cause}".split())


def test_what_cannot_be_sent_is_said_and_costs_nothing_else(
    settings: Settings, mailbox: Mailbox
) -> None:
    mailbox.refuse(302)
    mail, hook = tell(settings.alerts, MESSAGE)
    assert "no mail could be sent by 127.0.0.1" in mail
    assert "webhook 127.0.0.1" in hook and "302" in hook
    assert len(mailbox.posts) == 1  # where it sends on to is not asked


def test_nobody_is_told_without_a_file_and_a_wrong_one_is_named(tmp_path: Path) -> None:
    assert tell(tmp_path / "none.yml", MESSAGE) == []
    wrong = tmp_path / "alerts.yml"
    wrong.write_text("mail: {host: h, sender: a, to: []}", "utf-8")
    with pytest.raises(StatedError, match=r"alerts\.yml: mail\.to"):
        load(wrong)
    assert "nobody is told" in tell(wrong, MESSAGE)[0]


def test_the_example_beside_the_program_can_be_used(tmp_path: Path) -> None:
    lines = (ROOT / "data" / "alerts.yml").read_text("utf-8").splitlines()
    first = next(n for n, line in enumerate(lines) if line.startswith("# bounds:"))
    example = "\n".join(line[2:] for line in lines[first:] if line.startswith("# "))
    (tmp_path / "alerts.yml").write_text(example, "utf-8")
    alerts = load(tmp_path / "alerts.yml")
    assert alerts.bounds == Bounds()
    assert alerts.mail and alerts.webhook
    assert load(ROOT / "data" / "alerts.yml").mail is None


@dg.asset
def table() -> None:
    """Stands for the tables."""


@dg.asset_check(asset=table, blocking=True)
def keys_are_unique() -> dg.AssetCheckResult:
    """Fails."""
    rows = dg.MetadataValue.table(records=[dg.TableRecord({"source_path": "甲.txt", "n": 2})])
    return dg.AssetCheckResult(passed=False, metadata={"failures": rows})


@dg.asset
def refused() -> None:
    """Fails with a sentence."""
    raise BuildError("the raw folder is not there; mount it")


@dg.asset
def full() -> None:
    """Fails as a library does."""
    raise OSError("IO Error: No space left on device")


@dg.asset
def unforeseen() -> None:
    """Fails with anything."""
    raise ValueError("month must be in 1..12")


@pytest.mark.parametrize(
    ("asset", "cause", "remedy", "place"),
    [
        (refused, "the raw folder is not there", "mount it", None),
        (full, str(FULL).partition(": ")[0], "make room", None),
        (unforeseen, "month must be in 1..12", "journal", None),
        (table, "keys_are_unique of table failed", "the rows named", "甲.txt"),
    ],
)
def test_a_failed_run_leaves_cause_place_and_remedy_and_a_letter_arrives(
    settings: Settings,
    mailbox: Mailbox,
    asset: dg.AssetsDefinition,
    cause: str,
    remedy: str,
    place: str | None,
) -> None:
    with dg.instance_for_test() as instance:
        checks = [keys_are_unique] if asset is table else []
        done = dg.materialize([asset, *checks], instance=instance, raise_on_error=False)
        assert not done.success
        failed = failed_run(instance, done.run_id)
    assert cause in failed.cause and remedy in failed.remedy
    assert place is None or place in (failed.place or "")
    assert tell_of(settings, failed) == []
    assert tell_of(settings, failed) == []  # the sensor and the command both meet it
    (letter,) = mailbox.letters
    assert cause in letter.get_content() and remedy in letter.get_content()
    folder = settings.warehouse / "runs" / "failed"
    assert {path.suffix for path in folder.iterdir()} == {".json", ".md"}
    assert FailureLog(settings).last() == failed
    found = health(settings, Bounds())
    assert {"failed", "unpublished"} <= {problem.kind for problem in found.problems}
    assert 'gongkai_problem{kind="failed"} 1' in (settings.warehouse / metrics.FILE).read_text()


def test_a_warehouse_that_cannot_be_written_to_keeps_no_letter_from_its_reader(
    settings: Settings, mailbox: Mailbox
) -> None:
    (settings.warehouse / "runs").write_bytes(b"")
    (fault,) = tell_of(settings, FailedRun(run_id="a", at=NOW, cause="no place", remedy="r"))
    assert "no record of it was kept" in fault and "runs" in fault
    (letter,) = mailbox.letters
    assert "no place" in letter.get_content()


def test_quarantine_above_the_bound_is_told_and_below_it_is_not(
    settings: Settings, mailbox: Mailbox
) -> None:
    after(settings, record(files_quarantined=3, quarantine={"damaged": 3}))
    assert mailbox.letters == []
    after(settings, record(files_quarantined=4, quarantine={"damaged": 4}))
    (letter,) = mailbox.letters
    assert "4 of 100 files are in quarantine (4 damaged)" in letter.get_content()


def test_a_run_that_goes_well_again_ends_the_alarm(settings: Settings) -> None:
    log, failures = RunLog(settings), FailureLog(settings)
    failures.write(FailedRun(run_id="a", at=NOW - timedelta(hours=1), cause="c", remedy="r"))
    log.write(record(), "letter")
    kinds = {one.kind for one in health(settings, Bounds(free_bytes=0), NOW).problems}
    assert kinds == {"unpublished"}
    stale = health(settings, Bounds(free_bytes=0), NOW + timedelta(hours=37))
    assert "stale" in {one.kind for one in stale.problems}
    assert "37 hours" in " ".join(one.sentence for one in stale.problems)


def test_records_of_failed_runs_do_not_pile_up(settings: Settings) -> None:
    log = FailureLog(settings)
    for number in range(KEPT + 3):
        log.write(FailedRun(run_id=f"{number:04}", at=NOW, cause="c", remedy="r"))
    assert len(list((settings.warehouse / "runs" / "failed").iterdir())) == 2 * KEPT


def test_metrics_are_in_the_text_format(settings: Settings) -> None:
    RunLog(settings).write(record(files_quarantined=1, quarantine={'a"b': 1}), "letter")
    found = replace(health(settings, Bounds(), NOW), shown=record())
    lines = metrics.text(found).splitlines()
    assert "gongkai_facts 4000" in lines
    assert 'gongkai_files_quarantined{reason="a\\"b"} 1' in lines
    assert f"gongkai_last_success_timestamp_seconds {NOW.timestamp():.15g}" in lines
    names = [line.split()[2] for line in lines if line.startswith("# TYPE")]
    assert len(names) == len(set(names))


BROKEN = {
    "decisions": "decisions: [{kind: withhold}]",
    "expected": "years: {2021: 3}",
    "sources": "sources: [{name: x}]",
    "alerts": "bounds: {stale_hours: 1}\nbounds: {stale_hours: 2}",
}


def status_of(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> tuple[int, dict[str, str]]:
    """The exit code, and a sentence for each kind of problem."""
    monkeypatch.setattr(Settings, "from_environment", lambda: settings)
    done = CliRunner().invoke(cli, ["status", "--format", "json"])
    problems = json.loads(done.stdout)["problems"]
    return done.exit_code, {one["kind"]: one["sentence"] for one in problems}


@pytest.mark.parametrize("name", BROKEN)
def test_a_file_that_would_stop_the_night_is_told_by_the_status_of_the_day(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    RunLog(settings).write(record(finished_at=datetime.now(UTC)), "letter")
    (tmp_path / "told.yml").write_text(BROKEN[name], "utf-8")
    code, problems = status_of(replace(settings, **{name: tmp_path / "told.yml"}), monkeypatch)
    assert code == 1
    assert "told.yml" in problems["settings"]
    code, problems = status_of(settings, monkeypatch)
    assert "settings" not in problems


def test_a_source_that_never_answers_is_told_after_the_third_time(
    settings: Settings, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def status(times: int) -> dict[str, str]:
        said = record(finished_at=datetime.now(UTC), silent_sources={"省府": times})
        RunLog(settings).write(said, "letter")
        return status_of(settings, monkeypatch)[1]

    assert "sources" not in status(2)
    assert "省府" in status(3)["sources"]


def test_a_misspelt_variable_and_a_bound_not_kept_to_are_told_by_day(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    RunLog(settings).write(record(finished_at=datetime.now(UTC)), "letter")
    monkeypatch.setenv("GONGKAI_TIMOUT", "3")
    monkeypatch.setenv("GONGKAI_SMTP_PASSWORD", "s3cret")
    said = status_of(settings, monkeypatch)[1]["settings"]
    assert "GONGKAI_TIMEOUT" in said and "SMTP" not in said


@pytest.mark.parametrize(
    ("room", "name", "read"),
    [
        ("pipeline.warehouse", "corrections", corrections),
        ("pipeline.warehouse", "overrides", overrides),
        ("pipeline.agencies", "roster", rosters),
    ],
)
def test_a_decision_beside_the_code_that_would_stop_the_night_is_told_too(
    settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    room: str,
    name: str,
    read: "_lru_cache_wrapper[object]",
) -> None:
    rows = {"corrections": "corrections", "overrides": "overrides", "roster": "rosters"}[name]
    (tmp_path / "data").mkdir()
    for path in (PACKAGE / room.partition(".")[2] / "data").iterdir():
        (tmp_path / "data" / path.name).symlink_to(path)
    (tmp_path / "data" / f"{name}.yml").unlink()
    (tmp_path / "data" / f"{name}.yml").write_text(f"{rows}: [{{year: x}}]", "utf-8")
    settings.raw.mkdir()
    for each in (corrections, overrides, rosters):
        each()
    read.cache_clear()
    monkeypatch.setattr(
        declared, "files", lambda asked: tmp_path if asked == room else files(asked)
    )
    try:
        _, problems = status_of(settings, monkeypatch)
        with (
            pytest.raises(BuildError, match=f"{name}.yml: {rows}") as error,
            open_build(settings) as build,
        ):
            build.build_tables()
    finally:
        read.cache_clear()
    assert f"{name}.yml" in problems["settings"]
    assert "pydantic" not in str(error.value)


def test_what_would_stop_the_night_is_told_by_letter_once_a_day(
    settings: Settings, mailbox: Mailbox, tmp_path: Path
) -> None:
    RunLog(settings).write(record(finished_at=datetime.now(UTC)), "letter")
    (tmp_path / "told.yml").write_text(BROKEN["decisions"], "utf-8")
    sensor = what_is_wrong(replace(settings, decisions=tmp_path / "told.yml"))
    with dg.instance_for_test() as instance:
        told = sensor(dg.build_sensor_context(instance=instance))
        assert isinstance(told, dg.SensorResult)
        again = sensor(dg.build_sensor_context(instance=instance, cursor=told.cursor))
    assert isinstance(again, dg.SkipReason)
    (letter,) = mailbox.letters
    assert "told.yml" in letter.get_content()


@pytest.mark.slow
@pytest.mark.parametrize("name", ["decisions", "expected"])
def test_a_build_that_is_refused_before_it_begins_leaves_record_and_letter_as_any_night(
    settings: Settings,
    mailbox: Mailbox,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    settings.raw.mkdir()
    (tmp_path / "told.yml").write_text(BROKEN[name], "utf-8")
    monkeypatch.setenv("GONGKAI_RAW", str(settings.raw))
    monkeypatch.setenv("GONGKAI_ALERTS", str(settings.alerts))
    monkeypatch.setenv(f"GONGKAI_{name.upper()}", str(tmp_path / "told.yml"))
    done = CliRunner().invoke(cli, ["build", "--warehouse", str(settings.warehouse)])
    assert done.exit_code == 1
    failed = FailureLog(settings).last()
    assert failed is not None
    assert "told.yml" in failed.cause
    assert "mend" in failed.remedy or "correct" in failed.remedy
    (letter,) = mailbox.letters
    assert "told.yml" in letter.get_content()
    assert {path.suffix for path in (settings.warehouse / "runs" / "failed").iterdir()} == {
        ".json",
        ".md",
    }


@pytest.mark.slow
def test_a_variable_that_stops_a_build_leaves_record_and_letter_too(
    settings: Settings, mailbox: Mailbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GONGKAI_ALERTS", str(settings.alerts))
    monkeypatch.setenv("GONGKAI_DECISIONS", str(tmp_path / "typo.yml"))
    done = CliRunner().invoke(cli, ["build", "--warehouse", str(settings.warehouse)])
    assert done.exit_code == 1
    failed = FailureLog(settings).last()
    assert failed is not None
    assert "GONGKAI_DECISIONS" in failed.cause
    (letter,) = mailbox.letters
    assert "typo.yml" in letter.get_content()


@pytest.mark.slow
def test_a_build_that_waits_for_another_is_no_failed_night(
    settings: Settings, mailbox: Mailbox
) -> None:
    with only_build(settings.warehouse):
        done = CliRunner().invoke(cli, ["build", "--warehouse", str(settings.warehouse)])
    assert "is being built" in done.stderr
    assert FailureLog(settings).last() is None
    assert mailbox.letters == []


@pytest.mark.slow
def test_a_night_that_fails_by_cron_sends_a_letter_and_the_status_says_so(
    settings: Settings, mailbox: Mailbox
) -> None:
    environment = {
        **os.environ,
        "GONGKAI_RAW": str(settings.raw),
        "GONGKAI_WAREHOUSE": str(settings.warehouse),
        "GONGKAI_ALERTS": str(settings.alerts),
    }

    def gongkai(*words: str) -> "subprocess.CompletedProcess[str]":
        command = [str(Path(sys.executable).with_name("gongkai")), *words]
        return subprocess.run(
            command, capture_output=True, text=True, timeout=300, check=False, env=environment
        )

    assert "no raw folder" in gongkai("build").stderr
    (letter,) = mailbox.letters
    assert "no raw folder" in letter.get_content()
    status = gongkai("status", "--format", "json")
    assert status.returncode == 1
    assert {one["kind"] for one in json.loads(status.stdout)["problems"]} == {
        "failed",
        "unpublished",
    }
