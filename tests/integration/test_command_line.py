"""The command line: formats from names, whole files, one statement, one language, one remedy."""

import json
import shlex
import subprocess
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner, Result
from samples import GONGKAI

import gongkai
from pipeline.cli import cli
from pipeline.settings import Settings

ROWS = "SELECT range AS n, 'x' AS word FROM range(2500)"


def run(settings: Settings, *arguments: str) -> Result:
    return CliRunner().invoke(cli, [*arguments, "--warehouse", str(settings.warehouse)])


@pytest.mark.parametrize("name", ["all.csv", "all.json", "all.txt", "all.parquet"])
def test_a_file_holds_every_row(settings: Settings, tmp_path: Path, name: str) -> None:
    out = tmp_path / name
    assert run(settings, "query", ROWS, "--out", str(out)).exit_code == 0
    if name.endswith("json"):
        assert len(json.loads(out.read_text("utf-8"))) == 2500
    elif name.endswith("parquet"):
        assert out.read_bytes()[:4] == b"PAR1"
    else:
        lines = out.read_text("utf-8-sig").splitlines()
        assert len(lines) == 2501
        assert "2499" in lines[-1]
        assert ("," in lines[1]) == name.endswith("csv")


def test_a_name_that_says_no_format_is_wrong_usage(settings: Settings, tmp_path: Path) -> None:
    done = run(settings, "query", ROWS, "--out", str(tmp_path / "all.xlsx"))
    assert done.exit_code == 2
    assert "--format" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_sql_may_begin_with_a_comment(settings: Settings) -> None:
    done = run(settings, "query", "-- how many\nSELECT 42 AS answer")
    assert done.exit_code == 0
    assert "42" in done.stdout


def test_a_misspelt_option_is_no_sql(settings: Settings) -> None:
    done = run(settings, "query", "SELECT 1", "--fromat=csv")
    assert done.exit_code == 2
    assert "--fromat" in done.stderr


@pytest.mark.parametrize("sql", ["", "-- nothing", "SELECT 1; SELECT 2"])
def test_there_is_one_statement(settings: Settings, sql: str) -> None:
    done = run(settings, "query", sql)
    assert done.exit_code == 1
    assert "statement" in done.stderr
    assert done.stdout == ""


def test_a_closing_semicolon_is_no_second_statement(settings: Settings) -> None:
    assert run(settings, "query", "SELECT 1;").exit_code == 0


def test_nothing_and_no_text_look_different(settings: Settings) -> None:
    done = run(settings, "query", "SELECT NULL AS a, '' AS b, 'NULLABLE' AS c")
    assert done.stdout.split()[3:] == ["NULL", "NULLABLE"]


def test_the_caret_points_at_the_mistake(settings: Settings) -> None:
    lines = run(settings, "query", "SELECT nme FROM facts").stderr.splitlines()
    assert lines[0].startswith("gongkai: Binder Error")
    assert lines[1] == "LINE 1: SELECT nme FROM facts"
    assert lines[2].index("^") == lines[1].index("nme")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_story_of_a_number_is_told_in_one_language(settings: Settings, lang: str) -> None:
    query = "FROM facts WHERE indicator_id = 'requests.received' ORDER BY year DESC, name_zh"
    fact = json.loads(run(settings, "query", query, "--format", "json").stdout)[0]
    asked = [fact["agency_id"], str(fact["year"]), "requests.received", "--lang", lang]
    told = run(settings, "explain", *asked).stdout.splitlines()
    assert told[0].endswith(fact[f"label_{lang}"])
    labels = [line.partition("  ")[0] for line in told[3:10] if line]
    assert labels[:2] == {"zh": ["指标", "表式"], "en": ["indicator", "form"]}[lang]
    assert all(label.isascii() == (lang == "en") for label in labels)
    headings = [line for line in told if line and line[0] != " " and line.rstrip()[-1].isdigit()]
    counted = [line.rpartition("：" if lang == "zh" else ":")[0] for line in headings[-2:]]
    assert {
        "zh": ["同一项的其他说法", "参与的核验"],
        "en": ["other observations of it", "checks it took part in"],
    }[lang] == counted


ENDLESS = "SELECT count(*) FROM range(1000000) AS a, range(1000000) AS b WHERE a.range <> b.range"


def test_a_query_that_never_ends_is_stopped_and_says_how_to_lift_the_bound(
    settings: Settings,
) -> None:
    done = run(settings, "query", ENDLESS, "--seconds", "0.5")
    assert done.exit_code == 1
    (line,) = done.stderr.splitlines()
    assert "0.5 seconds" in line
    assert "--seconds" in line


@pytest.mark.parametrize("name", ["part.csv", "part.json", "part.parquet"])
def test_a_query_that_is_stopped_leaves_no_part_that_looks_whole(
    settings: Settings, tmp_path: Path, name: str
) -> None:
    slow = "SELECT range AS n, sum(sin(range)) OVER (ORDER BY range) AS s FROM range(30000000)"
    done = run(settings, "query", slow, "--out", str(tmp_path / name), "--seconds", "1.5")
    assert done.exit_code == 1
    assert list(tmp_path.iterdir()) == []


