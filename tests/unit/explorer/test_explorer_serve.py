"""The command: listens on this machine alone, says what may come in, and fails in a sentence."""

import asyncio
import socket
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

pytest.importorskip("vl_convert", reason="needs pip install -e '.[explorer]'")

from pipeline.cli import cli
from pipeline.commands import serve
from pipeline.explorer import app
from pipeline.explorer.app import HEADERS, application
from pipeline.settings import Settings


def answer(
    warehouse: Path, path: str, *, method: str = "GET", host: str = "127.0.0.1", site: str = "none"
) -> tuple[int, dict[str, str]]:
    """Asks the application as a server would, and returns status and headers."""
    sent: list[dict[str, Any]] = []
    app = application(Settings(raw=warehouse, warehouse=warehouse), ["127.0.0.1"])

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"sql=SELECT+1", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    headers = [(b"host", host.encode()), (b"sec-fetch-site", site.encode())]
    scope = {"type": "http", "method": method, "path": path, "raw_path": path.encode(),
             "query_string": b"", "headers": headers, "scheme": "http", "http_version": "1.1",
             "server": ("127.0.0.1", 80), "client": ("127.0.0.1", 1), "root_path": ""}  # fmt: skip
    asyncio.run(app(scope, receive, send))
    return sent[0]["status"], {name.decode(): one.decode() for name, one in sent[0]["headers"]}


@pytest.fixture
def warehouse(tmp_path: Path) -> str:
    """A folder with a published file, which is not opened before somebody comes."""
    (tmp_path / "gongkai.duckdb").touch()
    return str(tmp_path)


def free_port() -> str:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return str(free.getsockname()[1])


def test_it_listens_on_this_machine_unless_told_otherwise(
    monkeypatch: pytest.MonkeyPatch, warehouse: str
) -> None:
    started: list[dict[str, Any]] = []
    monkeypatch.setattr(app.uvicorn, "run", lambda _app, **how: started.append(how))
    port = free_port()
    done = CliRunner().invoke(cli, ["serve", "--port", port, "--warehouse", warehouse])
    assert done.exit_code == 0, done.output
    assert f"http://127.0.0.1:{port}" in done.output
    (how,) = started
    assert (how["host"], how["port"]) == ("127.0.0.1", int(port))


def test_no_page_elsewhere_reaches_it_under_its_own_name(tmp_path: Path) -> None:
    assert answer(tmp_path, "/publication")[0] == 200
    assert answer(tmp_path, "/publication", host="evil.example")[0] == 400


def test_the_search_is_found_by_the_name_in_its_heading(tmp_path: Path) -> None:
    status, headers = answer(tmp_path, "/search")
    assert (status, headers["location"]) == (308, "find?")


def test_no_page_elsewhere_makes_it_run_sql(tmp_path: Path) -> None:
    assert answer(tmp_path, "/sql", method="POST", site="cross-site")[0] == 403
    assert answer(tmp_path, "/sql", method="POST", site="same-origin")[0] == 503  # no warehouse


def test_a_browser_is_told_to_run_and_fetch_nothing_else(tmp_path: Path) -> None:
    for path in ("/", "/static/explorer.js", "/nothing"):
        headers = answer(tmp_path, path)[1]
        for name, value in HEADERS.items():
            assert headers[name.lower()] == value
    assert "unsafe" not in HEADERS["Content-Security-Policy"]


def test_a_host_that_others_reach_is_warned_of(
    monkeypatch: pytest.MonkeyPatch, warehouse: str
) -> None:
    monkeypatch.setattr(app.uvicorn, "run", lambda _app, **_how: None)
    words = ["serve", "--port", free_port(), "--warehouse", warehouse]
    said = CliRunner().invoke(cli, [*words, "--host", "0.0.0.0"]).output
    assert "warning" in said and "there is no login" in said
    assert "warning" not in CliRunner().invoke(cli, words).output


def test_a_port_in_use_is_a_sentence(warehouse: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        words = ["serve", "--port", str(taken.getsockname()[1]), "--warehouse", warehouse]
        done = CliRunner().invoke(cli, words)
    assert done.exit_code == 1
    assert "--port" in done.output
    assert len(done.output.strip().splitlines()) == 1


def test_without_the_extra_it_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, warehouse: str
) -> None:
    monkeypatch.setattr(serve, "find_spec", lambda _name: None)
    done = CliRunner().invoke(cli, ["serve", "--warehouse", warehouse])
    assert done.exit_code == 1
    assert ".[explorer]" in done.output
