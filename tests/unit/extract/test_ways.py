"""Whatever `why` of an observation names can be looked up."""

import re
from pathlib import Path

from pipeline.extract.prose.attribution import reasons
from pipeline.extract.prose.indicator_rules import rule_ids
from pipeline.extract.ways import ways
from pipeline.forms.catalogue import indicators
from pipeline.settings import PACKAGE

_ID = re.compile(r'"((?:row|slip|caption|label|place|order|digits|typed)\.[a-z_]+)"')
_SAID_IN = (*(PACKAGE / "extract" / "tables").rglob("*.py"), PACKAGE / "lexis" / "notations.py")


def ids_said_in(paths: tuple[Path, ...]) -> set[str]:
    return {name for path in paths for name in _ID.findall(path.read_text("utf-8"))}


def test_no_way_to_read_a_row_is_left_unexplained() -> None:
    said = {name for name in ids_said_in(_SAID_IN) if name not in {"place.start", "row.window"}}
    assert len(said) > 20
    assert said == {way.id for way in ways().values() if way.kind == "row"}


def test_every_rule_of_sentences_and_every_reason_is_explained() -> None:
    assert rule_ids() | reasons().keys() <= ways().keys()
    assert {way.id for way in ways().values() if way.kind == "open"} == reasons().keys()


def test_a_rule_says_in_both_languages_what_it_counts() -> None:
    items = ways()["N-items"]
    assert items.kind == "sentence"
    assert items.indicators == ("disclosure.items",)
    assert items.title_zh == f"正文：{indicators()['disclosure.items'].label_zh}"
    assert indicators()["disclosure.items"].label_en in items.title_en


def test_a_denial_names_the_indicators_of_all_forms_and_no_more_than_three_in_its_title() -> None:
    denied = ways()["A-requests.denied"]
    assert denied.kind == "absence"
    assert denied.indicators == ("requests.answered.denied", "requests.processed.denied")
    documents = ways()["N-documents_under"]
    assert len(documents.indicators) > 3
    assert documents.title_zh.count("、") == 2
    assert documents.title_zh.endswith("等")


def test_every_way_is_told_in_both_languages() -> None:
    han = re.compile("[一-鿿]")
    untold = [
        way.id
        for way in ways().values()
        if not (han.search(way.title_zh) and han.search(way.statement_zh))
        or not (way.title_en and way.statement_en)
    ]
    assert untold == []