def test_a_query_that_is_wrong_leaves_the_file_that_was_there(
    settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "kept.csv").write_text("kept", "utf-8")
    assert run(settings, "query", "FROM no", "--out", str(tmp_path / "kept.csv")).exit_code == 1
    assert (tmp_path / "kept.csv").read_text("utf-8") == "kept"


@pytest.mark.parametrize("seconds", ["0", "60"])
def test_a_query_in_time_is_not_stopped(settings: Settings, seconds: str) -> None:
    done = run(settings, "query", ROWS, "--format", "csv", "--seconds", seconds)
    assert done.exit_code == 0
    assert len(done.stdout.splitlines()) == 2501


def test_serve_needs_a_warehouse(tmp_path: Path) -> None:
    done = CliRunner().invoke(cli, ["serve", "--warehouse", str(tmp_path / "none")])
    assert done.exit_code == 1
    assert "gongkai build" in done.stderr


def test_a_printed_label_names_its_indicator(settings: Settings) -> None:
    listed = run(settings, "query", "FROM facts LIMIT 1", "--format", "json")
    (fact,) = json.loads(listed.stdout)
    label = fact["label_zh"].split(" / ")[-1]
    done = run(settings, "explain", fact["name_zh"], str(fact["year"]), label, "--lang", "en")
    assert "may be any of" in done.stderr or fact["name_zh"] in done.stdout


@pytest.mark.parametrize(("lang", "said"), [("zh", "收到申请"), ("en", "Requests received")])
def test_a_screen_speaks_one_language(settings: Settings, lang: str, said: str) -> None:
    done = run(settings, "find", "requests.received", "--lang", lang)
    other = {"zh": "Requests received", "en": "收到申请"}[lang]
    indicators = done.stdout.partition("rules")[0]
    assert said in indicators
    assert other not in indicators
    assert run(settings, "--lang", lang, "find", "requests.received").stdout == done.stdout


@pytest.mark.parametrize("name", ["DECISIONS", "ALERTS", "EXPECTED", "SOURCES"])
@pytest.mark.parametrize("command", ["build", "status"])
def test_a_file_that_is_named_and_missing_is_not_taken_for_an_empty_one(
    settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    command: str,
) -> None:
    missing = tmp_path / "typo.yml"
    monkeypatch.setenv(f"GONGKAI_{name}", str(missing))
    done = run(replace(settings, warehouse=tmp_path / "other"), command)
    assert done.exit_code == 1
    (line,) = done.stderr.splitlines()
    assert f"GONGKAI_{name}" in line
    assert str(missing) in line
    assert "unset" in line
    assert not missing.exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TIMEOUT", "abc"),
        ("TIMEOUT", "-1"),
        ("TIMEOUT", "nan"),
        ("ENGINE", "spark"),
        ("RAW", "ftp://host/raw"),
        ("STORE", "ftp://host/store"),
    ],
)
@pytest.mark.parametrize("command", [("build",), ("status",), ("query", "FROM facts")])
def test_a_setting_that_cannot_be_read_is_one_line_and_no_trace(
    settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    value: str,
    command: tuple[str, ...],
) -> None:
    monkeypatch.setenv(f"GONGKAI_{name}", value)
    done = run(replace(settings, warehouse=tmp_path), *command)
    assert done.exit_code == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"gongkai: GONGKAI_{name}")
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("EXPECTED", "years: {2021: 3}"),
        ("EXPECTED", "years: ["),
        ("DECISIONS", "decisions: [{kind: reading}]"),
    ],
)
def test_a_file_that_says_something_else_is_told_without_the_words_of_a_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, text: str
) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "told.yml").write_text(text, "utf-8")
    monkeypatch.setenv(f"GONGKAI_{name}", str(tmp_path / "told.yml"))
    places = ["--raw", str(tmp_path / "raw"), "--warehouse", str(tmp_path / "warehouse")]
    done = CliRunner().invoke(cli, ["build", *places])
    assert done.exit_code == 1
    (line,) = done.stderr.splitlines()
    assert "told.yml" in line
    assert "mend" in line or "correct" in line
    assert "errors.pydantic.dev" not in line
    assert "input_value" not in line


def test_a_label_means_the_same_to_every_command(settings: Settings, tmp_path: Path) -> None:
    rows = json.loads(run(settings, "query", "FROM facts", "--format", "json").stdout)
    fact = next(one for one in rows if " / " in one["label_zh"])
    for label in (fact["label_zh"], *fact["label_zh"].split(" / "), fact["label_en"]):
        out = tmp_path / label.replace("/", "_")
        options = ("--table", "facts", "--format", "csv", "--indicator", label)
        done = run(settings, "export", "--out", str(out), *options)
        assert done.exit_code == 0, done.stderr
        assert fact["indicator_id"] in (out / "facts.csv").read_text("utf-8-sig")
        with gongkai.open(settings.warehouse) as warehouse:
            assert fact["indicator_id"] in set(warehouse.facts(indicator=label)["indicator_id"])


