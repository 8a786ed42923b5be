"""What a night publishes is what a whole build would, row for row, whatever came and went."""

import os
import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest
from msgspec import structs
from stated_corpus import FAILED, GAOQING, Corpus, county, report

from pipeline.declared import parsed
from pipeline.forms.catalogue import indicators
from pipeline.model.agency import Agency, Level
from pipeline.model.check import Kind, Severity
from pipeline.model.fact import Gap, Want
from pipeline.model.observation import Source
from pipeline.model.report import DocType, Report
from pipeline.warehouse import build as building
from pipeline.warehouse.build import Build
from pipeline.warehouse.checksums import difference
from pipeline.warehouse.publishing import checks, increments, seeds
from pipeline.warehouse.publishing.overlay import NOTHING_DECIDED
from pipeline.warehouse.publishing.publication import WRITTEN_LAST, Publisher
from pipeline.warehouse.publishing.seeds import declared
from pipeline.warehouse.reviewed.corrections import Correction
from pipeline.warehouse.reviewed.overrides import Override
from pipeline.warehouse.schema import tables
from pipeline.warehouse.verification import verify

pytestmark = pytest.mark.around

CORPORA = int(os.environ.get("GONGKAI_CORPORA", "1"))
"""Set GONGKAI_CORPORA=50 for the long form."""
NIGHTS = 5

ITEMS, RECEIVED = "disclosure.items", "requests.received"
ACROSS_YEARS = ["requests.carried_in", "requests.carried_out", "rules.in_force", "rules.issued"]
REPORTED = [
    *dict.fromkeys(
        [
            ITEMS,
            RECEIVED,
            "staff.total",
            *ACROSS_YEARS,
            "rules.repealed",
            "licensing.items_last_year",
            "licensing.items_change",
            *[name for name, one in indicators().items() if one.breakdown is None][:20],
        ]
    )
]
PEERS = [GAOQING, *(county(370400 + code, f"第{code}县质量技术监督局") for code in range(12))]
OTHERS = [
    replace(PEERS[1], agency_id="370400.education", function="education", name_zh="教育局"),
    replace(GAOQING, agency_id="unresolved.0a0b0c0d", region_code=None),
    replace(PEERS[2], agency_id="370401.finance", function="finance", level=Level.CITY),
    replace(
        PEERS[3],
        agency_id="370403.agriculture_and_water",
        function="agriculture_and_water",
        name_zh="第3县农业和水务局",
    ),
    county(370450, "新来县质量技术监督局"),
]
YEARS = range(2016, 2023)
NOT_OVER = 2935
"""A slip of the year: it gives no facts, and fails a check of its own."""
DIFFERS = structs.replace(
    FAILED, rule_id="X-T1", kind=Kind.CROSS_SOURCE, severity=Severity.WARN, indicator_ids=(ITEMS,)
)
"""A sentence against the table, which makes a number doubtful."""
ODD_YEAR = structs.replace(
    FAILED, rule_id="I-Y1", kind=Kind.CROSS_SOURCE, severity=Severity.WARN, indicator_ids=()
)
"""A title against the period, which makes a whole report doubtful."""


