"""A parse store drawn at random: agencies by years with gaps, corrections and odd papers.

It is what parsing that many documents would have left, so that everything behind the
parser is put to work on it. The frames it was written from are kept: whatever a test
computes from them owes nothing to the SQL of the warehouse.
"""

import hashlib
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.forms.catalogue import indicators
from pipeline.settings import Settings
from pipeline.stages import parser_version
from pipeline.warehouse.build import open_build
from pipeline.warehouse.schema import store_tables
from pipeline.warehouse.store.batches import seal
from pipeline.warehouse.store.parse_store import ParseStore

YEARS = range(2014, 2024)
START = pd.Timestamp("2033-01-01")
"""So late that what was replaced, seen 3,000 days before, is on years that were over too."""
HOSTILE = (
    "=1+1",
    "+86 10",
    "-",
    "-5",
    "@SUM(A1)",
    '甲"乙',
    "甲,乙\n丙",
    "\t缩进",
    "'引",
    "<b>&amp;",
)


@dataclass(frozen=True)
class Drawn:
    """What was drawn.

    Attributes:
        reports: Reports with where they lay; ``state`` is live, replaced or deleted.
        facts: What each report gives; values are in units of 1/10,000.
        checks: What the parser found wrong or right in single reports.
        quarantined: Paths and reasons of files without a report.
    """

    reports: pd.DataFrame
    facts: pd.DataFrame
    checks: pd.DataFrame
    quarantined: pd.DataFrame


