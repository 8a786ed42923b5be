"""The page that sets agencies beside one another: who is ranked, by what, and what is told."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from stated_tables import Rows, asking, stated

from pipeline.explorer.context import Context
from pipeline.explorer.links import FileLinks
from pipeline.explorer.opening import Opened
from pipeline.explorer.rendering import PageContent
from pipeline.explorer.screens.compare_page import compare_page, ranked
from pipeline.warehouse.records import Record

ITEMS, STAFF, RECEIVED = "disclosure.items", "staff.total", "requests.received"


def agency(name: str, **more: object) -> Record:
    """An agency called by its id, of a county of Jining unless more is said."""
    own = {"province": "山东省", "level": "county", "function": "education"}
    return {"agency_id": f"370800.{name}", "name_zh": name, **own, **more}


def value(name: str, number: float | None, year: int = 2022, **more: object) -> Record:
    """A number of an agency, as the view of trends has it."""
    own = {"unit": "件", "scope": "agency", "form": "D", "value_standing": "undisputed"}
    ids = {"agency_id": f"370800.{name}", "indicator_id": ITEMS}
    return {**ids, "value": number, "year": year, **own, **more}


def rate(name: str, parts: int, whole: int | None, year: int = 2022, **more: object) -> Record:
    """A rate of an agency; without a whole there is none."""
    own = {"scope": "agency", "template": "D", "standing": "undisputed", "rate_id": "granted"}
    told = {"numerator": parts, "denominator": whole, "rate": whole and parts / whole}
    ids = {"numerator_ids": ["requests.processed.granted"], "denominator_ids": [RECEIVED]}
    return {"agency_id": f"370800.{name}", "year": year, **own, **told, **ids, **more}


def facts(*ids: str, years: tuple[int, ...] = (2022, 2021, 2020)) -> dict[str, list[Record]]:
    """Facts by which measures and their years are known."""
    return {
        "dim_indicator": [
            {"indicator_id": one, "label_zh": one, "label_en": one, "unit": "件", "indicator_no": n}
            for n, one in enumerate(ids)
        ],
        "fact_indicator": [
            {"indicator_id": one, "indicator_no": n, "year": year, "form": "D"}
            for n, one in enumerate(ids)
            for year in years
        ],
    }


def compared(rows: Rows, /, **query: object) -> PageContent:
    with stated(rows) as opened:
        return compare_page(asking(opened, **query))


def told(page: PageContent) -> list[str]:
    """Whom a page ranks: name, value, rank, percentile, and how it changed."""
    return [
        f"{row['name_zh']} {float(row['value']):g} {row['rank'] or '-'}"
        f" {row['percentile'] if row['percentile'] is not None else '-'}"
        + (f" {float(row['change']):+g}" if row["change"] is not None else "")
        for row in page.shown["rows"]
    ]


def standing(*values: tuple[str, float, str]) -> list[Record]:
    return [
        {"name_zh": name, "value": Decimal(str(number)), "standing": worth, "scope": "agency"}
        for name, number, worth in values
    ]


@pytest.mark.parametrize(
    ("values", "places"),
    [
        # Equal values share a rank and a percentile; what is contradicted has neither, and is last.
        ("5 9 5 1 3", "9:1/100.0 5:2/50.0 5:2/50.0 3:4/25.0 1:5/0.0"),
        ("5 9 5 1", "9:1/None 5:2/None 5:2/None 1:4/None"),
        ("5 9! 5 1 3", "5:1/None 5:1/None 3:3/None 1:4/None 9:None/None"),
        ("5 9! 5 1 3 2", "5:1/75.0 5:1/75.0 3:3/50.0 2:4/25.0 1:5/0.0 9:None/None"),
    ],
)
def test_equal_values_share_a_place_and_contradicted_ones_have_none(
    values: str, places: str
) -> None:
    rows = standing(*(
        (f"第{n}局", float(one.rstrip("!")), "disputed" if "!" in one else "doubtful")
        for n, one in enumerate(values.split())
    ))  # fmt: skip
    assert places == " ".join(
        f"{float(row['value']):g}:{row['rank']}/{row['percentile']}" for row in ranked(rows)
    )


FIVE = {
    **facts(ITEMS),
    "dim_agency": [agency(one) for one in "甲乙丙丁戊己"],
    "indicator_trend": [
        value("甲", 5),
        value("甲", 2, 2020),
        value("乙", 9),
        value("乙", 4, 2020),
        value("乙", 3, 2021, method_break="C→D"),
        value("丙", 7, value_standing="disputed"),
        value("丙", 1, 2020),
        value("丁", 5, value_standing="doubtful"),
        value("丁", 1, 2020, value_standing="disputed"),
        value("戊", 1),
        value("戊", 8, 2020, value_standing="doubtful"),
        value("己", 4, unit="条"),
    ],
}


@pytest.fixture(scope="module")
def five() -> Iterator[Opened]:
    with stated(FIVE) as opened:
        yield opened


def test_agencies_are_ranked_with_their_change_since_the_first_year(five: Opened) -> None:
    page = compare_page(asking(five, since=2020))
    # A break between, or a contradicted end, leaves no change.
    assert told(page) == ["乙 9 1 -", "丁 5 2 -", "甲 5 2 - +3", "戊 1 4 - -7", "丙 7 - -"]
    worth = [row["change_standing"] for row in page.shown["rows"]]
    assert worth == ["undisputed", "disputed", "undisputed", "doubtful", "disputed"]
    assert [row["is_broken"] for row in page.shown["rows"]] == [True, False, False, False, False]
    told_of_all = {one: page.shown[one] for one in ("total", "aside", "in_doubt", "left_out")}
    assert told_of_all == {"total": 5, "aside": 1, "in_doubt": 1, "left_out": 1}
    assert (page.shown["median"], page.shown["greatest"]) == (5, 9)
    assert (page.shown["until"], page.shown["since"]) == (2022, 2020)


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("", "乙丁甲戊丙"),
        ("value", "戊丁甲乙丙"),
        ("-value", "乙丁甲戊丙"),
        ("name", "丁乙戊甲丙"),
        ("-name", "甲戊乙丁丙"),
        ("change", "戊乙丁甲丙"),
        ("-change", "甲乙丁戊丙"),
        ("n", "乙丁甲戊丙"),
        ("province", "乙丁甲戊丙"),
    ],
)
def test_rows_are_sorted_as_asked_and_contradicted_ones_stay_last(
    five: Opened, sort: str, names: str
) -> None:
    page = compare_page(asking(five, since=2020, sort=sort))
    assert "".join(row["name_zh"] for row in page.shown["rows"]) == names


def test_who_asks_for_sure_numbers_sees_no_doubtful_ones(five: Opened) -> None:
    page = compare_page(asking(five, sure="1"))
    assert [row["name_zh"] for row in page.shown["rows"]] == ["乙", "甲", "戊"]


@pytest.mark.parametrize(
    ("query", "until", "since"),
    [({}, 2022, 2020), ({"year": 2020}, 2020, 2020), ({"since": 2021}, 2022, 2021)],
)
def test_years_are_those_asked_for_or_the_last_and_the_first_usual_one(
    five: Opened, query: dict[str, object], until: int, since: int
) -> None:
    page = compare_page(asking(five, **query))
    assert (page.shown["until"], page.shown["since"]) == (until, since)


SCOPED = {
    **facts(ITEMS),
    "dim_agency": [agency(one) for one in "甲乙丙"],
    "indicator_trend": [
        value("甲", 5),
        value("甲", 3, 2021),
        value("甲", 7, 2021, unit="条"),
        value("甲", 8, 2021, scope="system"),
        value("乙", 4),
        value("丙", 90, scope="system"),
    ],
}


@pytest.mark.parametrize(
    ("query", "names", "scope", "median"),
    [
        ({}, "甲乙", "agency", 4.5),
        ({"scope": "system"}, "丙", "system", 90),
        ({"scope": "other"}, "甲乙", "agency", 4.5),
        # Who picks agencies by name sees them all, and nothing that is of all of them.
        ({"agencies": ["370800.甲", "370800.丙"]}, "丙甲", "", None),
        ({"agencies": ["370800.甲"]}, "甲", "", 5),
    ],
)
def test_only_numbers_of_one_scope_are_ranked_together(
    query: dict[str, object], names: str, scope: str, median: float | None
) -> None:
    page = compared(SCOPED, **query)
    assert "".join(row["name_zh"] for row in page.shown["rows"]) == names
    assert (page.shown["scope"], page.shown["median"]) == (scope, median)


def test_the_years_between_are_of_the_unit_and_scope_that_is_ranked() -> None:
    rows = compared(SCOPED, since=2021).shown["rows"]
    series = {
        row["name_zh"]: [(one["year"], one["value"]) for one in row["series"]] for row in rows
    }
    assert series == {"甲": [(2021, 3), (2022, 5)], "乙": [(2022, 4)]}


def test_a_heading_names_the_scope_only_where_there_are_others() -> None:
    assert compared(SCOPED).title == f"{ITEMS} (件)，2022 年，本机关口径"
    alone = {**SCOPED, "indicator_trend": SCOPED["indicator_trend"][:1]}
    assert compared(alone).title == f"{ITEMS} (件)，2022 年，全部机关"
    assert compared(alone, level="county").title == f"{ITEMS} (件)，2022 年，县级"


RATES = {
    **facts("requests.processed.granted", RECEIVED, STAFF),
    "rate_term": [
        {"rate_id": "granted", "template": "D", "indicator_id": one}
        for one in ("requests.processed.granted", RECEIVED)
    ],
    "dim_agency": [
        agency("甲"),
        agency("乙"),
        agency("丙", agency_id="371300.丙", province="山东省"),
        agency("丁", agency_id="320100.丁", province="江苏省"),
        agency("戊", agency_id="110000.戊", province=None),
    ],
    "rates": [
        rate("甲", 3, 10),
        rate("乙", 4, 10),
        rate("丙", 9, 10) | {"agency_id": "371300.丙"},
        rate("丁", 1, 2) | {"agency_id": "320100.丁", "standing": "disputed"},
        rate("戊", 3, None) | {"agency_id": "110000.戊"},
    ],
    "indicator_trend": [
        value("甲", 2, indicator_id=STAFF, unit="人"),
        value("丙", 4, indicator_id=STAFF, unit="人") | {"agency_id": "371300.丙"},
        value("甲", 12, indicator_id=RECEIVED),
    ],
    "crosswalk": [
        {"series_id": "s", "template": "D", "indicator_id": STAFF, "note_zh": "改", "note_en": "x"},
        {"series_id": "s", "template": "C", "indicator_id": ITEMS, "note_zh": None},
        {"series_id": "t", "template": "B", "indicator_id": ITEMS, "note_zh": "别", "note_en": "y"},
    ],
}


@pytest.fixture(scope="module")
def with_rates() -> Iterator[Opened]:
    with stated(RATES) as opened:
        yield opened


def test_the_usual_measure_is_a_rate_and_a_whole_too_small_has_none(with_rates: Opened) -> None:
    page = compare_page(asking(with_rates))
    assert told(page) == ["丙 0.9 1 -", "乙 0.4 2 -", "甲 0.3 3 -", "丁 0.5 - -"]
    assert [row["to"] for row in page.shown["rows"]][:1] == [
        "evidence?agency=371300.%E4%B8%99&year=2022&indicator=requests.processed.granted"
    ]
    assert page.shown["breaks"] == []
    assert [row["name_zh"] for row in compare_page(asking(with_rates, sort="n")).shown["rows"]] == [
        "丙", "乙", "甲", "丁",
    ]  # fmt: skip


def test_a_measure_without_its_rate_gives_way_to_what_everybody_counts() -> None:
    without = {**RATES, "rates": []}
    assert compared(without).shown["measure"].id == RECEIVED
    assert compared(without, rate="granted").shown["measure"].id == "granted"
    assert compared(without, rate="granted").shown["until"] == 0
    of_staff = {**without, **facts("requests.processed.granted", STAFF)}
    of_staff["rate_term"] = RATES["rate_term"][:1]
    assert compared(of_staff).shown["measure"].id == "granted"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"rate": "granted"}, "granted"),
        ({"indicator": STAFF}, STAFF),
        ({"rate": "granted", "indicator": STAFF}, "granted"),
        ({}, "granted"),
    ],
)
def test_a_measure_is_the_one_named_a_rate_before_a_number(
    with_rates: Opened, query: dict[str, object], found: str
) -> None:
    page = compare_page(asking(with_rates, **query))
    assert (page.shown["measure"].id, page.status) == (found, 200)


def test_only_breaks_of_its_own_series_are_told_of_a_number(with_rates: Opened) -> None:
    page = compare_page(asking(with_rates, indicator=STAFF))
    assert [(row["template"], row["note_zh"]) for row in page.shown["breaks"]] == [("D", "改")]


def test_another_measure_stands_beside_and_unknown_ones_do_not(with_rates: Opened) -> None:
    page = compare_page(asking(with_rates, against=[STAFF, "nothing"]))
    assert [one.id for one in page.shown["others"]] == [STAFF]
    beside = [row["beside"][0] for row in page.shown["rows"]]
    assert [one and one["value"] for one in beside] == [4, None, 2, None]
    assert [row["other_1"] for row in page.rows] == [4, None, 2, None]
    assert "beside" not in page.rows[0]


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        ({}, "bars"),
        ({"view": "rank"}, "bars"),
        ({"view": "nothing"}, "bars"),
        ({"view": "years"}, "dots"),
        ({"view": "map"}, "grid"),
        ({"view": "multiples"}, "bars"),
        ({"view": "scatter"}, "bars"),
        ({"view": "scatter", "against": STAFF}, "scatter"),
        ({"view": "scatter", "against": "disclosure.items"}, "bars"),
        ({"against": STAFF}, "bars"),
    ],
)
def test_a_picture_is_of_the_view_asked_for_where_there_is_something_to_see(
    with_rates: Opened, query: dict[str, object], kind: str
) -> None:
    page = compare_page(asking(with_rates, **query))
    assert page.picture is not None
    assert page.picture.kind == kind
    named = query.get("view", "rank")
    assert page.shown["view"] == (named if named != "nothing" else "rank")
    assert page.unfit == (["view"] if named == "nothing" else [])
    if kind == "scatter":
        assert [mark.name for mark in page.picture.marks] == ["丙", "甲"]
    if kind == "bars":
        assert [mark.name for mark in page.picture.marks] == ["丙", "乙", "甲"]


def test_nothing_known_of_two_measures_at_once_is_shown_as_a_ranking() -> None:
    apart = {**RATES, "indicator_trend": [value("丁", 2, indicator_id=STAFF)]}
    page = compared(apart, view="scatter", against=STAFF)
    assert page.picture is not None
    assert page.picture.kind == "bars"


def tiles(page: PageContent) -> dict[str, tuple[float | None, int, str | None]]:
    return {
        tile.name: (tile.value and round(float(tile.value), 3), tile.n, tile.to)
        for tile in page.shown["mapped"]
        if tile.n
    }


def test_a_map_adds_up_what_is_of_one_place(with_rates: Opened) -> None:
    page = compare_page(asking(with_rates, view="map"))
    shandong = "compare?view=map&province=%E5%B1%B1%E4%B8%9C%E7%9C%81"
    assert tiles(page) == {"山东": (0.533, 3, shandong)}
    assert page.picture is not None
    assert page.picture.description.startswith("1 个")
    # Of a province its cities: one agency leads to itself, several to their ranking.
    page = compare_page(asking(with_rates, view="map", province="山东省"))
    assert tiles(page) == {
        "济宁": (0.35, 2, "compare?province=%E5%B1%B1%E4%B8%9C%E7%9C%81&city=3708"),
        "临沂": (0.9, 1, "agency?id=371300.%E4%B8%99"),
    }
    assert compare_page(asking(with_rates)).shown["mapped"] == []


def test_a_map_without_any_number_is_shown_as_a_ranking() -> None:
    page = compared({**RATES, "rates": [rate("甲", 3, 10, standing="disputed")]}, view="map")
    assert page.picture is None
    assert page.shown["mapped"] != []


def test_a_map_is_of_the_commonest_scope_of_those_picked() -> None:
    rows = [rate(one, 5, 10) for one in "甲乙"] + [rate("丁", 1, 2, scope="system")]
    rows[2]["agency_id"] = "320100.丁"
    picked = ["370800.甲", "370800.乙", "320100.丁"]
    page = compared({**RATES, "rates": rows}, view="map", agencies=picked)
    assert page.shown["map_scope"] == "agency"
    assert list(tiles(page)) == ["山东"]
    of_system = compared({**RATES, "rates": rows}, view="map", scope="system")
    assert of_system.shown["map_scope"] == "system"
    assert list(tiles(of_system)) == ["江苏"]


def test_a_folder_of_files_has_the_map_with_every_ranking(with_rates: Opened) -> None:
    page = compare_page(asking(with_rates, "zh", FileLinks(())))
    assert page.picture is not None
    assert page.picture.kind == "bars"
    assert len(page.shown["mapped"]) == 34


def test_the_ends_are_told_and_what_is_taken_away_says_how_it_was_made(with_rates: Opened) -> None:
    page = compare_page(asking(with_rates))
    assert page.picture is not None
    assert page.picture.description.startswith("3 个机关；最高 丙 90%；最低 甲 30%")
    title, counted, least, run = page.notes
    assert title == page.title
    assert "3" in counted and "1" in counted
    assert "5" in least
    assert run == "gongkai "
    taken = set(page.rows[0])
    assert {"rank", "value", "indicators"} <= taken
    assert not taken & {"series", "beside", "numerator_ids", "denominator_ids", "is_broken"}


def test_notes_and_the_run_go_with_what_is_taken_away() -> None:
    noted = [value("甲", 5, note_zh="甲注"), value("乙", 4, note_zh="甲注"), value("丙", 3)]
    run = [{"run_id": "r1"}, {"run_id": "r2"}]
    page = compared({**SCOPED, "indicator_trend": noted, "ingest_run": run})
    assert page.notes[2:] == ["甲注", "gongkai r2"]


def test_an_unknown_measure_names_eight_that_are_called_alike() -> None:
    ids = [f"disclosure.{n:02}" for n in range(9)]
    with stated(facts("a.first", *ids)) as opened:
        for name, like in (
            ("disclosure.nothing", ids[:8]),
            ("disclosure", ids[:8]),
            ("a.nothing", ["a.first"]),
            ("nothing.at_all", ["a.first", *ids[:7]]),
        ):
            page = compare_page(asking(opened, indicator=name))
            assert (page.template, page.status) == ("message.html", 404), name
            assert [label for label, _ in page.shown["found"]] == like, name
            assert name in page.shown["why"]


def test_a_publication_without_facts_says_so() -> None:
    page = compared({})
    assert (page.template, page.status) == ("message.html", 200)


MANY = {
    **facts(ITEMS),
    "dim_agency": [agency(f"第{n:02}局") for n in range(52)],
    "indicator_trend": [value(f"第{n:02}局", 100 - n) for n in range(52)]
    + [value(f"第{n:02}局", 50 + n, 2021) for n in range(52)],
}


@pytest.fixture(scope="module")
def many() -> Iterator[Opened]:
    with stated(MANY) as opened:
        yield opened


def test_a_table_shows_fifty_rows_and_goes_on_from_the_next(many: Opened) -> None:
    first = compare_page(asking(many))
    assert len(first.shown["rows"]) == 50
    assert len(first.rows) == first.shown["total"] == 52
    assert first.picture is not None
    assert len(first.picture.marks) == first.shown["bars"] == 40
    rest = compare_page(asking(many, **{"from": 50})).shown["rows"]
    assert [row["name_zh"] for row in rest] == ["第50局", "第51局"]
    assert [len(row["series"]) for row in rest] == [2, 2]
    years = compare_page(asking(many, view="years")).picture
    assert years is not None
    assert len(years.marks) == 80
    assert years.lines


def test_the_first_twenty_four_are_drawn_each_alone_on_one_scale(many: Opened) -> None:
    page = compare_page(asking(many, view="multiples"))
    drawn = page.shown["multiples"]
    assert len(drawn) == page.shown["too_many"] == 24
    titles = [plot.title for _, plot in drawn]
    assert titles[0] == f"第00局 {ITEMS}" and titles[-1] == f"第23局 {ITEMS}"
    # The greatest is that of the first: its scale is everybody's.
    assert {plot.up[-1].text for _, plot in drawn} == {"100"}
    assert {tuple(mark.text for mark in plot.across) for _, plot in drawn} == {("2022", "2021")}
    assert compare_page(asking(many)).shown["multiples"] == []


def test_one_year_or_nobody_is_drawn_alone_as_nothing() -> None:
    one = {**MANY, "indicator_trend": [value("第00局", 3, value_standing="disputed")]}
    page = compared(one, view="multiples")
    assert page.shown["multiples"] == []
    assert (page.picture, page.shown["greatest"], page.shown["median"]) == (None, 0, None)


def choices(context: Context) -> dict[str, object]:
    shown = compare_page(context).shown
    return {"kept": shown["chosen_kept"], "picked": [one["name_zh"] for one in shown["picked"]]}


def test_who_is_added_is_picked_once_and_other_choices_are_kept(many: Opened) -> None:
    query = {"indicator": ITEMS, "view": "years", "level": "county", "year": "2022", "lang": "zh"}
    assert choices(asking(many, **query, add="第07局")) == {
        "kept": [("indicator", ITEMS), ("view", "years"), ("agencies", "370800.第07局")],
        "picked": ["第07局"],
    }
    again = asking(many, agencies=["370800.第07局"], add="第07局")
    assert choices(again) == {"kept": [("agencies", "370800.第07局")], "picked": ["第07局"]}
    beside = choices(asking(many, agencies=["370800.第09局"], add="第07局"))
    assert beside["picked"] == ["第07局", "第09局"]
    assert choices(asking(many, add="没有这个"))["picked"] == []


def test_peers_are_chosen_among_those_there_are_and_the_one_chosen(with_rates: Opened) -> None:
    shown = compare_page(asking(with_rates, province="河南省", level="county")).shown
    codes = {name: [code for code, _ in one] for name, one in shown["peer_options"].items()}
    assert codes == {
        "level": ["county"],
        "function": ["education"],
        "province": ["山东省", "江苏省", "河南省"],
    }


@pytest.mark.parametrize(
    ("city", "shown", "unfit"),
    [
        ("3708", ["370800.a"], []),
        ("济宁市", ["370800.a"], []),
        ("济宁", ["370800.a"], []),
        ("3703", ["370300.b"], []),
        ("370300", ["370300.b"], []),
        ("Zibo", ["370300.b"], []),
        ("淄博市张店区", ["370800.a", "370300.b"], ["city"]),
        ("无此市", ["370800.a", "370300.b"], ["city"]),
        ("", ["370800.a", "370300.b"], []),
    ],
)
def test_a_city_is_called_by_its_name_or_its_code(
    city: str, shown: list[str], unfit: list[str]
) -> None:
    """A name was taken for a code, and the page said that nobody of that city had reported."""
    zibo = agency("b", agency_id="370300.b")
    rows = {
        **facts(ITEMS),
        "dim_agency": [agency("a"), zibo],
        "indicator_trend": [value("a", 5), value("b", 3, agency_id="370300.b")],
    }
    page = compared(rows, indicator=ITEMS, year="2022", city=city)
    assert ([row["agency_id"] for row in page.shown["rows"]], list(page.unfit)) == (shown, unfit)