class Town:
    """A raw folder in which things happen at random."""

    def __init__(self, corpus: Corpus, seed: int) -> None:
        self.corpus = corpus
        self.chance = random.Random(seed)
        self.corrections: list[Correction] = []
        self.overrides: list[Override] = []
        self._told = 0
        for agency in PEERS:
            for year in YEARS:
                if self.chance.random() < 0.9:
                    self._write(f"{agency.region_code}/{year}.txt", self._report(agency, year))

    def night(self) -> None:
        """Some of everything that may happen."""
        for _ in range(self.chance.randint(1, 4)):
            self.chance.choice(
                (
                    self.comes,
                    self.is_corrected,
                    self.goes,
                    self.is_renamed,
                    self.is_copied,
                    self.is_of_another_year,
                    self.is_a_joint_paper,
                    self.is_no_report,
                    self.changes_its_kind,
                    self.is_withheld,
                    self.is_excused,
                )
            )()
        self.comes()

    def comes(self) -> None:
        agency = self.chance.choice([*PEERS, *OTHERS])
        year = self.chance.choice([*YEARS, 2023, NOT_OVER])
        self._write(f"new/{self._number()}.txt", self._report(agency, year))

    def is_corrected(self) -> None:
        agency, year = self.chance.choice(PEERS), self.chance.choice(YEARS)
        self._write(f"{agency.region_code}/{year}.txt", self._report(agency, year))

    def goes(self) -> None:
        self._any().unlink()

    def is_renamed(self) -> None:
        file = self._any()
        file.rename(file.with_name(f"renamed {self._number()}.txt"))

    def is_copied(self) -> None:
        file = self._any()
        file.with_name(f"copy {self._number()}.txt").write_bytes(file.read_bytes())

    def is_of_another_year(self) -> None:
        """The very numbers of a report, under another year and under another name."""
        values = self._values(2019)
        agency, other = self.chance.sample(PEERS, 2)
        for name, who, year in (("a", agency, 2019), ("b", agency, 2020), ("c", other, 2019)):
            if self.chance.random() < 0.7:
                self._write(f"same/{self._number()}{name}.txt", report(values, who, year))

    def is_a_joint_paper(self) -> None:
        first, second = self.chance.sample(PEERS, 2)
        year = self.chance.choice(YEARS)
        two = (self._report(first, year), replace(self._report(second, year), part=2))
        self._write(f"joint/{self._number()}.txt", *two)

    def is_no_report(self) -> None:
        self._write(f"none/{self._number()}.txt")

    def changes_its_kind(self) -> None:
        agency = replace(self.chance.choice(PEERS), level=Level.CITY)
        self._write(f"kind/{self._number()}.txt", self._report(agency, 2024))

    def is_withheld(self) -> None:
        rows = self.corpus.query("SELECT report_id, indicator_id, value FROM fact_indicator")
        if self.corrections and self.chance.random() < 0.3:
            self.corrections.pop()
        (report_id, indicator, value) = self.chance.choice(sorted(rows, key=str))
        if (report_id, indicator) not in [(c.report_id, c.indicator_id) for c in self.corrections]:
            self.corrections.append(
                Correction.model_validate(
                    {
                        "report": report_id,
                        "indicator": indicator,
                        "expect": value,
                        "reason": "known to be wrong",
                        "decided_on": date(2026, 1, 2),
                    }
                )
            )

    def is_excused(self) -> None:
        rows = self.corpus.query(
            "SELECT DISTINCT rule_id, agency_id, year FROM check_result "
            "WHERE outcome = 'fail' AND agency_id IS NOT NULL ORDER BY ALL"
        )
        if self.overrides and self.chance.random() < 0.3:
            self.overrides.pop()
        (rule, agency, year) = self.chance.choice(rows)
        if (rule, agency, year) not in [(o.rule_id, o.agency, o.year) for o in self.overrides]:
            self.overrides.append(
                Override.model_validate(
                    {
                        "rule_id": rule,
                        "agency": agency,
                        "year": year,
                        "reason": "the document is right",
                        "decided_on": date(2026, 1, 2),
                    }
                )
            )

    def _any(self) -> Path:
        files = sorted(path for path in Path(str(self.corpus.settings.raw)).rglob("*.txt"))
        return self.chance.choice(files)

    def _number(self) -> int:
        self._told += 1
        return self._told

    def _write(self, path: str, *reports: Report) -> None:
        self.corpus.add(path, *reports, content=f"{self._number()} {reports!r}")

    def _values(self, year: int) -> dict[str, str]:
        chance = self.chance
        names = [name for name in REPORTED if chance.random() < 0.9]
        odd = chance.choice([*names, "nothing", "nothing"])
        return {name: "987654" if name == odd else str(chance.randint(0, 9)) for name in names}

    def _report(self, agency: Agency, year: int) -> Report:
        chance = self.chance
        made = report(
            self._values(year),
            agency,
            year,
            published_on=date(year + 1, 3, chance.randint(1, 28))
            if chance.random() < 0.5
            else None,
            source=Source.NARRATIVE if chance.random() < 0.2 else Source.TABLE,
            doc_type=chance.choice([*[DocType.ANNUAL_REPORT] * 9, DocType.WORK_SUMMARY]),
            checks=tuple(one for one in (FAILED, DIFFERS, ODD_YEAR) if chance.random() < 0.2),
        )
        gap = Gap("staff.full_time", Want.BLANK, 0, "", ())
        masked = chance.choice(REPORTED)
        return replace(
            made,
            facts=tuple(one for one in made.facts if one.indicator_id != masked),
            template="B" if year <= 2018 else "C" if year <= 2020 else "D",
            gaps=(gap, Gap(masked, Want.MASKED, 0, "XX", ())) if chance.random() < 0.3 else (),
            is_correction=chance.random() < 0.25,
        )


