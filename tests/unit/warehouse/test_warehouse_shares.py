"""Shares of a large crawl are tasks of their own, and only those not yet parsed come again."""

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.crawls import write_crawl
from pipeline.model.document import Reason
from pipeline.readers.archive import shards
from pipeline.settings import Settings
from pipeline.warehouse.engines import worker
from pipeline.warehouse.intake import inventory as inventory_module
from pipeline.warehouse.intake.inventory import Inventory, Todo
from pipeline.warehouse.store.parse_store import ParseStore

SHARES = 4


@pytest.fixture
def store(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> ParseStore:
    """Gives an empty store beside a raw folder with a crawl and a plain file."""
    monkeypatch.setattr(shards, "SHARD_BYTES", 1 << 20)
    monkeypatch.setattr(inventory_module, "_LARGE", f"size > {1 << 20}")
    monkeypatch.setattr(inventory_module, "_SMALL", f"size <= {1 << 20}")
    assert isinstance(settings.raw, Path)
    write_crawl(settings.raw / "crawl.warc", 3 << 20)
    (settings.raw / "plain.txt").write_text("将面粉与水混合。", "utf-8")
    Inventory(settings.store).update(settings.raw)
    return ParseStore(settings.store)


def todo(settings: Settings, store: ParseStore) -> Todo:
    return Inventory(settings.store).todo(settings.raw, store)


def test_a_crawl_is_as_many_tasks_as_it_has_shares(settings: Settings, store: ParseStore) -> None:
    found = todo(settings, store)
    assert (found.files, found.tasks) == (2, SHARES + 1)
    tasks = list(found.each)
    assert [task.shard.part for task in tasks if task.shard] == list(range(1, SHARES + 1))
    assert [task.source_path for task in tasks if not task.shard] == ["plain.txt"]


def test_after_a_stop_only_what_is_left_is_parsed(settings: Settings, store: ParseStore) -> None:
    first, second, *_ = todo(settings, store).each
    store.write([worker.parse((first,)), worker.parse((second,))])
    left = todo(settings, store)
    assert [task.shard.part for task in left.each if task.shard] == [3, 4]
    store.write([worker.parse((task,)) for task in todo(settings, store).each])
    assert todo(settings, store).tasks == 0


def test_a_share_that_kills_its_worker_costs_itself_only(
    settings: Settings, store: ParseStore
) -> None:
    shares = [task for task in todo(settings, store).each if task.shard]
    parsed = [worker.parse((task,)) for task in shares[1:]]
    store.write([*parsed, worker.rejected(shares[0], Reason.CRASHED, "it died")])
    found = store.reports
    with inventory_module.duckdb.connect() as connection:
        (path, reason), *others = connection.execute(
            f"SELECT member, reason FROM {found.relation('document')} WHERE reason IS NOT NULL"
        ).fetchall()
        (reports,) = connection.execute(
            f"SELECT count(*) FROM {found.relation('report')}"
        ).fetchall()[0]
    assert (path, reason, others) == (f"bytes 0 to {1 << 20}", "crashed", [])
    assert reports >= 1


def test_a_crawl_that_changed_meanwhile_is_left_for_the_next_night(
    settings: Settings, store: ParseStore
) -> None:
    share = next(task for task in todo(settings, store).each if task.shard)
    with Path(share.path).open("ab") as stream:
        stream.write(b"more")
    known = share if share.mtime_ns else replace(share, mtime_ns=1)
    parsed = worker.parse((known,))
    assert parsed.outcome.files == 0
    assert "changed" in parsed.outcome.unread[0].detail
