"""A town whose few reports make everything happen that may happen in a warehouse.

``town/town.yml`` says what lay in the raw folder on which night; the pages beside it say, row by
row, what is published after it.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Self

import pytest
import yaml
from msgspec import structs

from pipeline.explorer.screens import overview_page
from pipeline.model.agency import Agency, Level
from pipeline.model.check import CheckResult, Kind, Outcome, Severity
from pipeline.model.fact import Gap, Want
from pipeline.model.observation import Qualifier, Scope, Source
from pipeline.model.report import DocType, OtherKind, Report
from pipeline.settings import Settings
from pipeline.warehouse import build as building
from pipeline.warehouse.engines import workers
from pipeline.warehouse.history import vintages
from pipeline.warehouse.intake import inventory
from pipeline.warehouse.publishing import seeds
from pipeline.warehouse.reviewed.corrections import Correction
from pipeline.warehouse.reviewed.overrides import Override
from pipeline.warehouse.runs import health
from tests.unit.warehouse.stated_corpus import FAILED, Corpus, report

FOLDER = Path(__file__).parent / "town"
PAGES = FOLDER / "pages"
_FORMS = {2018: "B", 2020: "C", 9999: "D"}


@dataclass(frozen=True)
class Night:
    """What was found on a night, and what people had decided by then."""

    seen: datetime
    files: Mapping[str, tuple[Report, ...]]
    gone: tuple[str, ...]
    moved: Mapping[str, str]
    withheld: tuple[tuple[str, str, int], ...]
    excused: tuple[tuple[str, str, int], ...]


@cache
def nights() -> tuple[Night, ...]:
    """All of them; the peers are there from the first one on."""
    declared = yaml.load((FOLDER / "town.yml").read_text("utf-8"), yaml.CSafeLoader)
    agencies = {name: _agency(**said) for name, said in declared["agencies"].items()}
    found = tuple(_night(said, agencies) for said in declared["nights"])
    return (replace(found[0], files={**found[0].files, **_peers(declared["peers"])}), *found[1:])


def _night(said: dict[str, Any], agencies: Mapping[str, Agency]) -> Night:
    return Night(
        seen=said["seen"],
        files={path: tuple(_reports(one, agencies)) for path, one in said["files"].items()},
        gone=tuple(said.get("gone", ())),
        moved=said.get("moved", {}),
        withheld=tuple((path, name, value) for path, name, value in said.get("withheld", ())),
        excused=tuple(
            (rule, agencies[who].agency_id, year) for rule, who, year in said.get("excused", ())
        ),
    )


def _reports(said: dict[str, Any], agencies: Mapping[str, Agency]) -> Iterator[Report]:
    for part, one in enumerate(said.get("reports", [said]), start=1):
        yield _report(one, agencies[one["of"]], part)


def _agency(
    code: int | None,
    name: str,
    function: str,
    *,
    level: str = "county",
    province: str = "山东省",
    valid_from: int | None = None,
    valid_to: int | None = None,
) -> Agency:
    place = str(code) if code else None
    return Agency(
        agency_id=f"{code}.{function}" if code else "unresolved.0a0b0c0d",
        name_zh=name,
        region_code=place,
        region_name=name[:3] if code else None,
        province=province if code else None,
        level=Level(level),
        function=function,
        valid_from=valid_from,
        valid_to=valid_to,
    )


def _report(said: dict[str, Any], agency: Agency, part: int) -> Report:
    values = {name: str(value) for name, value in said.get("values", {}).items()}
    told = {name: str(value) for name, value in said.get("said", {}).items()}
    year = said["year"]
    made = report(
        {**values, **told},
        agency,
        year,
        part=part,
        published_on=said.get("day"),
        doc_type=DocType(said.get("type", "annual_report")),
        checks=tuple(_failed(*one) for one in said.get("fails", ())),
    )
    sources = {
        **dict.fromkeys(told, Source.NARRATIVE),
        **dict.fromkeys(said.get("derived", ()), Source.DERIVED),
    }
    how = dict.fromkeys(said.get("about", ()), Qualifier.APPROXIMATE)
    own = {
        name: {
            "source": sources.get(name, Source.TABLE),
            "qualifier": how.get(name, Qualifier.EXACT),
        }
        for name in (*values, *told)
    }
    gaps = {
        **dict.fromkeys(said.get("blank", ()), (Want.BLANK, "")),
        **dict.fromkeys(said.get("masked", ()), (Want.MASKED, "XX")),
    }
    return replace(
        made,
        template=said.get("form") or next(form for last, form in _FORMS.items() if year <= last),
        scope=Scope(said.get("scope", "agency")),
        is_correction=said.get("correction", False),
        other_kind=OtherKind(said["other_kind"]) if "other_kind" in said else None,
        observations=tuple(
            structs.replace(
                one, **own[str(one.indicator_id)], confidence=said.get("confidence", 1.0)
            )
            for one in made.observations
        ),
        facts=tuple(structs.replace(one, **own[one.indicator_id]) for one in made.facts),
        gaps=tuple(Gap(name, want, 0, raw, ()) for name, (want, raw) in gaps.items()),
    )


def _failed(rule: str, severity: str, indicator: str | None) -> CheckResult:
    kind = Kind.EQUALITY if severity == "error" else Kind.CROSS_SOURCE
    of = (indicator,) if indicator else ()
    return structs.replace(
        FAILED,
        rule_id=rule,
        kind=kind,
        severity=Severity(severity),
        outcome=Outcome.FAIL,
        indicator_ids=of,
    )


def _peers(said: dict[int, dict[str, list[int]]]) -> dict[str, tuple[Report, ...]]:
    """A report of each agency of one kind for each year, which gives the numbers in its place."""
    files = {}
    for year, numbers in said.items():
        for place in range(max(map(len, numbers.values()))):
            peer = _agency(371500 + place, f"第{place}县审计局", "audit")
            values = {name: given[place] for name, given in numbers.items() if place < len(given)}
            files[f"peers/{place}/{year}.txt"] = (
                _report({"year": year, "values": values}, peer, 1),
            )
    return files


class Town:
    """The town as it was published last."""

    def __init__(self, folder: Path) -> None:
        raw = folder / "raw"
        raw.mkdir()
        self.corpus = Corpus(Settings(raw=raw, warehouse=folder / "warehouse", jobs=1, keep=3))
        self._ids: dict[str, str] = {}
        self._corrections: list[Correction] = []
        self._overrides: list[Override] = []

    def sleep(self, night: Night) -> None:
        """Lets a night pass."""
        raw = self.corpus.settings.raw
        for path, reports in night.files.items():
            # Of no matter how a report is held in memory.
            self.corpus.add(path, *reports, content=f"{night.seen:%F} {path}")
        for path in night.gone:
            (raw / path).unlink()
        for path, other in night.moved.items():
            (raw / path).rename(raw / other)
        self._decide(night)
        with at(night.seen), pytest.MonkeyPatch.context() as patch:
            patch.setattr(workers, "parse_all", self.corpus.parse_all)
            patch.setattr(seeds, "corrections", lambda: tuple(self._corrections))
            patch.setattr(seeds, "overrides", lambda: tuple(self._overrides))
            self.corpus.build()

    def _decide(self, night: Night) -> None:
        on = {"reason": "known to be so", "decided_on": date(2021, 4, 1)}
        for path, indicator, value in night.withheld:
            ((found,),) = self.corpus.query(
                f"SELECT report_id FROM dim_report WHERE source_path = '{path}'"
            )
            said = {"report": found, "indicator": indicator, "expect": Decimal(value), **on}
            self._corrections.append(Correction.model_validate(said))
        for rule, agency, year in night.excused:
            said = {"rule_id": rule, "agency": agency, "year": year, **on}
            self._overrides.append(Override.model_validate(said))


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Stops the clock of whatever is written down."""

    class Stopped(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Self:
            return cls.fromtimestamp(moment.replace(tzinfo=tz).timestamp(), tz)

    with pytest.MonkeyPatch.context() as patch:
        for module in (inventory, vintages, building, health, overview_page):
            patch.setattr(module, "datetime", Stopped)
        yield
