"""What is published of the town, as pages that two people can read side by side.

A page a table or view, a row a line; and a page for everything that is asked of it: commands,
addresses of the explorer, sentences to verify, see ``town/asked.yml``.
"""

import asyncio
import json
import re
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import lxml.html
import openpyxl
import pandas as pd
import yaml
from click.testing import CliRunner
from starlette.applications import Starlette

import gongkai
from gongkai import Warehouse
from pipeline.assistant import answers
from pipeline.assistant.descriptions import described
from pipeline.cli import cli
from pipeline.explorer.app import application
from pipeline.warehouse.publishing.views import views
from pipeline.warehouse.schema import tables
from tests.golden.places import FOLDER as KINDS
from tests.golden.town import FOLDER, Town, at, nights

_DECLARED = {
    "dim_indicator", "dim_standing", "dim_form", "dim_function", "dim_rule", "dim_way", "roster",
    "crosswalk", "indicator_form", "rate_term", "channel", "rate_definition",
}  # fmt: skip
"""What the program brings along: told by how many different values each column has."""
_ON_THE_WAY = ("check_result", "agency_year", "fact_gap", "fact_history")
"""What is told of every night; of the other tables the last one tells."""
_ONLY = {
    "indicator_coverage": "status IN ('zero', 'blank', 'masked', 'withheld', 'year_not_over') OR "
    "(indicator_id = 'requests.processed.denied' AND agency_id LIKE '3703%')",
    "rate_sums": "found > 0 AND agency_id LIKE '3703%'",
    "facts_main": "false",
    "agency_comparison": "year BETWEEN 2016 AND 2018",
    "region_totals": "year >= 2015",
    **dict.fromkeys(
        ("agency_year", "coverage", "dim_report", "facts", "fact_indicator", "indicator_trend"),
        "agency_id IS NULL OR function <> 'audit'",
    ),
    "dim_report": "agency_id NOT LIKE '%.audit'",
    "fact_indicator": "agency_id NOT LIKE '%.audit'",
    "observation": "report_id IN "
    "(SELECT report_id FROM dim_report WHERE agency_id NOT LIKE '%.audit')",
}
"""Rows of relations that have one for everything that might be."""
_NOT_TOLD = {
    "ingest_run": ("run_id", "parser_version", "finished_at", "started_at"),
    "dim_report": ("parser_version",),
    "fact_history": (),
}
_MOST = 6_000
"""Signs told of a file."""
_BY_CHANCE = re.compile(
    r"(?<!\.)\b[0-9a-f]{16,64}\b|\b[0-9A-Z]{26}\b|20\d{6}T\d{6}\S*"
    r"|(?<=parser_version: )\S+"
    r'|(?<="bytes": )\d+|(?<="contentSize": ")\d+'
)
"""Hashes, ids of moments, and how well a file could be packed."""


