"""What servers did to a night: it hung, read what is private, and kept halves and clocks."""

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
import yaml
from listed_server import Answer, Server, serving

from pipeline.sources.clocks import without_clock
from pipeline.sources.harvest import Harvest, harvest
from pipeline.sources.listing import load
from pipeline.sources.wire import is_public

TODAY = datetime.now(UTC).date()


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as server:
        yield server


class Listed:
    """One source, fetched as often as asked."""

    def __init__(self, folder: Path, address: str, **manners: float) -> None:
        self.slept: list[float] = []
        self._folder = folder
        self._list = folder / "sources.yml"
        told = {
            "manners": {"pause": 0, "tries": 1, **manners},
            "sources": [{"name": "s", "address": address}],
        }
        self._list.write_text(yaml.safe_dump(told), "utf-8")

    def fetch(self) -> Harvest:
        return harvest(self._list, self._folder / "raw", self.slept.append)

    def bodies(self) -> list[bytes]:
        folder = self._folder / "raw" / "fetched" / "s"
        return [path.read_bytes() for path in folder.glob("s.*") if path.suffix != ".yml"]


@pytest.mark.parametrize(
    ("before", "drip"),
    [
        (b"HTTP/1.1 200 OK\r\nX-Slow: " + b"a" * 400, 0.05),
        (b"HTTP/1.1 100 Continue\r\n\r\n" * 40, 0.02),
    ],
    ids=["headers", "100 Continue"],
)
def test_a_byte_now_and_then_never_ended(
    server: Server, tmp_path: Path, before: bytes, drip: float
) -> None:
    address = server.say("/a", Answer(body=b"one", before=before, drip=drip))
    listed = Listed(tmp_path, address, deadline=0.6, timeout=5)
    started = time.monotonic()
    (failure,) = listed.fetch().failures
    assert "longer than 0.6 s" in failure
    assert time.monotonic() - started < 5
    assert listed.bodies() == []


def test_a_redirect_read_what_only_this_machine_may(server: Server, tmp_path: Path) -> None:
    port = server.address.rpartition(":")[2]
    server.say("/secret", Answer(body=b"secret"))
    to = f"http://localhost:{port}/secret"
    listed = Listed(tmp_path, server.say("/a", Answer(302, headers={"Location": to})))
    (failure,) = listed.fetch().failures
    assert "no public address" in failure and "localhost" in failure
    assert "/secret" not in server.paths()
    assert listed.bodies() == []


def test_a_name_that_resolves_to_this_machine_is_not_asked_unless_it_is_listed(
    server: Server, tmp_path: Path
) -> None:
    port = server.address.rpartition(":")[2]
    server.say("/a", Answer(body=b"one"))
    listed = Listed(tmp_path, f"http://localhost:{port}/a")
    assert "no public address" in listed.fetch().failures[0]
    assert server.asked == []
    file = tmp_path / "sources.yml"
    file.write_text(f"private: [localhost]\n{file.read_text('utf-8')}", "utf-8")
    assert listed.fetch().new == 1


def test_a_redirect_with_a_password_is_not_followed(server: Server, tmp_path: Path) -> None:
    to = server.address.replace("http://", "http://u:p@") + "/b"
    listed = Listed(tmp_path, server.say("/a", Answer(302, headers={"Location": to})))
    assert "password" in listed.fetch().failures[0]


