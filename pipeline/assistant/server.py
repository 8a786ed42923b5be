"""The server of the Model Context Protocol, by the official SDK."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.resources import files

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.mcpserver.tools import Tool

from gongkai import NotFoundError, Warehouse
from pipeline.assistant import answers
from pipeline.assistant.answers import Names, NothingAskedError, Years
from pipeline.assistant.descriptions import described
from pipeline.assistant.strict_tool import StrictTool
from pipeline.explorer.console import RefusedError, ask
from pipeline.explorer.opening import Published
from pipeline.explorer.texts import Translator
from pipeline.settings import NoWarehouseError, Settings
from pipeline.warehouse.records import Record


def serve(settings: Settings) -> None:
    """Answers on stdin and stdout until they are closed."""
    server(settings).run("stdio")


def server(settings: Settings) -> MCPServer:
    """Returns a server that answers from the current publication, whichever that is by then."""
    tools: list[Tool] = [
        StrictTool.of(tool, _text(f"tools/{tool.__name__}")) for tool in _Tools(settings).all()
    ]
    return MCPServer(
        "gongkai", title="公开", instructions=_text("rules"), log_level="WARNING", tools=tools
    )


def _text(name: str) -> str:
    return (files("pipeline.assistant") / f"{name}.md").read_text("utf-8")


class _Tools:
    """The tools; what they are for stands in ``tools/<tool>.md``."""

    def __init__(self, settings: Settings) -> None:
        self._database = settings.database
        self._published = Published(settings.database)

    def all(self) -> tuple[Callable[..., Record], ...]:
        """Every tool, in the order in which they are of use."""
        return (
            self.find,
            self.describe,
            self.facts,
            self.rates,
            self.compare,
            self.explain,
            self.verify,
            self.sql,
        )

    def find(self, words: str) -> Record:
        with self._open() as warehouse:
            return answers.find(warehouse, words)

    def describe(self, name: str = "") -> Record:
        with self._open() as warehouse:
            return described(warehouse, name)

    def facts(
        self,
        agency: Names = None,
        indicator: Names = None,
        year: Years = None,
        province: Names = None,
        level: Names = None,
        function: Names = None,
        standing: Names = None,
    ) -> Record:
        with self._open() as warehouse:
            return answers.facts(
                warehouse,
                agency=agency,
                indicator=indicator,
                year=year,
                province=province,
                level=level,
                function=function,
                standing=standing,
            )

    def rates(
        self,
        rate: Names = None,
        agency: Names = None,
        year: Years = None,
        province: Names = None,
        level: Names = None,
        function: Names = None,
    ) -> Record:
        with self._open() as warehouse:
            return answers.rates(
                warehouse,
                rate=rate,
                agency=agency,
                year=year,
                province=province,
                level=level,
                function=function,
            )

    def compare(
        self,
        indicator: str,
        year: int,
        province: Names = None,
        level: Names = None,
        function: Names = None,
    ) -> Record:
        with self._open() as warehouse:
            return answers.compare(
                warehouse, indicator, year, province=province, level=level, function=function
            )

    def explain(self, agency: str, year: int, indicator: str) -> Record:
        with self._open() as warehouse:
            return answers.explain(warehouse, agency, year, indicator)

    def verify(
        self,
        sentence: str = "",
        agency: str = "",
        year: int | None = None,
        indicator: str = "",
        value: str = "",
    ) -> Record:
        words = [sentence] if sentence else [agency, year or "", indicator, value]
        with self._open() as warehouse:
            return answers.verify(warehouse, words)

    def sql(self, query: str) -> Record:
        try:
            return answers.table(ask(self._published.current(), query))
        except RefusedError as error:
            raise ToolError(Translator("en")(f"sql.{error.name}") + f" {error.detail}") from error
        except NoWarehouseError as error:
            raise ToolError(str(error)) from error

    @contextmanager
    def _open(self) -> Iterator[Warehouse]:
        """Gives the current publication; a question that cannot be answered says why."""
        try:
            with (
                self._published.current().connection.cursor() as cursor,
                Warehouse(cursor, self._database.resolve()) as warehouse,
            ):
                yield warehouse
        except NoWarehouseError as error:
            raise ToolError(str(error)) from error
        except (NotFoundError, NothingAskedError, TypeError) as error:
            raise ToolError(str(error)) from error