def draw(number: int, seed: int) -> Drawn:
    """Draws about so many reports."""
    rng = np.random.default_rng(seed)
    reports = _reports(rng, _agencies(rng, max(6, number // 10)))
    facts = _facts(rng, reports)
    return Drawn(reports, facts, _checks(rng, facts), _quarantined(max(3, number // 100)))


def publish(drawn: Drawn, folder: Path) -> Settings:
    """Writes a store and publishes it."""
    settings = Settings(raw=folder / "raw", warehouse=folder / "warehouse", jobs=2)
    settings.raw.mkdir(parents=True)
    batch = ParseStore(settings.store).reports.folder / "batch-000001"
    batch.mkdir(parents=True)
    for name, frame in _tables(drawn).items():
        _write(name, frame, batch / f"{name}.parquet")
    seal(batch)
    _write("inventory", _inventory(drawn), settings.store / "inventory.parquet")
    with open_build(settings) as build:
        build.build_tables()
        build.build_views()
        build.publish()
    return settings


def _agencies(rng: np.random.Generator, number: int) -> pd.DataFrame:
    code = 110000 + np.arange(number)
    function = rng.choice(["education", "health", "finance"], number)
    known = rng.random(number) > 0.04
    return pd.DataFrame(
        {
            "agency_id": [
                f"{c}.{f}" if k else f"unresolved.{c:08x}"
                for c, f, k in zip(code, function, known, strict=True)
            ],
            "region_code": np.where(known, code.astype(str), None),
            "region_name": [f"第{c}县" for c in code],
            "province": np.where(known, rng.choice(["山东省", "河南省", "福建省"], number), None),
            "level": np.where(
                known,
                rng.choice(["county", "city", "province"], number, p=[0.8, 0.15, 0.05]),
                "unknown",
            ),
            "function": function,
            "valid_from": pd.array(np.where(rng.random(number) < 0.1, 2016, None), "Int64"),
            "valid_to": pd.array(np.where(rng.random(number) < 0.1, 2020, None), "Int64"),
            "renamed_in": np.where(rng.random(number) < 0.2, 2019, 0),
        }
    )


def _reports(rng: np.random.Generator, agencies: pd.DataFrame) -> pd.DataFrame:
    lines = agencies.merge(pd.DataFrame({"year": YEARS}), how="cross")
    lines = lines[rng.random(len(lines)) < 0.85].reset_index(drop=True)
    lines["line"] = lines.index
    times = rng.choice([1, 2, 3], len(lines), p=[0.8, 0.15, 0.05])
    frame = lines.loc[lines.index.repeat(times)].reset_index(drop=True)
    frame["publications"] = np.repeat(times, times)
    frame["nth"] = frame.groupby("line").cumcount()
    size = len(frame)
    frame["document_id"] = [hashlib.sha256(str(n).encode()).hexdigest() for n in range(size)]
    frame["report_id"] = frame["document_id"].str[:16] + "-1"
    frame["first_seen"] = START + pd.to_timedelta(rng.permutation(size) + 1, unit="h")
    month, day = rng.integers(1, 13, size), rng.integers(1, 29, size)
    frame["published_on"] = pd.to_datetime(
        {"year": frame["year"] + 1, "month": month, "day": day}
    ).where(rng.random(size) > 0.2)
    frame["source_path"] = [
        f"{line}/{report}.html"
        for line, report in zip(frame["line"], frame["report_id"], strict=True)
    ]
    frame["name_zh"] = frame["region_name"] + np.where(
        frame["year"] < frame["renamed_in"], "旧局", "局"
    )
    frame["template"] = _templates(rng, frame["year"])
    frame["doc_type"] = np.where(rng.random(size) < 0.04, "work_summary", "annual_report")
    frame["title"] = np.where(rng.random(size) < 0.1, rng.choice(HOSTILE, size), "年度报告")
    unsigned = rng.random(size) < 0.02
    frame.loc[unsigned, "agency_id"] = None
    frame["year"] = frame["year"].astype("Int64").mask(rng.random(size) < 0.01)
    frame["completeness"] = rng.choice([1.0, 0.95, 0.6], size)
    return _with_states(rng, frame)


def _templates(rng: np.random.Generator, years: pd.Series) -> np.ndarray:
    usual = np.select([years <= 2018, years <= 2020], ["B", "C"], "D")
    roll = rng.random(len(years))
    return np.select([roll < 0.05, roll < 0.08], ["none", "C"], usual)


def _with_states(rng: np.random.Generator, frame: pd.DataFrame) -> pd.DataFrame:
    """Some first publications were overwritten by the last, some files by other reports."""
    roll = rng.random(len(frame))
    first, only = frame["nth"] == 0, frame["publications"] == 1
    corrected = first & ~only & (roll < 0.4)
    overwritten = only & (roll < 0.02)
    frame["state"] = "live"
    frame.loc[corrected | overwritten, "state"] = "replaced"
    frame.loc[only & (roll > 0.98), "state"] = "deleted"
    last = frame.groupby("line")["source_path"].transform("last")
    frame.loc[corrected, "source_path"] = last[corrected]
    live = frame[only & (frame["state"] == "live")]
    frame.loc[overwritten, "source_path"] = rng.choice(
        live["source_path"].to_numpy(), int(overwritten.sum()), replace=False
    )
    earlier = frame["state"] == "replaced"
    frame.loc[earlier, "first_seen"] -= pd.Timedelta(days=3_000)
    return frame


def _facts(rng: np.random.Generator, reports: pd.DataFrame) -> pd.DataFrame:
    """What each report gives; a corrected one gives mostly what the first one gave."""
    catalogue = pd.DataFrame(
        [
            {
                "indicator_id": one.indicator_id,
                "unit": one.unit,
                "label": one.label_zh,
                **{letter: letter in one.templates for letter in "ABCD"},
            }
            for one in indicators().values()
        ]
    )
    size = len(reports["line"].unique()), len(catalogue)
    stated = np.floor(np.exp(rng.normal(2.5, 1.4, size))) * (rng.random(size) > 0.25)
    stated = (10_000 * stated).astype("int64") + 5_000 * (rng.random(size) < 0.05)
    order = reports["line"].rank(method="dense").astype(int).to_numpy() - 1
    feeds = (
        reports["agency_id"].notna()
        & reports["year"].notna()
        & (reports["doc_type"] == "annual_report")
        & ~reports["agency_id"].fillna("unresolved.").str.startswith("unresolved.")
    ).to_numpy()
    year = reports["year"].fillna(2014).astype(int)
    form = reports["template"].where(
        reports["template"] != "none", np.select([year <= 2018, year <= 2020], ["B", "C"], "D")
    )
    printed = np.stack([catalogue[letter].to_numpy() for letter in form])
    share = np.where(reports["template"] == "none", 0.1, reports["completeness"]).astype(float)
    given = printed & (rng.random(printed.shape) < share[:, None]) & feeds[:, None]
    row, column = np.nonzero(given)
    value = stated[order[row], column]
    value = np.where(rng.random(len(value)) < 0.1, value + 10_000, value)
    told = reports["template"].to_numpy()[row] == "none"
    source = rng.choice(
        ["table", "narrative", "reconstructed", "derived"], len(row), p=[0.9, 0.06, 0.02, 0.02]
    )
    facts = pd.DataFrame(
        {
            "report_id": reports["report_id"].to_numpy()[row],
            "document_id": reports["document_id"].to_numpy()[row],
            "indicator_id": catalogue["indicator_id"].to_numpy()[column],
            "label": catalogue["label"].to_numpy()[column],
            "unit": catalogue["unit"].to_numpy()[column],
            "value": value,
            "source": np.where(told, "narrative", source),
            "qualifier": rng.choice(["exact", "approximate"], len(row), p=[0.97, 0.03]),
        }
    )
    facts["label"] = facts["label"].mask(
        rng.random(len(facts)) < 0.02, pd.Series(rng.choice(HOSTILE, len(facts)))
    )
    facts["n"] = facts.groupby("report_id").cumcount() + 1
    facts["observation_id"] = facts["report_id"] + "." + facts["n"].astype(str)
    return facts


def _checks(rng: np.random.Generator, facts: pd.DataFrame) -> pd.DataFrame:
    """Four checks of each report, on its first few numbers."""
    few = facts[facts["n"] <= 6].groupby(["report_id", "document_id"], as_index=False)
    sides = few[["indicator_id", "observation_id"]].agg(list)
    checks = sides.merge(pd.DataFrame({"number": range(4)}), how="cross")
    length = rng.integers(1, 4, len(checks))
    outcomes = ["pass", "fail", "not_assessable"]
    return pd.DataFrame(
        {
            "origin": checks["document_id"],
            "report_id": checks["report_id"],
            "rule_id": "B-E" + (checks["number"] + 1).astype(str),
            "kind": "equality",
            "severity": rng.choice(["error", "warn", "info"], len(checks)),
            "outcome": rng.choice(outcomes, len(checks), p=[0.8, 0.1, 0.1]),
            "indicator_ids": _cut(checks["indicator_id"], length),
            "observation_ids": _cut(checks["observation_id"], length),
            "left_count": 1,
            "counted": [[Decimal(n + 1) for n in range(one)] for one in length],
            "expected": 10_000 * checks["number"],
            "actual": 20_000,
            "difference": 20_000 - 10_000 * checks["number"],
            "message_zh": "左右不等",
            "message_en": "the sides differ",
        }
    )


def _cut(lists: pd.Series, lengths: np.ndarray) -> list[list[str]]:
    return [one[:length] for one, length in zip(lists, lengths, strict=True)]


def _quarantined(number: int) -> pd.DataFrame:
    kinds = ["binary", "not_readable", "not_a_report"]
    return pd.DataFrame(
        {
            "source_path": [f"bad/{n}.bin" for n in range(number)],
            "document_id": [f"{n:064x}" for n in range(number)],
            "reason": [kinds[n % 3] for n in range(number)],
        }
    )


def _tables(drawn: Drawn) -> dict[str, pd.DataFrame]:
    reports, facts = drawn.reports, drawn.facts
    bad = drawn.quarantined[drawn.quarantined["reason"] != "not_readable"]
    documents = pd.concat([reports[["document_id"]], bad[["document_id", "reason"]]])
    documents["reason"] = documents["reason"].where(documents["reason"] != "not_a_report", None)
    origin = {"origin": "document_id"}
    return {
        "file": documents.rename(columns={"document_id": "file_id"}).assign(
            parser_version=parser_version()
        ),
        "document": documents.assign(
            origin=documents["document_id"], file_id=documents["document_id"], member="",
            detail=documents["reason"],
        ),
        "report": reports.assign(
            **_copied(reports, origin), part=1, media_type="text/html", encoding="utf-8",
            agency_stated=reports["name_zh"], scope="agency", parser_version=parser_version(),
            notices=[[]] * len(reports), is_correction=False, other_kind=None,
        ),
        "observation": facts.assign(
            **_copied(facts, origin), section_path=facts["label"], label_raw=facts["label"],
            unit_raw=facts["unit"], value_raw=(facts["value"] / 10_000).astype(str),
            value_status="reported", confidence=1.0, char_start=facts["n"] * 10,
            char_end=facts["n"] * 10 + 4, quote=facts["label"] + "\t" + facts["unit"],
            scope="agency", candidates=[[]] * len(facts), why=[[]] * len(facts),
        ),
        "fact": facts.assign(**_copied(facts, origin), confidence=1.0),
        "gap": pd.DataFrame({"origin": pd.Series(dtype=str)}),
        "check": drawn.checks,
    }  # fmt: skip


def _copied(frame: pd.DataFrame, names: dict[str, str]) -> dict[str, pd.Series]:
    return {new: frame[old] for new, old in names.items()}


def _inventory(drawn: Drawn) -> pd.DataFrame:
    reports, bad = drawn.reports, drawn.quarantined
    copies = reports[(reports["state"] == "live") & (reports.index % 50 == 0)]
    places = pd.concat(
        [
            reports,
            copies.assign(
                source_path="a copy/" + copies["source_path"],
                first_seen=copies["first_seen"] + pd.Timedelta(days=4_000),
            ),
            bad.assign(
                state="live",
                first_seen=START,
                document_id=bad["document_id"].where(bad["reason"] != "not_readable", None),
                reason=bad["reason"].where(bad["reason"] == "not_readable", None),
            ),
        ],
        ignore_index=True,
    )
    retired = pd.Series(START, places.index).where(places["state"] != "live")
    return places.assign(
        name=places["source_path"].str.encode("utf-8"), size=8_000, mtime_ns=1,
        file_id=places["document_id"], retired_at=retired, detail=places["reason"],
    )  # fmt: skip


def _write(table: str, frame: pd.DataFrame, file: Path) -> None:
    schema = store_tables()[table].arrow
    columns = [_column(frame, field) for field in schema]
    pq.write_table(pa.Table.from_arrays(columns, schema=schema), file)


def _column(frame: pd.DataFrame, field: pa.Field) -> pa.Array:
    if field.name not in frame:
        if field.nullable:
            return pa.nulls(len(frame), field.type)
        return pa.array([0] * len(frame), field.type)
    values = frame[field.name]
    if pa.types.is_decimal(field.type):
        return pa.array([Decimal(int(one)).scaleb(-4) for one in values], field.type)
    if pa.types.is_list(field.type) or pa.types.is_binary(field.type):
        return pa.array(list(values), field.type)
    if pa.types.is_date(field.type):
        return pa.Array.from_pandas(values.dt.date, type=field.type)
    return pa.Array.from_pandas(values, type=field.type)
