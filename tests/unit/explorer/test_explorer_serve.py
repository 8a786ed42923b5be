"""The command: listens on this machine alone, and fails in a sentence."""

import socket
from pathlib import Path

import pytest
from click.testing import CliRunner

pytest.importorskip("streamlit", reason="needs pip install -e '.[explorer]'")

from streamlit.config import get_config_options

from pipeline.cli import cli
from pipeline.commands import serve
from pipeline.explorer.launch import command, environment
from pipeline.settings import Settings


def test_it_listens_on_this_machine_unless_told_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(serve.os, "execve", lambda _path, words, _env: started.append(words))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    done = CliRunner().invoke(cli, ["serve", "--port", str(port)])
    assert done.exit_code == 0, done.output
    assert f"http://127.0.0.1:{port}" in done.output
    (words,) = started
    assert words[words.index("--server.address") + 1] == "127.0.0.1"
    assert words.count("--server.allowedHosts") == 3


def test_every_option_is_known_and_nothing_is_reported_home() -> None:
    words = command("0.0.0.0", 8501)
    flags = [word.removeprefix("--") for word in words if word.startswith("--")]
    assert set(flags) <= set(get_config_options())
    stated = dict(zip(flags, words[words.index(f"--{flags[0]}") + 1 :: 2], strict=False))
    assert stated["browser.gatherUsageStats"] == "false"
    assert stated["client.showErrorDetails"] == "none"
    assert "server.allowedHosts" not in stated


def test_the_server_is_told_which_warehouse() -> None:
    told = environment(Settings(raw=Path("/r"), warehouse=Path("/w")))
    assert told["GONGKAI_RAW"] == "/r"
    assert told["GONGKAI_WAREHOUSE"] == "/w"


def test_a_host_that_others_reach_is_warned_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve.os, "execve", lambda *_: None)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    said = CliRunner().invoke(cli, ["serve", "--host", "0.0.0.0", "--port", port]).output
    assert "warning" in said and "there is no login" in said
    assert "warning" not in CliRunner().invoke(cli, ["serve", "--port", port]).output


def test_a_port_in_use_is_a_sentence() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = CliRunner().invoke(cli, ["serve", "--port", str(taken.getsockname()[1])])
    assert done.exit_code == 1
    assert "--port" in done.output
    assert len(done.output.strip().splitlines()) == 1


def test_without_the_extra_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "find_spec", lambda _name: None)
    done = CliRunner().invoke(cli, ["serve"])
    assert done.exit_code == 1
    assert ".[explorer]" in done.output
