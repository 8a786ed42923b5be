"""Addresses of pages, on a server and in a folder, and what a page takes from its own."""

from collections.abc import Iterator

import pytest
from stated_tables import asking, stated

from pipeline.explorer.context import Context
from pipeline.explorer.links import FileLinks, NoLinks, ServerLinks, file_name, file_of
from pipeline.explorer.opening import Opened

RANKING = {"rate": "granted", "level": "county", "province": "山东省", "scope": "agency"}
NUMBER = {"agency": "370829.education", "year": 2020, "indicator": "requests.received"}


@pytest.fixture(scope="module")
def nothing() -> Iterator[Opened]:
    with stated({}) as opened:
        yield opened


@pytest.fixture
def context(nothing: Opened) -> Context:
    return asking(nothing, name=["", "a", "b", "a"], last=" c ", none=[], year="2020", lang="en")


@pytest.mark.parametrize(
    ("depth", "page", "language", "choice", "address"),
    [
        (0, "", "zh", {}, "./"),
        (0, "", "en", {}, "./?lang=en"),
        (0, "agency", "zh", {}, "agency"),
        (1, "", "zh", {}, "../"),
        (2, "agency", "zh", {"id": "a"}, "../../agency?id=a"),
        (0, "agency", "en", {"id": ["a", "b"]}, "agency?id=a&id=b&lang=en"),
    ],
)
def test_a_server_is_found_from_any_depth_and_chinese_is_not_said(
    depth: int, page: str, language: str, choice: dict[str, object], address: str
) -> None:
    assert ServerLinks(depth).to(page, language, choice) == address


@pytest.mark.parametrize(
    ("page", "choice", "file"),
    [
        ("", {}, "index.html"),
        ("", {"agencies": ["a"]}, "index.html"),
        ("", {"year": 2020}, ""),
        ("quality", {}, ""),
        ("agency", {"id": "370829.education"}, "agency/370829.education.html"),
        ("agency", {}, ""),
        ("agency", {"id": "a", "year": 2020}, ""),
        ("find", {"id": "a"}, ""),
        ("evidence", NUMBER, "evidence/370829.education.html#2020.requests.received"),
        ("evidence", {"agency": "a", "year": 2020}, ""),
        ("agency", NUMBER, ""),
        ("compare", RANKING, "compare/granted.county.山东省.agency.html"),
        ("compare", {"indicator": "staff.total"}, "compare/staff.total.html"),
        ("compare", {"rate": "granted", "level": ""}, "compare/granted.html"),
        ("compare", {"rate": "granted", "sort": "name"}, ""),
        ("quality", {"rate": "granted"}, ""),
    ],
)
def test_a_folder_holds_some_pages_and_no_others(
    page: str, choice: dict[str, object], file: str
) -> None:
    assert file_of(page, choice) == file


@pytest.mark.parametrize(
    ("name", "file"), [("a.b-c_1", "a.b-c_1"), ("甲/乙 丙:2", "甲_乙_丙_2"), ("../a", ".._a")]
)
def test_a_file_bears_letters_and_three_signs(name: str, file: str) -> None:
    assert file_name(name) == file


@pytest.mark.parametrize(
    ("page", "choice", "address"),
    [
        # The year of all rankings is in no name, another year has no page.
        ("compare", {"rate": "granted", "year": 2022}, "../compare/granted.html"),
        ("compare", {"rate": "granted"}, "../compare/granted.html"),
        ("compare", {"rate": "granted", "year": 2021}, None),
        ("", {"year": 2022}, "../index.html"),
        ("", {"year": 2021}, None),
        ("agency", {"id": "a", "year": 2022}, None),
        ("agency", {"id": "a"}, "../agency/a.html"),
        ("agency", {"id": "b"}, None),
        (
            "evidence",
            {"agency": "a", "year": 2022, "indicator": "甲"},
            "../evidence/a.html#2022.%E7%94%B2",
        ),
    ],
)
def test_a_page_of_a_folder_leads_to_what_is_written_and_nowhere_else(
    page: str, choice: dict[str, object], address: str | None
) -> None:
    known = ("index.html", "compare/granted.html", "agency/a.html", "evidence/a.html")
    assert FileLinks(known, depth=1, year=2022).to(page, "zh", choice) == address


def test_files_lie_beside_the_pages_and_a_page_alone_has_none() -> None:
    assert ServerLinks(1).file("explorer.css") == "../static/explorer.css"
    assert FileLinks((), depth=2).file("explorer.css") == "../../explorer.css"
    assert NoLinks().file("explorer.css") is None
    assert NoLinks().to("agency", "zh", {}) is None


def test_an_address_is_taken_at_its_last_word_and_each_word_once(context: Context) -> None:
    said = {name: context.stated(name, "usual") for name in ("name", "last", "none", "missing")}
    assert said == {"name": "a", "last": "c", "none": "usual", "missing": "usual"}
    assert context.all_stated("name") == ["a", "b"]
    assert context.all_stated("none") == context.all_stated("missing") == []


@pytest.mark.parametrize(
    ("said", "year"),
    [
        ("2020", 2020),
        ("202", None),
        ("20200", None),
        ("２０２０", None),
        ("2o20", None),
        ("²⁰²⁰", None),
        ("", None),
    ],
)
def test_a_year_has_four_digits(nothing: Opened, said: str, year: int | None) -> None:
    assert asking(nothing, year=said).year() == year


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ("50", 50),
        ("999999999", 999_999_999),
        ("1000000000", 0),
        ("-1", 0),
        ("５０", 0),
        ("²", 0),
        ("", 0),
    ],
)
def test_a_table_begins_at_a_row_or_at_the_first(nothing: Opened, said: str, first: int) -> None:
    assert asking(nothing, **{"from": said}).first_row() == first


def test_words_that_fit_nothing_are_told_and_those_left_out_are_not(context: Context) -> None:
    assert context.unfit(name=("b", "c"), last=("c",), none=("x",), year=("2021",)) == [
        "name",
        "year",
    ]


def test_a_link_says_what_is_chosen_and_nothing_empty(context: Context) -> None:
    chosen = {"id": "a", "year": 0, "empty": "", "missing": None, "none": [], "few": ()}
    assert context.link("agency", **chosen) == "agency?id=a&year=0"


def test_the_same_page_keeps_its_choices_but_for_the_language_and_its_place(
    nothing: Opened,
) -> None:
    context = asking(nothing, "en", **{"lang": "en", "from": 50, "level": "county", "year": 2020})
    assert context.same("compare", year=2021) == "compare?level=county&year=2021&lang=en"