def differences(corpus: Corpus) -> Iterable[str]:
    """Builds everything anew beside what is published and tells where rows differ."""
    with corpus.open() as build:
        publisher = Publisher(corpus.settings)
        given = (build._store, build._inventory, declared(), tables().keys())
        publisher.build("whole", *given, NOTHING_DECIDED)
        with publisher.draft("whole").read() as connection:
            connection.execute(f"ATTACH '{corpus.settings.database}' AS night (READ_ONLY)")
            for table in tables().keys() - WRITTEN_LAST:
                # Which publication brought a row is not in the store.
                kept = "SELECT COLUMNS(lambda c: c <> 'vintage') FROM"
                for one, other in (("night", "gongkai"), ("gongkai", "night")):
                    sides = f"{kept} {one}.{table} EXCEPT ALL {kept} {other}.{table}"
                    rows = connection.execute(sides).fetchall()
                    yield from (f"{table}: only {one}: {row}" for row in rows)


@pytest.fixture
def built_on(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether each publication so far was built on the one before."""
    told: list[bool] = []
    publish = Build.publish

    def noting(self: Build) -> object:
        told.append(self._rewritten is not None)
        return publish(self)

    monkeypatch.setattr(Build, "publish", noting)
    return told


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(CORPORA))
def test_random_nights_publish_what_a_whole_build_would(
    corpus: Corpus, built_on: list[bool], monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    town = Town(corpus, seed)
    monkeypatch.setattr(seeds, "corrections", lambda: tuple(town.corrections))
    monkeypatch.setattr(seeds, "overrides", lambda: tuple(town.overrides))
    corpus.build()
    for night in range(NIGHTS):
        town.night()
        corpus.build()
        assert list(differences(corpus))[:5] == [], f"night {night}"
        assert list(verify(corpus.settings)) == []
    assert built_on == [False, *[True] * NIGHTS]
    kinds = {kind for (kind,) in corpus.query("SELECT DISTINCT rule_id FROM check_result")}
    assert {"W-O1", "W-O2"} <= kinds


def test_successors_and_functions_of_an_agency_that_came_by_night_are_known(
    published: Corpus, built_on: list[bool]
) -> None:
    joined = replace(GAOQING, agency_id="370322.a_and_b", function="a_and_b", name_zh="甲乙局")
    published.add("b.txt", report({ITEMS: "18"}, PEERS[1]), report({ITEMS: "19"}, joined))
    published.build()
    assert built_on == [True]
    assert published.query("SELECT agency_id FROM agency_succession ORDER BY 1") == [
        ("370322.quality_supervision",),
        ("370400.quality_supervision",),
    ]
    assert published.query("SELECT count(*) FROM dim_function WHERE function = 'a_and_b'") == [(1,)]
    assert list(differences(published)) == []


def test_after_an_agency_changed_its_level_the_others_are_measured_without_it(
    corpus: Corpus, built_on: list[bool]
) -> None:
    """In its earlier years as well, of which nothing came that night."""
    for number in range(12):
        told = {RECEIVED: "9000" if number == 3 else str(60 + number)}
        peer = county(370300 + number, f"第{number}县质量技术监督局")
        corpus.add(f"{number}.txt", report(told, peer, year=2017))
    measured = "SELECT agency_id, message_en FROM check_result WHERE rule_id = 'W-O2'"
    corpus.build()
    ((odd, before),) = corpus.query(measured)
    risen = replace(county(370300, "第0县质量技术监督局"), level=Level.CITY)
    corpus.add("risen.txt", report({RECEIVED: "61"}, risen))
    corpus.build()
    assert built_on == [False, True]
    ((same, after),) = corpus.query(measured)
    assert odd == same == "370303.quality_supervision"
    assert "median of 12 agencies" in str(before) and "median of 11 agencies" in str(after)


def test_a_night_without_a_change_of_a_table_shares_its_file(corpus: Corpus) -> None:
    corpus.add("a.txt", report({ITEMS: "17"}, year=2017))
    corpus.add("b.txt", report({ITEMS: "18"}))
    corpus.build()
    corpus.add("c.txt", report({ITEMS: "19"}, PEERS[1]))
    corpus.build()
    twins = corpus.settings.warehouse / "parquet"
    facts = (twins / "fact_indicator").iterdir()
    links = {file.stem: file.stat().st_nlink for file in facts}
    assert links == {"2017-wholes": 2, "2018-wholes": 1}
    assert (twins / "dim_indicator" / "dim_indicator.parquet").stat().st_nlink == 2
    assert len(list((twins / "observation").iterdir())) == 2
    assert list(verify(corpus.settings)) == []


def test_a_change_of_a_link_leaves_the_publication_before_as_it_was(published: Corpus) -> None:
    """A file that is written anew is never written through the name it shares."""
    before = Publisher(published.settings).current()
    for number in range(2):
        published.add("b.txt", report({ITEMS: str(number)}, PEERS[1]))
        published.build()
    assert before and before.fault(difference) is None


@pytest.mark.parametrize(
    ("check", "spoil"),
    [
        ("keys_are_unique", "INSERT INTO fact_indicator FROM fact_indicator WHERE year = 2017"),
        ("references_are_met", "DELETE FROM observation WHERE value = 18"),
        ("keys_are_unique", "INSERT INTO dim_report FROM dim_report"),
    ],
)
def test_what_is_new_of_a_night_passes_the_checks_that_hold_it_back(
    published: Corpus, check: str, spoil: str
) -> None:
    published.add("b.txt", report({ITEMS: "18"}, year=2017))
    with published.open() as build:
        build.survey()
        build.parse()
        draft = build.build_tables()
        for spoilt in (False, True):
            with draft.write() as connection:
                if spoilt:
                    connection.execute(spoil)
                assert build.asked(getattr(checks, check), connection).passed is not spoilt
        assert build._rewritten


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("whole", "that was asked for"),
        ("program", "is another"),
        ("week", "that was last done"),
    ],
)
def test_all_tables_are_built_where_a_copy_will_not_do(
    published: Corpus,
    built_on: list[bool],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    change: str,
    said: str,
) -> None:
    caplog.set_level("INFO")
    published.add("b.txt", report({ITEMS: "18"}, year=2017))
    match change:
        case "whole":
            published.settings = replace(published.settings, whole=True)
        case "program":
            monkeypatch.setattr(building, "program_digest", lambda *_: "another")
        case "week":
            monkeypatch.setattr(building, "WHOLE_AGAIN_AFTER", timedelta(0))
    published.build()
    assert built_on == [False]
    assert said in caplog.text
    assert list(verify(published.settings)) == []


def damage_where_nobody_looks(database: Path) -> None:
    """Flips a byte that whoever opens the file does not read."""
    whole = database.read_bytes()
    for share in range(2, 12):
        data = bytearray(whole)
        data[len(data) // share] ^= 0xFF
        database.write_bytes(bytes(data))
        try:
            with duckdb.connect(str(database), read_only=True) as connection:
                connection.execute("FROM vintage").fetchall()
        except duckdb.Error:
            continue
        return
    pytest.fail("every byte is read by whoever opens the file")


def test_a_damaged_publication_is_not_built_on(published: Corpus, built_on: list[bool]) -> None:
    """Its hash was looked at lately, and so it is believed until it is copied."""
    published.build()
    database = published.settings.database.resolve()
    seen = database.stat()
    damage_where_nobody_looks(database)
    os.utime(database, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    published.add("b.txt", report({ITEMS: "18"}, year=2017))
    record = published.build()
    assert built_on == [False, False]
    assert any("could not be copied" in notice for notice in record.notices)
    assert published.query("SELECT value FROM fact_indicator ORDER BY year") == [(18,), (17,)]


def test_where_much_changed_everything_is_built(
    published: Corpus, built_on: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(increments, "FEW", 1)
    for year in (2016, 2017):
        published.add(f"{year}.txt", report({ITEMS: "18"}, year=year))
    published.build()
    assert built_on == [False]
    assert len(published.query("FROM fact_indicator")) == 3


def test_a_reach_that_names_no_statement_or_no_table_of_it_is_refused() -> None:
    for text in ("nothing: {replaces: 'true'}", "quarantine: {within: {fact_gap: 'true'}}"):
        with pytest.raises(ValueError, match=r"nightly\.yml"):
            increments.checked(parsed(text, dict[str, increments.Reach]))
