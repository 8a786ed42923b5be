"""A panel drawn at random: governments and bureaus of one province over eight years.

All forms, corrections, running totals, sums that do not add up, applicants and outcomes left
out, years without a report. The reports go through the checks and the choice of facts as
parsed ones do; what was drawn is kept as one frame, and nothing in it comes from SQL.
"""

import hashlib
import random
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.facts.identity_checks import check_identities, weigh_by_checks
from pipeline.facts.selection import PRINTED, choose_facts, derive_totals, settled
from pipeline.forms.catalogue import block_of, indicators
from pipeline.model.agency import Agency, Level
from pipeline.model.check import Outcome, Severity
from pipeline.model.observation import Observation, Scope, Source, Status
from pipeline.model.report import DocType, Report
from pipeline.parsing import DocumentResult
from pipeline.settings import Settings
from pipeline.stages import parser_version
from pipeline.warehouse.build import open_build
from pipeline.warehouse.schema import store_tables
from pipeline.warehouse.store.batches import seal
from pipeline.warehouse.store.parse_store import ParseStore
from pipeline.warehouse.store.store_rows import StoreRows
from tests.generator.values import APPLICANTS, break_one, draw

YEARS = range(2016, 2024)
PROVINCE = "山东省"
_PLACES = (
    ("370000", "山东省", Level.PROVINCE),
    *((f"37{n:02}00", f"第{n}市", Level.CITY) for n in range(1, 4)),
    *((f"37{1 + n % 3:02}{n + 10}", f"第{n}县", Level.COUNTY) for n in range(1, 13)),
)
_FUNCTIONS = {
    "government": ("人民政府", Scope.REGION),
    "education": ("教育局", Scope.AGENCY),
    "finance": ("财政局", Scope.AGENCY),
}
_OLD_FORM = ("3702", "3703")
_SEEN = datetime(2024, 6, 1)


@dataclass(frozen=True)
class Panel:
    """What was drawn.

    Attributes:
        cells: The number that holds for each agency, year and printed indicator, with
            ``level``, ``function``, ``scope``, ``form``, and ``disputed`` where a check of
            severity error names it.
        agencies: Every agency with its level and function.
        reported: Agencies and years with a report.
    """

    cells: pd.DataFrame
    agencies: pd.DataFrame
    reported: set[tuple[str, int]]


def publish(
    folder: Path,
    seed: int,
    years: Iterable[int] = YEARS,
    functions: Collection[str] = tuple(_FUNCTIONS),
) -> tuple[Panel, Settings]:
    """Draws a panel of some years and functions and publishes it."""
    rng = random.Random(seed)
    rows, places, cells = StoreRows(), [], []
    for number, (agency, scope, report) in enumerate(_reports(rng, years, functions)):
        file_id = hashlib.sha256(str(number).encode()).hexdigest()
        rows.add_file(file_id, parser_version())
        document = DocumentResult("", file_id, "text/html", "utf-8", (report,), None)
        rows.add_document(file_id, parser_version(), document)
        places.append(_place(file_id, number))
        cells.extend({**one, "report": number} for one in _cells(agency, scope, report))
    settings = Settings(raw=folder / "raw", warehouse=folder / "warehouse", jobs=2)
    settings.raw.mkdir(parents=True)
    batch = ParseStore(settings.store).reports.folder / "batch-000001"
    assert isinstance(batch, Path)
    batch.mkdir(parents=True)
    for name, table in rows.to_arrow().items():
        pq.write_table(table, batch / f"{name}.parquet")
    seal(batch)
    inventory = pa.Table.from_pylist(places, store_tables()["inventory"].arrow)
    pq.write_table(inventory, settings.store / "inventory.parquet")
    with open_build(settings) as build:
        build.build_tables()
        build.build_views()
        build.publish()
    frame = pd.DataFrame(cells)
    reported = set(zip(frame["agency_id"], frame["year"], strict=True))
    # Of two reports, each table of the form is the last one's that prints any row of it.
    tables = [block_of(indicator) for indicator in frame["indicator"]]
    last = frame.groupby(["agency_id", "year", tables])["report"].transform("max")
    frame = frame[frame["report"] == last]
    known = frame.drop_duplicates("agency_id")[["agency_id", "level", "function"]]
    return Panel(frame.reset_index(drop=True), known, reported), settings


