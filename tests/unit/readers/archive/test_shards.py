"""A crawl read in shares gives the pages of the whole, each once, whatever the cuts meet."""

import gzip
import io
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.model.document import Reading, Skipped
from pipeline.readers.archive import shards as module
from pipeline.readers.reading import read, read_path, read_shard, shards_of

REPORT = (
    "<html><head><title>某县2024年政府信息公开工作年度报告</title></head><body>"
    "<h1>某县2024年政府信息公开工作年度报告</h1><p>本年新收政府信息公开申请数量{}件。</p></body></html>"
)
PAGES = 60


@pytest.fixture(autouse=True)
def small_splits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SHARD_BYTES", 3_000)


def body(number: int) -> bytes:
    """A report every seventh page; the others are of every length, so that cuts fall anywhere."""
    if number % 7 == 0:
        return REPORT.format(number).encode()
    return b"<html><p>" + bytes([65 + number % 26]) * (37 * number % 900) + b"</html>"


def record(number: int) -> bytes:
    content = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body(number)
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://example.invalid/{number}\r\n"
        "Content-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content + b"\r\n\r\n"


def lines() -> list[bytes]:
    return [
        json.dumps({"html": body(number).decode()}, ensure_ascii=False).encode()
        for number in range(PAGES)
    ]


def parquet(rows_a_group: int) -> bytes:
    table = pa.table(
        {"html": [body(n) for n in range(PAGES)], "url": [str(n) for n in range(PAGES)]}
    )
    sink = io.BytesIO()
    pq.write_table(table, sink, row_group_size=rows_a_group, compression="none")
    return sink.getvalue()


CRAWLS = {
    "crawl.warc": b"".join(map(record, range(PAGES))),
    "crawl.warc.gz": b"".join(gzip.compress(record(number)) for number in range(PAGES)),
    "crawl.jsonl": b"\n".join(lines()),
    "crawl.parquet": parquet(5),
}


@pytest.mark.parametrize("name", CRAWLS)
def test_shares_give_the_pages_of_the_whole(name: str) -> None:
    data = CRAWLS[name]
    shares = shards_of(name, io.BytesIO(data), len(data))
    assert len(shares) > 3
    assert [share.part for share in shares] == list(range(1, len(shares) + 1))
    parted = [found for share in shares for found in read_shard(io.BytesIO(data), share, "id")]
    whole = list(read(name, data))
    assert texts(parted) == texts(whole)
    assert len(texts(whole)) == -(-PAGES // 7)
    assert skipped(parted) == skipped(whole)


@pytest.mark.parametrize("name", CRAWLS)
def test_no_two_pages_bear_one_name(name: str) -> None:
    data = CRAWLS[name]
    shares = shards_of(name, io.BytesIO(data), len(data))
    parted = [found for share in shares for found in read_shard(io.BytesIO(data), share, "id")]
    names = [found.member for found in parted if isinstance(found, Reading)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("size", [2_999, 3_000])
def test_a_small_crawl_is_read_whole(size: int) -> None:
    assert shards_of("a.warc", io.BytesIO(CRAWLS["crawl.warc"][:size]), size) == []


def test_what_is_no_crawl_is_read_whole() -> None:
    page = REPORT.format(1).encode() * 20
    assert shards_of("a.html", io.BytesIO(page), len(page)) == []
    packed = gzip.compress(b"\n".join(lines()), 0)
    assert shards_of("a.jsonl.gz", io.BytesIO(packed), len(packed)) == []
    broken = CRAWLS["crawl.parquet"][:-50]
    assert shards_of("a.parquet", io.BytesIO(broken), len(broken)) == []


def test_words_that_look_like_a_record_are_not_taken_for_one() -> None:
    """A page about the format quotes its first line behind an empty one."""
    quoting = b"<html>" + b"A\r\n\r\nWARC/1.0\r\n is how a record begins. " * 400 + b"</html>"
    content = b"HTTP/1.1 200 OK\r\n\r\n" + quoting
    head = f"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: {len(content)}\r\n\r\n"
    data = record(0) + head.encode() + content + b"\r\n\r\n" + record(7)
    shares = shards_of("a.warc", io.BytesIO(data), len(data))
    parted = [found for share in shares for found in read_shard(io.BytesIO(data), share, "id")]
    assert len(texts(parted)) == 2
    assert skipped(parted) == 1


def test_a_crawl_broken_in_one_share_is_read_in_the_others(tmp_path: Path) -> None:
    data = bytearray(CRAWLS["crawl.warc.gz"])
    middle = len(data) // 2
    data[middle : middle + 400] = b"\0" * 400
    path = tmp_path / "a.warc.gz"
    path.write_bytes(data)
    shares = shards_of(path.name, io.BytesIO(data), len(data))
    parted = [f for share in shares for f in read_shard(io.BytesIO(data), share, "id")]
    assert len(texts(parted)) > len(texts(list(read_path(path))))
    told = [f.member for f in parted if isinstance(f, Reading) and f.member.startswith("bytes ")]
    assert len(told) == 1


def texts(found: list[Reading | Skipped]) -> list[str]:
    readings = [one for one in found if isinstance(one, Reading)]
    return [one.content.text for one in readings if hasattr(one.content, "text")]


def skipped(found: list[Reading | Skipped]) -> int:
    return sum(one.count for one in found if isinstance(one, Skipped))
