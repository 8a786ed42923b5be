"""The days that a report's numbers are from, and no other days it names."""

from datetime import date

import pytest

from pipeline.lexis.dates import period

OTHER = "2013年1月10日至2013年6月30日开展专项检查。"
OWN = "统计期限自2013年1月1日起至2013年12月31日止。"


@pytest.mark.parametrize("text", [OWN, OTHER + OWN, OWN + OTHER])
def test_the_period_beside_its_sign_counts_wherever_others_stand(text: str) -> None:
    found = period(text)
    assert found is not None
    assert (found.start, found.end, found.year) == (date(2013, 1, 1), date(2013, 12, 31), 2013)


def test_a_period_that_ends_before_it_begins_has_no_days() -> None:
    found = period("统计期限自2013年12月31日起至2013年1月1日止。")
    assert found is not None
    assert (found.start, found.end, found.year) == (None, None, 2013)


@pytest.mark.parametrize(
    ("printed", "days"),
    [
        ("自2013年11月1日起至2014年10月31日止", (date(2013, 11, 1), date(2014, 10, 31))),
        ("自2013年1月1日起至当年12月31日止", (date(2013, 1, 1), date(2013, 12, 31))),
        ("自2013年1月1日起至2013年1月1日止", (date(2013, 1, 1), date(2013, 1, 1))),
        ("自2013年2月30日起至2013年12月31日止", (None, None)),
        ("自2013年1月1日起至2013年2月30日止", (None, None)),
        ("自2013.11.1至2014.10.31止", (date(2013, 11, 1), date(2014, 10, 31))),
    ],
)
def test_a_period_has_both_its_days_or_none(
    printed: str, days: tuple[date | None, date | None]
) -> None:
    found = period(f"统计期限{printed}。")
    assert found is not None
    assert (found.start, found.end) == days


@pytest.mark.parametrize("text", ["统计期限较长。", "统计期限2013年。", "统计期限另定。1月1日至"])
def test_a_word_for_a_period_without_days_is_none(text: str) -> None:
    assert period(text) is None


def test_a_misprinted_period_tells_its_year_and_no_days() -> None:
    found = period("统计期限为2016月1日至2016年12月31日。")
    assert found is not None
    assert (found.start, found.end, found.year) == (None, None, 2016)


def test_a_day_that_says_what_began_on_it_is_no_misprint() -> None:
    found = period("统计期限自2013年1月1日《条例》实施之日起，至2013年12月31日止。")
    assert found is not None
    assert (found.start, found.end) == (date(2013, 1, 1), date(2013, 12, 31))


@pytest.mark.parametrize(
    "printed", ["201311日至20131231日", "20131月1日起至201312月31日止", "20131月1日至12月31日"]
)
def test_a_whole_year_whose_signs_a_copy_lost_is_no_misprint(printed: str) -> None:
    found = period(f"本报告统计期限为{printed}。")
    assert found is not None
    assert (found.start, found.end) == (date(2013, 1, 1), date(2013, 12, 31))


@pytest.mark.parametrize("printed", ["201311日至20131130日", "201311日至20141231日"])
def test_another_stretch_without_signs_has_no_days(printed: str) -> None:
    found = period(f"本报告统计期限为{printed}。")
    assert found is None or found.start is None
