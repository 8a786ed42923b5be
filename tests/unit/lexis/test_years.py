"""Years, however people print them, are read by one function."""

import pytest

from pipeline.lexis.dates import period
from pipeline.lexis.years import (
    Use,
    in_digits,
    mentions,
    names_year,
    spans_years,
    spoken_of,
    year_number,
)


@pytest.mark.parametrize(
    ("text", "year", "use"),
    [
        ("2018年", 2018, Use.YEAR),
        ("2018 年度", 2018, Use.YEAR),
        ("２０２１年", 2021, Use.YEAR),
        ("2０18年", 2018, Use.YEAR),
        ("2O18年", 2018, Use.YEAR),
        ("二〇二一年", 2021, Use.YEAR),
        ("二○一八年", 2018, Use.YEAR),
        ("二零零九年", 2009, Use.YEAR),
        ("二一八年", 2018, Use.YEAR),
        ("2 0 1 5年", 2015, Use.YEAR),
        ("20 15 年", 2015, Use.YEAR),
        ("（2018）", 2018, Use.LABEL),
        ("2018年版", 2018, Use.YEAR),
        ("2018版", 2018, Use.LABEL),
        ("2018年3月5日", 2018, Use.DAY),
        ("2017.1.1", 2017, Use.STAMP),
        ("2017-01-01", 2017, Use.STAMP),
        ("〔2010〕36号", 2010, Use.DOCUMENT),
        ("[2010] 12号", 2010, Use.DOCUMENT),
    ],
)
def test_a_year_is_read_and_told_apart_by_its_use(text: str, year: int, use: Use) -> None:
    (found,) = mentions(text)
    assert (found.year, found.use) == (year, use)


@pytest.mark.parametrize(
    "text", ["12018年", "2018", "2018件", "二二一地质队", "二〇一医院", "2048年", "1889年", "H2O10"]
)
def test_what_only_looks_like_a_year_is_none(text: str) -> None:
    assert list(mentions(text)) == []


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2000年", [2000]),
        ("1999年", []),
        ("2039年", [2039]),
        ("2040年", []),
        ("二〇〇〇年", [2000]),
        ("一九九九年", []),
        ("二〇三九年", [2039]),
        ("二〇四〇年", []),
    ],
)
def test_years_in_which_nobody_reported_are_none(text: str, years: list[int]) -> None:
    assert [one.year for one in mentions(text)] == years


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2018", 2018),
        ("２０18", 2018),
        ("2 0 1 8", 2018),
        ("二○一八", 2018),
        ("二一八", 2018),
        ("一八九", None),
        ("201", 2001),
        ("20181", None),
        ("2O18", 2018),
        ("20x8", None),
        ("x18", None),
        ("", None),
    ],
)
def test_four_digits_of_any_kind_are_a_year_and_three_behind_a_two(
    text: str, year: int | None
) -> None:
    assert year_number(text) == year


@pytest.mark.parametrize(
    ("text", "names"), [("2018年", True), ("〔2018〕3号", False), ("无", False), ("2018件", False)]
)
def test_a_text_names_a_year_where_it_speaks_of_one(text: str, names: bool) -> None:
    assert names_year(text) is names


def test_both_years_of_a_stretch_are_read() -> None:
    found = [(one.year, one.use) for one in mentions("2019—2020年度")]
    assert found == [(2019, Use.SPAN), (2020, Use.YEAR)]


@pytest.mark.parametrize("text", ["2019—2020年度", "2015-2016学年", "２０１９年至２０２０年"])
def test_a_stretch_of_years_is_no_single_year(text: str) -> None:
    assert spans_years(text)


@pytest.mark.parametrize(
    "text", ["2017年1月1日-2017年12月31日", "2017.1.1-2017.12.31", "2017-1-1至2017-12-31"]
)
def test_a_period_is_read_with_words_or_points(text: str) -> None:
    found = period(f"本报告的统计期限为{text}。")
    assert found is not None
    assert (found.year, str(found.start), str(found.end)) == (2017, "2017-01-01", "2017-12-31")


@pytest.mark.parametrize(("words_between", "is_found"), [(40, True), (45, False)])
def test_a_period_with_points_stands_behind_its_sign(words_between: int, is_found: bool) -> None:
    printed = f"统计期限{'与' * words_between}2017.1.1-2017.12.31。"
    assert (period(printed) is not None) == is_found


def test_stamps_of_time_without_a_word_for_it_are_no_period() -> None:
    assert period("有效期：2017-1-1至2017-12-31") is None


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("截至二〇二一年底，共98件", "截至2021年底，共98件"),
        ("２０２１年，2 0 1 5年", "2021年，   2015年"),
        ("二〇一医院、二二一地质队", "二〇一医院、二二一地质队"),
    ],
)
def test_years_become_digits_and_offsets_stay(text: str, written: str) -> None:
    assert in_digits(text) == written
    assert len(written) == len(text)


@pytest.mark.parametrize(
    ("printed", "year"),
    [
        ("自2018年1月1日起至2018年12月31日止", 2018),
        ("自2018年1月1日起至12月31日止", 2018),
        ("自2017年11月1日起至2018年10月31日止", None),
    ],
)
def test_a_period_over_two_years_is_of_neither(printed: str, year: int | None) -> None:
    found = period(f"本报告所列数据的统计期限{printed}。")
    assert found is not None
    assert found.year == year


@pytest.mark.parametrize("text", ["2019.1.15", "打印时间：2019-01-15", "〔2010〕36号"])
def test_a_stamp_of_time_and_the_number_of_a_paper_speak_of_no_year(text: str) -> None:
    assert [mention.year for mention in mentions(text)] != []
    assert list(spoken_of(text)) == []
