"""The list of mistakes is whole, and a place that is gone is told."""

import pytest

from tests.mutations.drawn import drawn, drawn_from
from tests.mutations.mistakes import ROOT, Mistake, StaleError, floors, mistakes, raised
from tests.mutations.mutate import Outcome, Result, below_floor, share, summary
from tests.some import some

ONE = Mistake(id="F1", file="pipeline/facts/ranges.py", find="abc", put="d", shows="a wrong fact")


def test_every_mistake_names_tests_that_are_there() -> None:
    for mistake in some(mistakes()):
        assert all((ROOT / test).exists() for test in mistake.noticed_by), mistake.id
        assert mistake.find != mistake.put, mistake.id


def test_every_mistake_still_has_its_place() -> None:
    for mistake in some(mistakes()):
        mistake.put_into((ROOT / mistake.file).read_text("utf-8"))


def test_there_are_mistakes_for_every_room_that_makes_numbers() -> None:
    rooms = {mistake.room for mistake in mistakes()}
    assert rooms >= {
        "pipeline/agencies",
        "pipeline/extract/identity",
        "pipeline/extract/prose",
        "pipeline/extract/tables",
        "pipeline/facts",
        "pipeline/forms",
        "pipeline/lexis",
        "pipeline/readers",
        "pipeline/warehouse",
        "sql",
    }


@pytest.mark.parametrize("text", ["xyz", "abc abc"])
def test_a_place_that_is_gone_or_doubtful_is_stale(text: str) -> None:
    with pytest.raises(StaleError, match="F1"):
        ONE.put_into(text)


def test_a_mistake_is_put_where_it_belongs() -> None:
    assert ONE.put_into("x abc y") == "x d y"


MODULE = """
_MOST = 3
_SHARE = Decimal("0.5")


def 少(text: str, left: float) -> bool:
    if not text:
        return False
    return (len(text)) < _MOST and any(one == "无" for one in text if one) or left >= 0.5
"""


def test_a_comparison_a_limit_and_a_guard_are_put_wrong_where_they_stand() -> None:
    found = list(drawn_from("pipeline/lexis/x.py", MODULE))
    assert len({mistake.id for mistake in found}) == len(found)
    lines = {
        line.strip()
        for mistake in found
        for line in mistake.put_into(MODULE).splitlines()
        if line not in MODULE.splitlines()
    }
    whole = '(len(text)) < _MOST and any(one == "无" for one in text if one)'
    assert lines == {
        "_MOST = 4",
        "_MOST = 2",
        '_SHARE = Decimal("1.0")',
        '_SHARE = Decimal("0.25")',
        "if False and (not text):",
        f"return {whole.replace('<', '<=')} or left >= 0.5",
        f"return {whole.replace('==', '!=')} or left >= 0.5",
        f"return {whole.replace('if one', 'if True')} or left >= 0.5",
        f"return {whole.replace('any', 'all')} or left >= 0.5",
        'return ((any(one == "无" for one in text if one))) or left >= 0.5',
        "return (((len(text)) < _MOST)) or left >= 0.5",
        f"return {whole} or left > 0.5",
        f"return {whole} or left >= 1.0",
        f"return {whole} or left >= 0.25",
        f"return (({whole}))",
        "return ((left >= 0.5))",
    }


QUERY = """
-- A year = one, and not two.
SELECT min(f.value) AS least
FROM fact AS f
LEFT JOIN other AS o ON o.id = f.id
WHERE f.year BETWEEN 2001 AND 2010
    AND f.name <> 'a AND b'
    AND f.share >= 0.5
"""


def test_a_query_is_put_wrong_word_by_word_and_not_in_what_it_quotes() -> None:
    found = list(drawn_from("sql/x.sql", QUERY))
    lines = {
        line.strip()
        for mistake in found
        for line in mistake.put_into(QUERY).splitlines()
        if line not in QUERY.splitlines()
    }
    assert lines == {
        "SELECT max(f.value) AS least",
        "JOIN other AS o ON o.id = f.id",
        "LEFT JOIN other AS o ON o.id <> f.id",
        "OR f.name <> 'a AND b'",
        "AND f.name = 'a AND b'",
        "OR f.share >= 0.5",
        "AND f.share > 0.5",
        "AND f.share >= 1.0",
        "AND f.share >= 0.25",
    }


@pytest.mark.slow
def test_what_is_drawn_has_its_place_and_is_a_program() -> None:
    every = list(drawn())
    assert {mistake.room for mistake in every} >= {"pipeline/lexis", "pipeline/explorer", "sql"}
    for mistake in some(every[::200]):
        text = mistake.put_into((ROOT / mistake.file).read_text("utf-8"))
        if mistake.file.endswith(".py"):
            compile(text, mistake.file, "exec")


def test_stale_and_equivalent_ones_do_not_count() -> None:
    results = (Result.NOTICED, Result.SURVIVED, Result.EQUIVALENT, Result.STALE, Result.BROKEN)
    outcomes = [Outcome(ONE, result) for result in results]
    assert share(outcomes) == 50
    assert "| all | 5 | 1 | 1 | 1 | 50 % |" in list(summary(outcomes))


def test_less_than_once_was_noticed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.mutations.mutate.floors", lambda: {"all": 95.0, "thresholds": 1.0})
    told = below_floor([Outcome(ONE, Result.SURVIVED)])
    assert told == ("all: 0.0 % noticed, at least 95.0 % before",)


def test_floors_are_shares_of_known_groups() -> None:
    known = {mistake.room for mistake in mistakes()} | {"all", "thresholds"}
    assert floors().keys() <= known
    assert all(0 <= floor <= 100 for floor in floors().values())


def test_a_floor_rises_and_never_falls() -> None:
    assert raised({"a": 96.78, "b": 50.0}, {"a": 90.0, "b": 60.0, "gone": 1.0}) == {
        "a": 96.7,
        "b": 60.0,
        "gone": 1.0,
    }
