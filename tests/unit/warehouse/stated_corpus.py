"""A small warehouse built from reports that a test states value by value."""

import hashlib
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import islice
from pathlib import Path

import duckdb

from pipeline.forms.catalogue import indicators
from pipeline.model.agency import Agency, Level
from pipeline.model.check import CheckResult, Kind, Outcome, Severity
from pipeline.model.fact import Fact
from pipeline.model.observation import Observation, Qualifier, Scope, Source, Status
from pipeline.model.report import DocType, Report
from pipeline.parsing import DocumentResult
from pipeline.settings import Settings
from pipeline.warehouse.build import Build, open_build
from pipeline.warehouse.engines import worker
from pipeline.warehouse.engines.workers import FILES_A_CHUNK
from pipeline.warehouse.publishing.views import views_needed_for
from pipeline.warehouse.runs.record import RunRecord
from pipeline.warehouse.store.tasks import Parsed, Task

GAOQING = Agency(
    agency_id="370322.quality_supervision",
    name_zh="高青县质量技术监督局",
    region_code="370322",
    region_name="高青县",
    province="山东省",
    level=Level.COUNTY,
    function="quality_supervision",
)

FAILED = CheckResult(
    rule_id="B-E7",
    kind=Kind.EQUALITY,
    severity=Severity.ERROR,
    outcome=Outcome.FAIL,
    indicator_ids=("staff.total",),
    expected=Decimal(3),
    actual=Decimal(4),
    difference=Decimal(1),
    message_zh="左边 4，右边 3，不成立",
    message_en="left 4, right 3, does not hold",
)
"""Staff of 1 and 2 that a report adds up to 4."""


def county(code: int, name: str) -> Agency:
    return replace(
        GAOQING,
        agency_id=f"{code}.quality_supervision",
        name_zh=name,
        region_code=str(code),
        region_name=name[:3],
    )


def report(
    values: dict[str, str],
    agency: Agency | None = GAOQING,
    year: int | None = 2018,
    *,
    part: int = 1,
    published_on: date | None = None,
    source: Source = Source.TABLE,
    doc_type: DocType = DocType.ANNUAL_REPORT,
    checks: tuple[CheckResult, ...] = (),
) -> Report:
    """A report that gives these values; every one is an observation and a fact."""
    catalogue = indicators()
    observations = tuple(
        Observation(
            indicator_id=indicator,
            section_path=f"一、主动公开情况 > {catalogue[indicator].label_zh}",
            label_raw=catalogue[indicator].label_zh,
            unit_raw=catalogue[indicator].unit,
            value_raw=value,
            value=Decimal(value),
            value_status=Status.REPORTED,
            source=source,
            quote=f"{catalogue[indicator].label_zh}\t{catalogue[indicator].unit}\t{value}",
            char_start=10 * number,
            char_end=10 * number + len(value),
            table_no=1,
            row_no=number + 1,
            col_no=3,
        )
        for number, (indicator, value) in enumerate(values.items())
    )
    facts = tuple(
        Fact(
            indicator_id=indicator,
            value=Decimal(value),
            unit=catalogue[indicator].unit,
            source=source,
            qualifier=Qualifier.EXACT,
            observation=number,
        )
        for number, (indicator, value) in enumerate(values.items())
    )
    return Report(
        part=part,
        title="政府信息公开工作年度报告",
        agency=agency,
        agency_stated=agency and agency.name_zh,
        year=year,
        period_start=None,
        period_end=None,
        template="B",
        doc_type=doc_type,
        scope=Scope.AGENCY,
        published_on=published_on,
        char_start=0,
        char_end=1000,
        observations=observations,
        facts=facts if agency and year and doc_type is DocType.ANNUAL_REPORT else (),
        checks=checks,
    )


class Corpus:
    """A raw folder whose files hold the reports a test gave them."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.parsed: list[str] = []
        self._reports: dict[str, tuple[Report, ...]] = {}
        self._asked = settings.database

    def copied(self, settings: Settings) -> "Corpus":
        """Returns one that lies elsewhere, and is as if it had been built there."""
        other = Corpus(settings)
        shutil.copytree(self.settings.raw, settings.raw, dirs_exist_ok=True)
        shutil.copytree(self.settings.warehouse, settings.warehouse, symlinks=True)
        other.parsed, other._reports = [*self.parsed], dict(self._reports)
        return other

    def add(self, path: str, *reports: Report, content: str | None = None) -> Path:
        file = self.settings.raw / path
        file.parent.mkdir(parents=True, exist_ok=True)
        data = (content or repr(reports)).encode()
        file.write_bytes(data)
        self._reports[hashlib.sha256(data).hexdigest()] = reports
        return file

    def build(self) -> RunRecord:
        self._asked = self.settings.database
        with self.open() as build:
            build.survey()
            build.parse()
            build.build_tables()
            build.build_views()
            return build.publish()

    def build_only(self, *names: str) -> None:
        """Builds some tables and views, and what they read, for queries; nothing is published.

        For whoever asks what they hold: to write all down and read it back takes twice as long.
        """
        with self.open() as build:
            build.survey()
            build.parse()
            needed, read = views_needed_for(names)
            draft = build.build_tables(read)
            if needed:
                build.build_views(names)
            with draft.read() as connection:  # which others hold open
                connection.execute("CHECKPOINT")
            self._asked = shutil.copy(draft.database, self.settings.raw.parent / "asked.duckdb")

    def parse(self) -> None:
        """Reads what is new, and publishes nothing."""
        with self.open() as build:
            build.survey()
            build.parse()

    @contextmanager
    def open(self) -> Iterator[Build]:
        with open_build(self.settings) as build:
            yield build

    def query(self, sql: str) -> list[tuple[object, ...]]:
        with self.asked() as connection:
            return connection.execute(sql).fetchall()

    def asked(self) -> duckdb.DuckDBPyConnection:
        """Opens what was built last."""
        return duckdb.connect(str(self._asked), read_only=True)

    def parse_all(self, tasks: Iterable[Task], _settings: Settings) -> Iterator[Parsed]:
        """Hands back chunks of files, as a worker does."""
        left = iter(tasks)
        while chunk := list(islice(left, FILES_A_CHUNK)):
            batches = worker.RowBatches()
            for task in chunk:
                self.parsed.append(task.source_path)
                reports = self._reports[task.file_id]
                document = DocumentResult("", task.file_id, "text/plain", "utf-8", reports, None)
                batches.add_file(task, [document], keep=False)
            yield batches.packed()