class Told:
    """Makes the pages, with the names of files in the place of ids that nobody can read."""

    def __init__(self, town: Town) -> None:
        self._town = town
        self._names: dict[str, str] = {}
        self._explorer = application(town.corpus.settings)

    def pages(self) -> Iterator[tuple[str, str]]:
        """All of them."""
        relations = [*tables(), *(view.name for view in views())]
        for number, night in enumerate(nights(), start=1):
            self._town.sleep(night)
            self._learn()
            for name in _ON_THE_WAY:
                yield f"night{number}/{name}", self._relation(name)
        for name in relations:
            if name in _DECLARED:
                yield f"declared/{name}", self._counted(name)
            elif name not in _ON_THE_WAY:
                yield f"tables/{name}", self._relation(name)
        with at(nights()[-1].seen):
            yield from self._asked()

    def _asked(self) -> Iterator[tuple[str, str]]:
        asked = yaml.load((FOLDER / "asked.yml").read_text("utf-8"), yaml.CSafeLoader)
        for name, arguments in asked["commands"].items():
            yield f"commands/{name}", self._readable(self._commanded(arguments))
        with gongkai.open(self._town.corpus.settings.warehouse) as opened:
            for name, said in asked["tools"].items():
                yield f"tools/{name}", self._readable(_answer(opened, name.split("_")[0], said))
        for name, address in asked["addresses"].items():
            yield f"explorer/{name}", self._readable(self._shown(address))

    def _learn(self) -> None:
        rows = self._town.corpus.query("SELECT report_id, document_id, source_path FROM dim_report")
        for report_id, document_id, path in rows:
            number = str(report_id).rpartition("-")[2]
            self._names.setdefault(str(report_id), f"<{path}#{number}>")
            self._names.setdefault(str(document_id), f"<{path}>")

    def _readable(self, text: str) -> str:
        def named(found: re.Match[str]) -> str:
            return self._names.get(found[0], "…")

        known = re.compile("|".join(sorted(map(re.escape, self._names), key=len, reverse=True)))
        return (
            _BY_CHANCE.sub("…", known.sub(named, text))
            .replace(str(self._town.corpus.settings.raw.parent), "TOWN")
            .replace(str(FOLDER.parent), "GOLDEN")
        )

    def _relation(self, name: str) -> str:
        where = _ONLY.get(name, "true")
        left_out = _NOT_TOLD.get(name, ())
        connection = self._town.corpus.asked()
        with connection:
            found = connection.execute(f"SELECT * FROM {name} WHERE {where}")
            columns = [one[0] for one in found.description]
            rows = found.fetchall()
        kept = [
            (number, column)
            for number, column in enumerate(columns)
            if column not in left_out and len({repr(row[number]) for row in rows}) > 1
        ]
        same = [
            f"{column} {_cell(rows[0][number])}"
            for number, column in enumerate(columns)
            if rows and column not in left_out and (number, column) not in kept
        ]
        lines = sorted(" | ".join(_cell(row[number]) for number, _ in kept) for row in rows)
        head = " | ".join(column for _, column in kept)
        return self._readable("\n".join([f"all: {', '.join(same)}", head, *lines])) + "\n"

    def _counted(self, name: str) -> str:
        connection = self._town.corpus.asked()
        with connection:
            found = connection.execute(f"FROM {name}")
            columns = [one[0] for one in found.description]
            rows = found.fetchall()
        lines = [f"{len(rows)} rows"]
        for number, column in enumerate(columns):
            values = Counter(_cell(row[number]) for row in rows)
            often = ", ".join(
                f"{value[:40]} {count}"
                for value, count in sorted(values.items(), key=lambda one: (-one[1], one[0]))[:3]
            )
            lines.append(f"{column}: {len(values)} different; {often}")
        return "\n".join(lines) + "\n"

    def _commanded(self, arguments: Sequence[str]) -> str:
        settings = self._town.corpus.settings
        out = settings.raw.parent / "out"
        shutil.rmtree(out, ignore_errors=True)
        if arguments[0] == "report":
            out.mkdir()
        raw = ["--raw", str(settings.raw)] if arguments[0] == "explain" else []
        given = [
            one.replace("OUT", str(out)).replace("KINDS", str(KINDS)).replace("TOWN", str(FOLDER))
            for one in arguments
        ]
        where = [] if arguments[0] == "inspect" else ["--warehouse", str(settings.warehouse)]
        done = CliRunner().invoke(cli, [*given, *raw, *where])
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        written = sorted(path for path in out.rglob("*") if path.is_file())
        files = [f"== {path.relative_to(out)}\n{_written(path)[:_MOST]}" for path in written]
        return "\n".join([str(done.exit_code), done.output, *files])

    def _shown(self, address: str) -> str:
        path, _, query = address.partition("?")
        status, body = asyncio.run(_answered(self._explorer, path, query))
        if not body.lstrip().startswith("<!"):
            return f"{status}\n{body}\n"
        return f"{status}\n" + "\n".join(_lines(lxml.html.document_fromstring(body))) + "\n"


def _answer(opened: Warehouse, tool: str, said: dict[str, Any]) -> str:
    """What a tool answers; agency and indicator are told apart from what nobody named."""
    of = ("province", "level", "function")
    nobody = {
        "facts": ("agency", "indicator", "year", "standing", *of),
        "rates": ("agency", "rate", "year", *of),
        "compare": of,
    }
    named = dict.fromkeys(nobody.get(tool, ())) | said
    asked = described if tool == "describe" else getattr(answers, tool)
    answer = json.dumps(asked(opened, **named), default=str)
    return yaml.safe_dump(json.loads(answer), allow_unicode=True, width=200)


def _written(path: Path) -> str:
    """What a file that was written holds."""
    match path.suffix:
        case ".xlsx":
            return "\n".join(
                " | ".join(map(_cell, row))
                for sheet in openpyxl.load_workbook(path).worksheets
                for row in [(f"-- {sheet.title}",), *sheet.values]
            )
        case ".dta":
            with pd.read_stata(path, iterator=True) as read:
                return f"{read.variable_labels()}\n{read.read().to_csv(index=False)}"
        case ".html":
            return "\n".join(_lines(lxml.html.document_fromstring(path.read_text("utf-8"))))
        case ".csv" | ".json" | ".txt" | ".md" | ".xml":
            return path.read_text("utf-8-sig").replace("\r\n", "\n")
    return f"{path.stat().st_size > 0}"


def _cell(value: object) -> str:
    return "" if value is None else str(value).replace("\n", "⏎")


def _lines(page: Any) -> Iterator[str]:
    """What is to be read and where it leads; of drawings what is drawn."""
    for node in page.find("body").iter():
        if not isinstance(node.tag, str) or node.tag in ("script", "style"):
            continue
        words = " ".join((node.text or "").split())
        behind = " ".join((node.tail or "").split())
        drawn = node.tag in ("rect", "circle", "path", "line", "text", "polyline")
        names = sorted(node.attrib) if drawn else ["href", "class", "title", "value", "selected"]
        said = " ".join(f"{name}={node.get(name)}" for name in names if node.get(name))
        if words or (said and node.tag in ("a", "option", "input")) or drawn:
            yield f"{node.tag} {said}: {words}"
        if behind:
            yield f"  {behind}"


async def _answered(explorer: Starlette, path: str, query: str) -> tuple[int, str]:
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [(b"host", b"127.0.0.1")],
        "scheme": "http",
        "http_version": "1.1",
        "server": ("127.0.0.1", 80),
        "client": ("127.0.0.1", 1),
        "root_path": "",
    }
    await explorer(scope, receive, send)
    body = b"".join(one.get("body", b"") for one in sent)
    return sent[0]["status"], body.decode()