def _reports(
    rng: random.Random, years: Iterable[int], functions: Collection[str]
) -> Iterator[tuple[Agency, Scope, Report]]:
    for code, name, level in _PLACES:
        for function in functions:
            ending, scope = _FUNCTIONS[function]
            agency = Agency(
                agency_id=f"{code}.{function}",
                name_zh=name + ending,
                region_code=code,
                region_name=name,
                province=PROVINCE,
                level=level,
                function=function,
            )
            for year in years:
                if rng.random() < 0.08:
                    continue
                for publication in range(2 if rng.random() < 0.12 else 1):
                    report = _report(rng, agency, scope, year, publication)
                    yield agency, scope, report


def _form(agency: Agency, year: int) -> str:
    if year <= 2017 and agency.agency_id.startswith(_OLD_FORM):
        return "A"
    return "B" if year <= 2018 else "C" if year <= 2020 else "D"


def _report(
    rng: random.Random, agency: Agency, scope: Scope, year: int, publication: int
) -> Report:
    """A report; a later one prints some rows only."""
    form = _form(agency, year)
    values = draw(form, rng)
    if rng.random() < 0.15:
        break_one(values, rng)
    printed = dict(values.by_indicator)
    if form == "A":
        printed |= {
            f"{one}:cumulative": 3 * value
            for one, value in values.by_indicator.items()
            if f"{one}:cumulative" in indicators()
        }
    if rng.random() < 0.3:
        printed.pop(f"requests.received:{rng.choice(APPLICANTS)}", None)
    if rng.random() < 0.3:
        outcomes = [one for one in printed if one.startswith(("requests.answered.",
                    "requests.processed.")) and ":" not in one]  # fmt: skip
        left_out = rng.choice(outcomes)
        printed = {one: value for one, value in printed.items() if _row(one) != left_out}
    if publication:
        rows = dict.fromkeys(map(_row, printed))
        corrected = {row for row in rows if rng.random() < 0.5}
        printed = {one: value for one, value in printed.items() if _row(one) in corrected}
    seen = tuple(_observation(*cell, place) for place, cell in enumerate(printed.items()))
    chosen = settled(seen, year, scope, PRINTED)
    seen = (*seen, *derive_totals(seen, form, year, chosen))
    checks = check_identities(seen, form, year, chosen)
    seen = weigh_by_checks(seen, checks)
    return Report(
        part=1,
        title="政府信息公开工作年度报告",
        agency=agency,
        agency_stated=agency.name_zh,
        year=year,
        period_start=None,
        period_end=None,
        template=form,
        doc_type=DocType.ANNUAL_REPORT,
        scope=scope,
        published_on=date(year + 1, 3 + publication, 1),
        char_start=0,
        char_end=10_000,
        observations=seen,
        facts=choose_facts(seen, settled(seen, year, scope)),
        checks=checks,
    )


def _row(indicator_id: str) -> str:
    return indicator_id.partition(":")[0]


def _observation(indicator_id: str, value: int, place: int) -> Observation:
    one = indicators()[indicator_id]
    return Observation(
        indicator_id=indicator_id,
        section_path=one.label_zh,
        label_raw=one.label_zh,
        unit_raw=one.unit,
        value_raw=str(value),
        value=Decimal(value),
        value_status=Status.REPORTED,
        source=Source.TABLE,
        quote=f"{one.label_zh}\t{value}",
        char_start=10 * place,
        char_end=10 * place + 5,
        table_no=1,
        row_no=place + 1,
        col_no=2,
    )


def _cells(agency: Agency, scope: Scope, report: Report) -> Iterator[dict[str, object]]:
    disputed = {
        indicator
        for check in report.checks
        if check.outcome is Outcome.FAIL and check.severity is Severity.ERROR
        for indicator in check.indicator_ids
    }
    for one in report.observations:
        if one.source is Source.TABLE and one.value is not None:
            yield {
                "agency_id": agency.agency_id,
                "name": agency.name_zh,
                "level": str(agency.level),
                "function": agency.function,
                "scope": str(scope),
                "year": report.year,
                "form": report.template,
                "indicator": one.indicator_id,
                "value": int(one.value),
                "disputed": one.indicator_id in disputed,
            }


def _place(file_id: str, number: int) -> dict[str, object]:
    path = f"{number}.html"
    return {
        "source_path": path,
        "name": path.encode(),
        "size": 8_000,
        "mtime_ns": 1,
        "file_id": file_id,
        "first_seen": _SEEN,
    }
