"""Every rule that any code can emit is declared and explained, once."""

import re

import pytest
import yaml
from pydantic import ValidationError

from pipeline.forms import rules as declared
from pipeline.forms.identities import identities
from pipeline.forms.rules import family_of, rule, rules
from pipeline.settings import ROOT

_ID = re.compile(r"(?<![\w-])(?:A|B|C|D|CD|X|P|I|W)-[A-Z]\d+(?![\w-])")
_CODE = (".py", ".sql", ".yml")


def _emitted() -> set[str]:
    sources = [
        path
        for folder in ("pipeline", "sql")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in _CODE and path.name != "rules.yml"
    ]
    return {found for path in sources for found in _ID.findall(path.read_text("utf-8"))}


def test_every_id_that_stands_in_the_code_is_explained() -> None:
    families = {family_of(rule_id) for rule_id in rules()}
    emitted = _emitted()
    assert {"CD-E1", "X-T1", "P-T1", "I-Y1", "W-O1"} <= emitted
    assert emitted - families == set()


def test_every_identity_is_explained_under_its_whole_id() -> None:
    assert {one.rule_id for one in identities()} <= rules().keys()
    for one in rules().values():
        assert min(map(len, (one.title_zh, one.title_en, one.statement_zh, one.statement_en))) > 1
        assert one.forms
        assert one.what_to_do_zh
        assert one.what_to_do_en


def test_a_rule_that_is_stated_once_is_stated_without_its_forms() -> None:
    once = [one for one in rules().values() if "; " not in one.statement_zh]
    assert len(once) > 1
    assert not [one for one in once if re.match(r"[A-E](?:/[A-E])*: ", one.statement_zh)]


def test_a_rule_that_two_forms_state_in_other_words_tells_both() -> None:
    both = rule("CD-E8:rules")
    assert both.forms == ("C", "D")
    assert both.statement_zh.startswith("C: ")
    assert "; D: " in both.statement_zh


def test_a_rule_over_two_years_says_which_side_is_of_the_year_before() -> None:
    assert "（上年）" in rule("CD-E7:total").statement_zh
    assert "(year before)" in rule("CD-E7:total").statement_en


def test_an_identity_without_a_title_is_refused() -> None:
    path = ROOT / "pipeline" / "forms" / "data" / "rules.yml"
    stated = yaml.safe_load(path.read_text("utf-8"))
    del stated["identities"]["CD-E1"]
    with pytest.raises(ValidationError, match="CD-E1"):
        declared._File.model_validate(stated)
    stated["rules"]["X-T1"]["remedy"] = "nothing"
    with pytest.raises(ValidationError, match="no remedy"):
        declared._File.model_validate(stated)
