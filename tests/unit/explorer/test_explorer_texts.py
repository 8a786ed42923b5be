"""Every sentence in both languages, none missing and none left over."""

import re
from itertools import pairwise
from pathlib import Path
from typing import get_args

import pytest
from pydantic import ValidationError

from pipeline.agencies.functions import functions
from pipeline.explorer import texts as module
from pipeline.explorer.texts import Text, Translator, cookbook, names, texts
from pipeline.model.check import Kind, Outcome, Severity
from pipeline.model.document import Reason
from pipeline.settings import Language
from pipeline.warehouse.schema import tables
from tests.some import some

ROOM = Path(module.__file__).parent
SOURCE = "\n".join(
    path.read_text("utf-8") for path in [*ROOM.rglob("*.py"), *ROOM.glob("templates/*")]
)
# Names that are put together, by what they begin with.
MADE = {
    "page.": r"say\(.page\.",
    "by.": r"say\(.by\.",
    "quality.": r"say\(.quality\.",
    "place.": r'say\(f"place\.',
    "sql.": r"say\(.sql\.",
    "find.": r"say\(.find\.",
    "download.": r"say\(.download\.",
    "review.": r"say\(.review\.(kind|do)_",
}


def test_every_text_that_is_said_exists() -> None:
    said = set(re.findall(r"""say\(\s*["']([a-z_]+\.[a-z_]*[a-z])["']""", SOURCE))
    assert len(said) > 150
    assert said <= set(texts())


def test_every_text_of_a_list_exists() -> None:
    lists = re.findall(r"in (\([^()]*'[a-z_]+\.[a-z_]+'[^()]*\)) %\}", SOURCE)
    said = {name for one in some(lists) for name in re.findall(r"'([a-z_]+\.[a-z_]+)'", one)}
    assert len(said) > 4
    assert said <= set(texts())


def test_no_text_is_left_over() -> None:
    literal = set(re.findall(r"""["']([a-z_]+\.[a-z_]+)["']""", SOURCE))
    for name in some(set(texts()) - literal):
        prefix = f"{name.partition('.')[0]}."
        assert prefix in MADE and re.search(MADE[prefix], SOURCE), name


def test_the_other_language_must_have_the_same_gaps() -> None:
    Text(zh="{n} 条", en="{n} items")
    with pytest.raises(ValidationError, match="other gaps"):
        Text(zh="{n} 条", en="{m} items")
    with pytest.raises(ValidationError):
        Text(zh="", en="nothing")


def test_chinese_is_chinese_and_english_is_not() -> None:
    for name, text in some(texts().items()):
        if name in ("language.other", "page.sql", "sql.title", "table.shown", "place.separator"):
            continue
        assert re.search(r"[\u4e00-\u9fff]", text.zh), name
        if not name.endswith("_example"):
            assert not re.search(r"[\u4e00-\u9fff]", text.en), name


@pytest.mark.parametrize(
    ("kind", "codes"),
    [
        ("reason", list(Reason)),
        ("remedy", list(Reason)),
        ("kind", list(Kind)),
        ("outcome", list(Outcome)),
        ("severity", list(Severity)),
        *(
            (column.name, column.values)
            for table, name in (
                ("dim_agency", "level"),
                ("agency_succession", "relation"),
                ("dim_report", "doc_type"),
                ("observation", "source"),
                ("observation", "value_status"),
                ("observation", "qualifier"),
            )
            for column in tables()[table].columns
            if column.name == name
        ),
    ],
)
def test_every_code_has_a_name(kind: str, codes: list[str]) -> None:
    assert codes
    assert {str(code) for code in codes} <= set(names()[kind])


def test_a_code_nobody_named_is_shown_as_it_is() -> None:
    for language in some(get_args(Language)):
        say = Translator(language)
        assert say.name("reason", "brand_new") == "brand_new"
        assert say.name("function", "no_such_slug") == "no_such_slug"
        assert say.name("level", None) == say("name.none")


def test_every_function_is_named_in_both_languages() -> None:
    slugs = list(functions())
    joined = [f"{one}_and_{other}" for one, other in pairwise(slugs)]
    codes = [*slugs, *(f"{one}_unit" for one in slugs), *joined, "other", "unknown"]
    for code in codes:
        chinese, english = (Translator(one).name("function", code) for one in get_args(Language))
        assert re.fullmatch(r"[\u4e00-\u9fff、（）]{2,}", chinese), (code, chinese)
        assert re.match(r"[A-Z]", english) and "_" not in english, (code, english)
        assert not re.search(r"[\u4e00-\u9fff]", english), (code, english)
    names = [Translator("en").name("function", code) for code in slugs]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("code", "chinese", "english"),
    [
        ("education", "教育", "Education"),
        ("education_and_health", "教育、卫生", "Education, Health"),
        ("education_and_sports", "教育体育", "Education and sports"),
        ("culture_and_sports_and_tourism", "文化体育、旅游", "Culture and sports, Tourism"),
        ("health_unit", "卫生（所属或另设机构）", "Health (a body beside it)"),
        ("health_and_magic", "health_and_magic", "health_and_magic"),
    ],
)
def test_functions_are_joined_as_they_were_read(code: str, chinese: str, english: str) -> None:
    assert Translator("zh").name("function", code) == chinese
    assert Translator("en").name("function", code) == english


def test_the_cookbook_is_bilingual() -> None:
    assert len(cookbook()) >= 6
    for one in cookbook():
        assert re.search(r"[\u4e00-\u9fff]", one.zh)
        assert not re.search(r"[\u4e00-\u9fff]", one.en)


@pytest.mark.parametrize(
    ("marks", "zh", "en"),
    [
        (None, None, None),
        ("B→C", "B→C", "B→C"),
        ("region→agency", "本区域口径→本机关口径", "its whole region→the agency alone"),
        (
            "B→C region→agency",
            "B→C，本区域口径→本机关口径",
            "B→C, its whole region→the agency alone",
        ),
    ],
)
def test_a_break_of_scope_is_called_by_its_name(
    marks: str | None, zh: str | None, en: str | None
) -> None:
    assert Translator("zh").breaks(marks) == zh
    assert Translator("en").breaks(marks) == en