@pytest.mark.parametrize(
    "address",
    (
        *("127.0.0.1", "10.0.0.1", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1"),
        *("0.0.0.0", "::1", "fe80::1%eth0", "fc00::1", "::ffff:10.0.0.1", "224.0.0.1"),
    ),
)
def test_addresses_that_are_not_everybodys(address: str) -> None:
    assert not is_public(address)


def test_addresses_that_are() -> None:
    assert is_public("1.1.1.1") and is_public("2606:4700::1111")


def test_half_a_body_of_unknown_end_was_kept_as_a_version(server: Server, tmp_path: Path) -> None:
    """A number cut in two is another number."""
    cut, whole = "受理申请 32".encode(), "受理申请 3209 件".encode()
    address = server.say("/a", *(Answer(body=one, announced=-2) for one in (cut, whole, whole)))
    listed = Listed(tmp_path, address)
    assert "does not say where it ends" in listed.fetch().failures[0]
    assert listed.bodies() == []
    assert listed.fetch().new == 1
    assert listed.bodies() == [whole]


def test_a_moment_to_come_back_at_is_waited_for(server: Server, tmp_path: Path) -> None:
    moment = format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True)
    trouble = Answer(503, headers={"Retry-After": moment})
    address = server.say("/a", trouble, Answer(body=b"one"))
    listed = Listed(tmp_path, address, tries=2, backoff=1)
    assert listed.fetch().new == 1
    assert 50 < listed.slept[0] <= 60


def test_a_clock_made_a_version_each_night(server: Server, tmp_path: Path) -> None:
    page = "<p>现在是{day:%Y}年{day.month}月{day.day}日 {weekday} {time}</p><p>收到申请{n}件</p>"

    def shown(time: str, n: int) -> Answer:
        text = page.format(day=TODAY, weekday="星期日", time=time, n=n)
        return Answer(body=text.encode(), headers={"ETag": f'"{time}"'})

    answers = [shown("10:00:01", 84), shown("23:59:59", 84), shown("08:15", 84), shown("09:00", 85)]
    listed = Listed(tmp_path, server.say("/a", *answers))
    assert [listed.fetch().new for _ in answers] == [1, 0, 0, 1]
    bodies = sorted(body.decode() for body in listed.bodies())
    assert ["84" in bodies[0] or "84" in bodies[1], "85" in bodies[0] + bodies[1]] == [True, True]
    assert server.asked[2][1]["If-None-Match"] == '"23:59:59"'


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("收到申请84件", "收到申请85件"),
        ("公布日期：2018-03-30", "公布日期：2018-03-31"),
        ("办公时间 8:30", "办公时间 9:30"),
        ("比例 12:30", "比例 12:31"),
    ],
)
def test_what_is_no_clock_makes_another_version(one: str, other: str) -> None:
    day = date(2026, 11, 29)
    assert without_clock(one.encode(), day) != without_clock(other.encode(), day)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_the_present_is_left_out_in_every_way_of_writing_it(encoding: str) -> None:
    ways = ["2026-11-29", "2026/11/29", "2026年11月29日", "2026.11.29", "20261129"]
    seen = {without_clock(f"{way} 84".encode(encoding), date(2026, 11, 29)) for way in ways}
    assert len(seen) == 1


def test_a_day_either_side_is_the_present_and_two_are_not() -> None:
    """Where it is asked for, it may be another day than where the page is made."""
    today = date(2026, 11, 29)
    seen = [without_clock(f"2026-11-{day} 84".encode(), today) for day in (27, 28, 29, 30)]
    assert seen[1] == seen[2] == seen[3] != seen[0]


def test_a_page_that_never_is_the_same_is_bounded(server: Server, tmp_path: Path) -> None:
    address = server.say("/a", *(Answer(body=b"%d" % n) for n in range(5)))
    listed = Listed(tmp_path, address, versions=3)
    assert [listed.fetch().new for _ in range(3)] == [1, 1, 1]
    assert "3 versions are kept" in listed.fetch().failures[0]
    assert len(listed.bodies()) == 3


def test_a_robots_txt_that_forbids_is_told(server: Server, tmp_path: Path) -> None:
    listed = Listed(tmp_path, server.say("/gov/a", Answer(body=b"one")))
    assert listed.fetch().unwelcome == ()
    server.say("/robots.txt", Answer(body=b"User-agent: *\nDisallow: /gov/\n"))
    (told,) = listed.fetch().notices
    assert "robots.txt" in told and "source s" in told


def test_the_listed_example_still_has_no_private_hosts(tmp_path: Path) -> None:
    assert load(tmp_path / "none.yml").private_hosts == frozenset()
