"""``gongkai verify``: what a report prints is verified, all else never."""

from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner
from samples import Samples

import gongkai
from pipeline.cli import cli
from pipeline.settings import Settings
from pipeline.warehouse.queries.claim_verdicts import ClaimFinding, overall

SAID = {
    "disclosure.items": "主动公开政府信息{}条",
    "requests.received": "收到政府信息公开申请{}件",
}


@pytest.fixture(scope="module")
def existing(samples: Samples) -> gongkai.Warehouse:
    """The five sample reports: agencies that there are."""
    return gongkai.open(samples.warehouse)


@pytest.fixture(scope="module")
def facts(warehouse: gongkai.Warehouse) -> pd.DataFrame:
    return warehouse.facts()


def sound(facts: pd.DataFrame) -> pd.DataFrame:
    printed = facts["source"].isin(["table", "narrative"]) & (facts["qualifier"] == "exact")
    return facts[printed & (facts["standing"] == "undisputed")]


def test_every_sound_number_is_verified_and_its_neighbours_are_refuted(
    warehouse: gongkai.Warehouse, facts: pd.DataFrame
) -> None:
    rows = sound(facts).head(30)
    assert len(rows) == 30
    for row in rows.itertuples():
        key = (row.agency_id, row.year, row.indicator_id)
        (same,) = warehouse.verify(*key, f"{row.value:.6f}")
        assert (same.finding, same.claim_id) == (ClaimFinding.VERIFIED, row.claim_id)
        for other in (row.value + 1, -row.value - 1):
            assert warehouse.verify(*key, f"{other:.6f}")[0].finding is ClaimFinding.REFUTED


def test_what_is_in_doubt_is_neither(warehouse: gongkai.Warehouse, facts: pd.DataFrame) -> None:
    rows = facts.drop(sound(facts).index).head(15)
    assert len(rows) > 10
    for row in rows.itertuples():
        for value in (row.value, row.value + 1):
            verdict = warehouse.verify(row.agency_id, row.year, row.indicator_id, f"{value:.6f}")[0]
            assert verdict.finding is ClaimFinding.CANNOT_SAY, row


def test_a_claim_id_is_of_one_number(facts: pd.DataFrame) -> None:
    assert facts["claim_id"].is_unique
    assert facts["claim_id"].str.fullmatch("[0-9a-f]{16}").all()


def test_sentences_that_are_false_are_never_verified(existing: gongkai.Warehouse) -> None:
    """True ones mostly are; what says more, of others or in doubt is not, whatever the number."""
    rows = sound(existing.facts(indicator=list(SAID)))
    assert len(rows) > 4
    true, false = [], []
    for row in rows.itertuples():
        said = SAID[row.indicator_id]
        right, wrong = f"{row.value:.0f}", f"{row.value + 7:.0f}"
        begin = f"{row.name_zh}{row.year}年"
        true.append(f"{begin}{said.format(right)}。")
        false += [
            f"{begin}{said.format(wrong)}。",
            f"{row.year}年{row.name_zh}{said.format(wrong)}。",
            f"{begin}{said.format(right)}，其中网上申请{row.value + 9:.0f}件。",
            f"{row.name_zh}{row.year + 40}年{said.format(right)}。",
            f"火星县教育局{row.year}年{said.format(right)}。",
            f"{begin}{said.format('超过' + right)}。",
            f"{begin}并非{said.format(right)}。",
            *(f"{begin}{word}{said.format(right)}。" for word in ("并未", "从未", "没", "不曾")),
            f"{begin}据称{said.format(right)}。",
            f"{begin}{said.format(right)}，同比增长3%。",
            f"{row.name_zh}下属单位{row.year}年{said.format(right)}。",
            f"{row.year}年{row.name_zh}和火星县教育局{said.format(right)}。",
            f"{row.name_zh}{said.format(right)}。",
        ]
    found = [overall(existing.verify(sentence)) for sentence in true]
    assert found.count(ClaimFinding.VERIFIED) > len(true) / 2
    assert ClaimFinding.REFUTED not in found
    assert len(false) > 50
    lies = {sentence: overall(existing.verify(sentence)) for sentence in false}
    assert [one for one, finding in lies.items() if finding is ClaimFinding.VERIFIED] == []
    assert ClaimFinding.REFUTED in lies.values()


def test_the_command_prints_verdict_quote_and_claim(
    settings: Settings, facts: pd.DataFrame
) -> None:
    row = sound(facts).iloc[0]
    claim = [row["name_zh"], str(row["year"]), row["indicator_id"], f"{row['value']:.6f}"]
    place = ["--warehouse", str(settings.warehouse)]
    done = CliRunner().invoke(cli, ["verify", *claim, *place, "--lang", "en"])
    assert done.exit_code == 0
    assert done.stdout.startswith("VERIFIED\n")
    assert row["claim_id"] in done.stdout
    assert "quote" in done.stdout
    said = CliRunner().invoke(cli, ["--lang", "zh", "verify", *claim, *place]).stdout
    assert "属实" in said
    assert "原行" in said
    assert "quote" not in said
    refused = CliRunner().invoke(cli, ["verify", "one", "two", *place])
    assert refused.exit_code == 2
    assert "AGENCY YEAR INDICATOR VALUE" in refused.stderr


def test_a_number_that_the_sample_prints_in_a_sentence_is_not_refuted(
    existing: gongkai.Warehouse,
) -> None:
    (verdict,) = existing.verify("高青县质量技术监督局2018年收到政府信息公开申请1件。")
    assert verdict.finding is ClaimFinding.CANNOT_SAY
    assert "（一）收到申请数" in (verdict.quote or "")
    assert "共收到政府信息公开申请 1 件" in (verdict.other_quote or "")


def test_no_warehouse_verifies_nothing(tmp_path: Path) -> None:
    done = CliRunner().invoke(cli, ["verify", "甲局2018年公开1条。", "--warehouse", str(tmp_path)])
    assert done.exit_code == 1
    assert "gongkai build" in done.stderr