@pytest.mark.parametrize(
    "command",
    [
        ("explain", "高青县质量技术监督局", "2018", "requests.received"),
        ("find", "收到申请"),
        ("query", "FROM facts"),
        ("history", "高青县质量技术监督局", "2018", "requests.received"),
        ("verify", "高青县质量技术监督局", "2018", "requests.received", "0"),
        ("report", "高青县质量技术监督局"),
    ],
)
def test_a_file_of_another_program_is_told_as_such(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    with duckdb.connect(str(tmp_path / "gongkai.duckdb")) as other:
        other.execute("CREATE TABLE recipes AS SELECT 1 AS eggs")
    done = CliRunner().invoke(cli, [*command, "--warehouse", str(tmp_path)])
    assert done.exit_code == 1
    (line,) = done.stderr.splitlines()
    assert "another version" in line
    assert "gongkai build" in line
    with pytest.raises(gongkai.NoWarehouseError, match="another version"):
        gongkai.open(tmp_path)


def test_a_mistake_in_sql_is_not_blamed_on_the_warehouse(settings: Settings) -> None:
    done = run(settings, "query", "FROM nothing_of_the_kind")
    assert "nothing_of_the_kind" in done.stderr
    assert "another version" not in done.stderr


@pytest.mark.parametrize("typed", ["{name}{year}年收到申请", "{name} 收到申请", "收到申请 {name}"])
def test_an_agency_and_what_is_counted_find_the_number_together(
    settings: Settings, typed: str
) -> None:
    query = "FROM facts WHERE indicator_id = 'requests.received' ORDER BY year DESC, name_zh"
    fact = json.loads(run(settings, "query", query, "--format", "json").stdout)[0]
    words = typed.format(name=fact["name_zh"], year=fact["year"])
    done = run(settings, "find", *words.split())
    assert done.exit_code == 0, done.stderr
    asked_by = f"{fact['agency_id']} {fact['year']} requests.received"
    assert f"gongkai explain {asked_by}" in done.stdout
    assert f"{asked_by}  {float(fact['value']):.0f} {fact['unit']}" in done.stdout
    assert run(settings, "explain", *asked_by.split()).exit_code == 0


@pytest.mark.parametrize("typed", ["{name}{year}年不予公开率", "{name} {year} 不予公开占比多少"])
def test_an_agency_a_year_and_a_rate_find_that_rate(
    panel: tuple[object, Settings], typed: str
) -> None:
    settings = panel[1]
    query = "FROM rates WHERE rate_id = 'denied' AND rate IS NOT NULL ORDER BY name_zh, year"
    rate = json.loads(run(settings, "query", query, "--format", "json").stdout)[0]
    words = typed.format(name=rate["name_zh"], year=rate["year"])
    done = run(settings, "find", *words.split())
    assert done.exit_code == 0, done.stderr
    share = f"{rate['rate']:.1%} ({float(rate['numerator']):.0f} / "
    assert f"{rate['agency_id']} {rate['year']} denied  {share}" in done.stdout
    *_, following = (one for one in done.stdout.splitlines() if "→" in one)
    asked = shlex.split(following.partition("gongkai query ")[2])[0]
    (found,) = json.loads(run(settings, "query", asked, "--format", "json").stdout)
    assert found == rate


@pytest.mark.parametrize(
    ("words", "first"),
    [("哪个县不予公开最多", "denied"), ("不予公开率", "denied"), ("予以公开率最高的县", "granted")],
)
def test_who_has_most_of_a_rate_leads_to_the_rate_and_not_to_its_opposite(
    panel: tuple[object, Settings], words: str, first: str
) -> None:
    done = run(panel[1], "find", words)
    assert done.exit_code == 0, done.stderr
    listed = done.stdout.partition("rates\n")[2].split()
    assert listed[0] == first
    assert {"denied", "granted"} - {first} & set(listed) == set()


def test_a_year_before_a_measure_does_not_hide_it(settings: Settings) -> None:
    done = run(settings, "find", "2022年收到申请")
    assert done.exit_code == 0, done.stderr
    assert "requests.received" in done.stdout


def test_what_is_misspelt_is_not_taken_for_its_opposite(panel: tuple[object, Settings]) -> None:
    done = run(panel[1], "find", "不予公幵")
    assert done.exit_code == 1
    assert "不予公开" in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("query", "SELECT range, repeat('x', 200) AS x FROM range(900)", "--format", "csv"),
        ("query", "SELECT range, repeat('x', 200) AS x FROM range(900)"),
    ],
)
def test_a_reader_who_has_seen_enough_is_no_failure(
    settings: Settings, words: tuple[str, ...]
) -> None:
    typed = shlex.join([str(GONGKAI), *words, "--warehouse", str(settings.warehouse)])
    piped = f"set -o pipefail; {typed} | head -1"
    done = subprocess.run(["bash", "-c", piped], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("range")
    assert done.stderr == ""


def test_what_goes_wrong_is_told_once(tmp_path: Path) -> None:
    words = [str(GONGKAI), "build", "--raw", str(tmp_path / "none")]
    words += ["--warehouse", str(tmp_path / "warehouse")]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    lines = done.stderr.splitlines()
    assert len(lines) == len(set(lines))
    assert "stays as it was" not in done.stderr
