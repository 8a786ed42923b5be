"""The command ``gongkai``. Heavy libraries are imported by the command that needs them."""

# ruff: noqa: D301  (click reads the backspace character in docstrings)

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.commands.command_group import CommandGroup
from pipeline.commands.handing_over import done_by, settings_of
from pipeline.commands.options import (
    SqlCommand,
    YearsType,
    as_of_option,
    lang_option,
    raw_option,
    store_option,
    wait_option,
    warehouse_option,
)

if TYPE_CHECKING:
    from pipeline.settings import Language

_YEARS = YearsType()
_FOLDER = click.Path(path_type=Path, file_okay=False)
_FILE = click.Path(path_type=Path, dir_okay=False)
_INPUT = click.Path(path_type=Path, dir_okay=False, exists=True)


@click.group(cls=CommandGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="gongkai")
@click.option("--lang", type=click.Choice(["zh", "en"]), help="Language, as of each command.")
@click.pass_context
def cli(context: click.Context, lang: Language | None) -> None:
    """China's yearly open-government reports as one SQL fact table.

    \b
    Example:
      gongkai build
      gongkai query "SELECT name_zh, year, value FROM facts LIMIT 5"
    """
    if lang and isinstance(context.command, click.Group):
        context.default_map = {name: {"language": lang} for name in context.command.commands}


@cli.command()
@raw_option
@warehouse_option
@store_option
@click.option("--jobs", type=click.IntRange(1), help="Worker processes.  [default: all cores]")
@wait_option
@click.option(
    "--engine",
    type=click.Choice(["local", "daft"]),
    help="Who parses: worker processes here, or Daft (extra scale).  "
    "[default: local; env: GONGKAI_ENGINE]",
)
@click.option(
    "--accept-loss",
    is_flag=True,
    help="It is right that many files, reports or facts are gone since the last build.",
)
@click.option(
    "--full",
    "whole",
    is_flag=True,
    help="Build all tables, not only what changed; once a week that is done anyway.",
)
@click.option(
    "--ray",
    metavar="ADDRESS",
    help="Ray cluster for the engine daft (extra ray).  [env: GONGKAI_RAY]",
)
def build(**typed: Any) -> None:
    """Ingest what is new and publish the warehouse.

    A document that cannot be read is put in quarantine with its reason. Raw files and parse
    results may lie in an object store (s3://bucket/folder, keys and address from AWS_…).

    \b
    Example:
      gongkai build --raw data/raw --warehouse data/warehouse --jobs 2
      gongkai build --raw s3://reports/raw --store s3://reports/store --engine daft
    """
    from pipeline.commands.run_build import refused, run

    run(settings_of(typed, refused))


@cli.command()
@click.option("--out", type=_FOLDER, default=Path("data/raw"), show_default=True)
@done_by("samples")
def samples() -> None:
    """Copy five real reports into a folder, to try the program on.

    \b
    Example:
      gongkai samples --out data/raw
    """


@cli.command()
@click.argument("file", type=_INPUT)
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
@done_by("inspect")
def inspect() -> None:
    """Show what the program sees in one document; writes nothing.

    \b
    Example:
      gongkai inspect report.html
      gongkai inspect report.pdf --json
    """


@cli.command(cls=SqlCommand)
@click.argument("sql", required=False)
@click.option("--file", "file", type=_INPUT, help="Read the SQL from a file.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json", "parquet"]),
    help="[default: what the name of --out ends in, else table]",
)
@click.option("--out", type=_FILE, help="Write to a file instead of the screen, whole.")
@click.option(
    "--seconds",
    type=click.FloatRange(0),
    default=300.0,
    show_default=True,
    help="Stop what takes longer; 0 lets it take any time.",
)
@as_of_option
@warehouse_option
@done_by("query")
def query() -> None:
    """Run read-only SQL on the published warehouse.

    \b
    Example:
      gongkai query "SELECT * FROM contradictions" --out contradictions.csv
      gongkai query --file docs/examples/first_look.sql
      gongkai query "SELECT count(*) FROM facts" --as-of 2026-03-31
    """


@cli.command()
@click.argument("agency")
@click.argument("year", type=int)
@click.argument("indicator")
@lang_option
@raw_option
@as_of_option
@warehouse_option
@done_by("explain")
def explain() -> None:
    """Tell one number's story: where it stands, what contradicts it, what it was before.

    AGENCY is a name or an id, INDICATOR an id or a label.

    \b
    Example:
      gongkai explain 高青县质量技术监督局 2018 disclosure.items
    """


@cli.command()
@click.argument("agency")
@click.argument("year", type=int)
@click.argument("indicator")
@lang_option
@warehouse_option
@done_by("fact_history")
def history() -> None:
    """Tell what was published of one number, when, and why it changed.

    AGENCY is a name or an id, INDICATOR an id or a label.

    \b
    Example:
      gongkai history 高青县质量技术监督局 2018 disclosure.items
    """


