"""What is listed is fetched politely, kept version by version, and never costs a night."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from listed_server import Answer, Server, serving

from pipeline.settings import ROOT
from pipeline.sources.harvest import Harvest, harvest
from pipeline.sources.listing import load
from pipeline.warehouse.intake.origins import doubts
from pipeline.warehouse.store.tasks import Task

DAY = "Wed, 15 May 2019 00:00:00 GMT"


class Night:
    """A list of sources and a raw folder; sleeping takes no time and is written down."""

    def __init__(self, folder: Path) -> None:
        self.listed = folder / "sources.yml"
        self.raw = folder / "raw"
        self.raw.mkdir()
        self.slept: list[float] = []

    def list(self, *addresses: str, **manners: float) -> None:
        sources = [{"name": f"s{n}", "address": one} for n, one in enumerate(addresses)]
        text = yaml.safe_dump({"sources": sources, "manners": {"pause": 0, **manners}})
        self.listed.write_text(text, "utf-8")

    def fetch(self) -> Harvest:
        return harvest(self.listed, self.raw, self.slept.append)

    def bodies(self) -> set[bytes]:
        return {path.read_bytes() for path in self.files()}

    def files(self) -> "list[Path]":
        every = (path for path in self.raw.rglob("*") if path.is_file())
        return sorted(path for path in every if not path.name.endswith(".origin.yml"))

    def origin(self, file: Path) -> dict[str, Any]:
        text = file.with_name(f"{file.name}.origin.yml").read_text("utf-8")
        return dict(yaml.safe_load(text))


@pytest.fixture
def night(tmp_path: Path) -> Night:
    return Night(tmp_path)


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as server:
        yield server


def test_nothing_is_asked_for_by_default(server: Server, night: Night) -> None:
    assert load(ROOT / "data" / "sources.yml").sources == ()
    assert night.fetch() == Harvest()
    night.listed.write_text("sources: []\n", "utf-8")
    assert night.fetch() == Harvest()
    assert (server.asked, night.files()) == ([], [])


def test_the_example_in_the_list_can_be_used(tmp_path: Path) -> None:
    lines = (ROOT / "data" / "sources.yml").read_text("utf-8").splitlines()
    first = next(n for n, line in enumerate(lines) if line.startswith("# manners:"))
    example = "\n".join(line[2:] for line in lines[first:] if line.startswith("# "))
    (tmp_path / "sources.yml").write_text(example, "utf-8")
    listing = load(tmp_path / "sources.yml")
    assert [source.publisher for source in listing.sources] == ["某市质量技术监督局"]
    assert listing.manners == type(listing.manners)()


def test_what_is_listed_comes_with_its_origin(server: Server, night: Night) -> None:
    body = "主动公开政府信息 17 条".encode()
    address = server.say("/n/2018.HTML?id=3", Answer(body=body, headers={"ETag": '"a"'}))
    night.list(address)
    assert night.fetch().notices == ("1 of 1 sources gave something new",)
    (file,) = night.files()
    digest = hashlib.sha256(body).hexdigest()
    assert file.read_bytes() == body
    assert (file.parent.name, file.suffix) == ("s0", ".html")
    origin = night.origin(file)
    assert (origin["address"], origin["sha256"], origin["etag"]) == (address, digest, '"a"')
    assert doubts(Task(digest, file.name, str(file), len(body))) is None


def test_what_has_not_changed_is_not_sent_again(server: Server, night: Night) -> None:
    marks = {"ETag": '"a"', "Last-Modified": DAY}
    night.list(server.say("/a.pdf", Answer(body=b"one", headers=marks), Answer(304)))
    night.fetch()
    assert night.fetch() == Harvest(listed=1)
    _, headers = server.asked[-1]
    assert (headers["If-None-Match"], headers["If-Modified-Since"]) == ('"a"', DAY)
    assert night.bodies() == {b"one"}


def test_a_changed_page_is_kept_beside_the_old_one(server: Server, night: Night) -> None:
    versions = [
        Answer(body=body, headers={"ETag": f'"{body[:1].decode()}"'})
        for body in (
            b"one",
            b"two",
            b"one",
        )
    ]
    night.list(server.say("/a", *versions))
    assert [night.fetch().new for _ in range(3)] == [1, 1, 0]
    assert night.bodies() == {b"one", b"two"}
    night.fetch()
    assert server.asked[-1][1]["If-None-Match"] == '"o"'


def test_a_file_changed_under_us_is_asked_for_anew(server: Server, night: Night) -> None:
    night.list(server.say("/a", Answer(body=b"one", headers={"ETag": '"a"'})))
    night.fetch()
    night.files()[0].write_bytes(b"on")
    night.fetch()
    assert "If-None-Match" not in server.asked[-1][1]
    assert night.bodies() == {b"one"}


def test_another_address_under_the_name_is_asked_for_anew(server: Server, night: Night) -> None:
    night.list(server.say("/a", Answer(body=b"one", headers={"ETag": '"a"'})))
    night.fetch()
    night.list(server.say("/b", Answer(body=b"two")))
    night.fetch()
    assert "If-None-Match" not in server.asked[-1][1]
    assert night.bodies() == {b"one", b"two"}


def test_what_is_not_there_is_asked_for_once_and_costs_nothing_else(
    server: Server, night: Night
) -> None:
    night.list(server.address + "/gone", server.say("/a", Answer(body=b"one")))
    found = night.fetch()
    (failure,) = found.failures
    assert "s0" in failure and "/gone" in failure and "404" in failure
    assert server.paths() == ["/gone", "/a"]
    assert night.bodies() == {b"one"}


def test_a_server_in_trouble_is_asked_again_later(server: Server, night: Night) -> None:
    trouble = Answer(503, headers={"Retry-After": "40"})
    night.list(server.say("/a", Answer(500), trouble, Answer(body=b"one")), backoff=10)
    assert night.fetch().failures == ()
    assert night.bodies() == {b"one"}
    assert night.slept == [10, 40]


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504])
def test_an_answer_that_may_pass_costs_no_report(server: Server, night: Night, status: int) -> None:
    night.list(server.say("/a", Answer(status), Answer(body=b"one")), backoff=1)
    assert night.fetch().failures == ()
    assert night.bodies() == {b"one"}


@pytest.mark.parametrize("status", [400, 403, 404, 410, 501])
def test_an_answer_that_will_not_change_is_taken_at_once(
    server: Server, night: Night, status: int
) -> None:
    night.list(server.say("/a", Answer(status), Answer(body=b"one")), backoff=1)
    assert len(night.fetch().failures) == 1
    assert night.slept == []


def test_a_server_that_stays_in_trouble_is_given_up(server: Server, night: Night) -> None:
    night.list(server.say("/a", Answer(500)), tries=3, backoff=1)
    (failure,) = night.fetch().failures
    assert "500" in failure and "3 tries" in failure
    assert (len(server.asked), night.slept) == (3, [1, 2])


def test_a_host_that_is_not_there_is_told(night: Night) -> None:
    with serving() as gone:
        pass
    night.list(gone.address + "/a", tries=1)
    assert "NewConnectionError" in night.fetch().failures[0]


def test_one_host_is_asked_slowly(server: Server, night: Night) -> None:
    night.list(*(server.say(f"/{n}", Answer(body=b"%d" % n)) for n in range(3)), pause=60)
    night.fetch()
    assert [round(seconds) for seconds in night.slept][:2] == [60, 120]


def test_silence_ends_in_a_notice(server: Server, night: Night) -> None:
    night.list(server.say("/a", Answer(body=b"ab", drip=0.6)), timeout=0.2, tries=1)
    assert "ReadTimeoutError" in night.fetch().failures[0]
    assert night.files() == []


def test_a_trickle_ends_at_the_deadline(server: Server, night: Night) -> None:
    night.list(server.say("/a", Answer(body=b"x" * 500, drip=0.02)), deadline=0.1, tries=1)
    assert "longer than 0.1 s" in night.fetch().failures[0]
    assert night.files() == []


def test_what_is_too_large_is_not_kept(server: Server, night: Night) -> None:
    night.list(server.say("/a", Answer(body=b"x" * 200_000)), largest=100_000)
    assert "larger than 100000" in night.fetch().failures[0]
    assert night.files() == []


def test_half_a_file_is_not_kept(server: Server, night: Night) -> None:
    half = Answer(body=b"half", announced=8, headers={"Connection": "close"})
    night.list(server.say("/a", half, Answer(body=b"the whole")))
    assert night.fetch().failures == ()
    assert night.bodies() == {b"the whole"}


def test_a_body_of_unknown_length_is_kept_whole(server: Server, night: Night) -> None:
    body = "公开".encode() * 1_000
    night.list(server.say("/a", Answer(body=body, announced=-1)))
    assert night.fetch().failures == ()
    assert night.bodies() == {body}


def test_an_empty_answer_is_not_kept(server: Server, night: Night) -> None:
    night.list(server.say("/a", Answer(body=b"")))
    assert "nothing" in night.fetch().failures[0]
    assert night.files() == []


def test_redirects_are_followed_on_the_web_only(
    server: Server, night: Night, tmp_path: Path
) -> None:
    (tmp_path / "secret").write_text("secret", "utf-8")
    server.say("/there", Answer(body=b"one"))
    addresses = (
        server.say("/a", Answer(302, headers={"Location": "/there"})),
        server.say("/b", Answer(302, headers={"Location": f"file://{tmp_path}/secret"})),
        server.say("/c", Answer(301, headers={"Location": "/c"})),
        server.say("/d", Answer(301)),
    )
    night.list(*addresses)
    found = night.fetch()
    assert [failure.split()[1] for failure in found.failures] == ["s1", "s2", "s3"]
    assert "no web address" in found.failures[0]
    assert "more than 5 times" in found.failures[1]
    assert night.bodies() == {b"one"}


def test_five_redirects_are_followed_and_six_are_not(server: Server, night: Night) -> None:
    server.say("/6", Answer(body=b"one"))
    ways = [server.say(f"/{n}", Answer(302, headers={"Location": f"/{n + 1}"})) for n in range(6)]
    night.list(ways[1], ways[0])
    found = night.fetch()
    assert night.bodies() == {b"one"}
    assert [failure.split()[1] for failure in found.failures] == ["s1"]


def test_what_a_night_cut_short_left_is_cleared(server: Server, night: Night) -> None:
    folder = night.raw / "fetched" / "s0"
    folder.mkdir(parents=True)
    (folder / ".unfinished-body").write_bytes(b"ha")
    night.list(server.say("/a", Answer(304)))
    assert "304" in night.fetch().failures[0]
    assert night.files() == []


def test_a_folder_that_cannot_be_written_is_a_notice(server: Server, night: Night) -> None:
    (night.raw / "fetched").write_text("a file in the way", "utf-8")
    night.list(server.say("/a", Answer(body=b"one")))
    assert "cannot create" in night.fetch().failures[0]
    assert server.asked == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("sources: [{name: a, address: 'ftp://h/a'}]", "sources.0.address"),
        ("sources: [{name: ../a, address: 'http://h/a'}]", "sources.0.name"),
        ("sources: [{name: a, address: 'http://u:p@h/a'}]", "password"),
        (
            "sources: [{name: a, address: 'http://h/a'}, {name: a, address: 'http://h/b'}]",
            "listed twice: a",
        ),
        ("source: []", "source"),
        ("sources: [", "cannot be read"),
    ],
)
def test_a_list_that_cannot_be_used_is_a_notice(night: Night, text: str, words: str) -> None:
    night.listed.write_text(text, "utf-8")
    (notice,) = night.fetch().notices
    assert "sources.yml" in notice and words in notice
    assert night.files() == []