@cli.command()
@click.argument("words", nargs=-1, required=True)
@lang_option
@warehouse_option
@done_by("find")
def find() -> None:
    """Find agencies, indicators, rules, tables and views, and what to type next.

    An agency goes by part of its name, a short or a former name, or the first letters of its
    pinyin. An agency together with what is counted, and perhaps a year, finds numbers.

    \b
    Example:
      gongkai find 嘉祥县质监局
      gongkai find jxzjj
      gongkai find 收到申请
      gongkai find 嘉祥县质监局 2018 收到申请
    """


@cli.command()
@click.option("--out", type=_FOLDER, required=True, help="Folder to write to.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["parquet", "csv", "xlsx", "sdmx-csv", "dta"]),
    default="parquet",
    show_default=True,
    help="dta (Stata) goes with --panel, sdmx-csv without it.",
)
@click.option("--panel", is_flag=True, help="One row for each agency and year, with a codebook.")
@click.option("--table", "tables", multiple=True, help="Table or view; may be given again.")
@click.option(
    "--year", "years", multiple=True, type=_YEARS, help="Year or years: 2018, or 2015-2018."
)
@click.option("--province", "provinces", multiple=True, help="Province: 山东, or 山东省.")
@click.option("--indicator", "indicators", multiple=True, help="Id or label of an indicator.")
@as_of_option
@warehouse_option
@done_by("export_tables")
def export() -> None:
    """Write views and tables as files for other teams, facts first.

    \b
    Example:
      gongkai export --out handover --format csv
      gongkai export --out shandong --format xlsx --table facts --province 山东 --year 2015-2018
      gongkai export --out panel --format dta --panel
    """


@cli.command()
@click.argument("agency")
@click.option("--out", type=_FILE, help="File to write.  [default: AGENCY.html]")
@lang_option
@warehouse_option
@done_by("report_page")
def report() -> None:
    """Write one agency's page: trends, peers, contradictions and sources.

    AGENCY is a name or an id. The page is one HTML file that works offline.

    \b
    Example:
      gongkai report 高青县质量技术监督局 --out gaoqing.html
    """


@cli.command()
@click.option("--out", type=_FOLDER, required=True, help="Folder to write.")
@click.option("--both", is_flag=True, help="The other language as well, page linked to page.")
@lang_option
@warehouse_option
@done_by("site")
def site() -> None:
    """Write a folder of pages that needs no server: rankings, agencies, quotes.

    It opens from a stick as well as from any web server, and can be searched.

    \b
    Example:
      gongkai site --out site
      gongkai site --out site --both
    """


@cli.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True)
@click.option("--review", is_flag=True, help="Let who is at this machine settle what is in doubt.")
@raw_option
@warehouse_option
@done_by("serve")
def serve() -> None:
    """Open the explorer: look, compare, and see where each number was printed.

    It needs the extra gongkai[explorer], reads only, fetches nothing from elsewhere, and
    shows a new publication by itself.

    \b
    Example:
      gongkai serve --port 8600
      gongkai serve --review
    """


@cli.command()
@warehouse_option
@done_by("mcp_server")
def mcp() -> None:
    """Answer a language model's client on stdin and stdout (MCP); needs gongkai[mcp].

    \b
    Example:
      gongkai mcp --warehouse data/warehouse
    """


@cli.command()
@warehouse_option
@wait_option
@done_by("rollback")
def rollback() -> None:
    """Let readers see the publication before the current one again.

    \b
    Example:
      gongkai rollback
    """


@cli.command()
@click.argument("claim", nargs=-1)
@lang_option
@warehouse_option
@store_option
@wait_option
@done_by("verify")
def verify() -> None:
    """Say whether a report prints what is claimed, or read the whole warehouse back.

    CLAIM is a sentence in Chinese, or AGENCY YEAR INDICATOR VALUE; the answer is VERIFIED,
    REFUTED or CANNOT SAY, with the quote. VALUE counts in the unit of the indicator or in the one
    it names, as 12345元. Without a claim, every file is read against its hash and
    every table against its twin; the exit code is 1 where anything is not as it was written.
    Changes nothing.

    \b
    Example:
      gongkai verify 高青县质量技术监督局 2018 requests.received 0
      gongkai verify "2017年山东省质量技术监督局收到政府信息公开申请31件。"
      gongkai verify --warehouse data/warehouse
    """


@cli.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "prometheus"]),
    default="text",
    show_default=True,
)
@warehouse_option
@done_by("status")
def status() -> None:
    """Tell whether the warehouse is well; the exit code is 1 where it is not.

    From where on something is wrong, data/alerts.yml says (GONGKAI_ALERTS). The same figures
    lie in metrics.prom beside the warehouse, in the text format of Prometheus.

    \b
    Example:
      gongkai status
      gongkai status --format json
    """


def main() -> None:
    """Runs the command line; a failure is one line on stderr and exit code 1."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    cli(windows_expand_args=False)
