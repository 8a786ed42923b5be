"""A map of tiles: every city has one of its own, and a number stands for one tier alone."""

from collections import Counter
from decimal import Decimal

import pytest

from builders.cities import grid
from pipeline.declared import Texts, declared_rows
from pipeline.explorer.provinces import cities, city_meant, provinces
from pipeline.explorer.rendering import percent
from pipeline.explorer.texts import Translator
from pipeline.explorer.tiles import SHADES, places_of, put_together, tiles


def row(agency_id: str, numerator: int, denominator: int, standing: str = "undisputed") -> dict:
    return {
        "agency_id": agency_id,
        "province": "山东省",
        "numerator": Decimal(numerator),
        "denominator": Decimal(denominator),
        "value": Decimal(numerator),
        "standing": standing,
    }


def test_every_city_of_today_has_a_tile_and_no_two_have_the_same() -> None:
    listed = {
        one["code"]
        for one in declared_rows("pipeline.agencies", "regions", Texts)
        if one["level"] == "city" and not one["valid_to"]
    }
    assert cities().keys() == listed
    taken = Counter((code[:2], one.row, one.column) for code, one in cities().items())
    assert set(taken.values()) == {1}


def test_cities_lie_about_where_they_lie() -> None:
    found = cities()
    assert found["371000"].column > found["371500"].column  # Weihai east of Liaocheng
    assert found["371600"].row < found["371300"].row  # Binzhou north of Linyi


def test_a_grid_keeps_the_order_of_places_and_gives_each_its_own() -> None:
    made = grid([(100.0, 30.0), (110.0, 30.0), (100.0, 20.0), (110.0, 20.0), (110.0, 20.1)])
    assert len(set(made)) == 5
    (west, north), (east, _), (_, south) = made[0], made[1], made[2]
    assert west < east and north < south


def test_a_city_adds_up_both_sides_of_a_rate_and_leaves_out_what_is_contradicted() -> None:
    rows = [
        row("370801.government", 1, 10),
        row("370802.government", 9, 90),
        row("370803.government", 50, 50, "disputed"),
        row("370101.government", 1, 4),
    ]
    found = put_together(rows, "山东省", is_rate=True)
    assert found == {"370800": (Decimal(10) / 100, 2), "370100": (Decimal("0.25"), 1)}
    assert put_together(rows, "", is_rate=False) == {"山东省": (Decimal(11), 3)}


def test_a_place_without_a_number_leads_nowhere_and_has_no_shade() -> None:
    rows = [row("370801.government", 1, 10)]
    made = tiles(
        places_of("山东省", rows), put_together(rows, "山东省", is_rate=True), Translator("en"),
        lambda code: f"to-{code}",
    )  # fmt: skip
    assert len(made) == 16
    assert [(one.name, one.to, one.n) for one in made if one.n] == [("Jining", "to-370800", 1)]
    assert {one.shade for one in made if not one.n} == {None}
    assert places_of("", []) == provinces()


def test_the_most_has_the_darkest_shade_that_the_map_knows_and_the_least_the_lightest() -> None:
    places = provinces()
    found = {code: (Decimal(n), 1) for n, code in enumerate(places)}
    made = tiles(places, found, Translator("zh"), lambda _: None)
    shades = [one.shade for one in made]
    assert shades == sorted(shades, key=lambda shade: shade or 0)
    assert (shades[0], shades[-1], set(shades)) == (0, SHADES - 1, set(range(SHADES)))


def test_two_points_of_difference_do_not_look_like_everything_and_nothing() -> None:
    near, far = (
        {"湖南省": (Decimal(low), 3), "四川省": (Decimal("0.36"), 3)} for low in ("0.34", "0.05")
    )
    shades = []
    for found in (near, far):
        made = {one.code: one.shade for one in tiles(provinces(), found, Translator("zh"), str)}
        shades.append((made["湖南省"], made["四川省"]))
    assert shades == [(SHADES - 1, SHADES - 1), (0, SHADES - 1)]


def test_what_is_not_quite_nothing_is_not_written_as_nothing() -> None:
    assert percent(0) == "0%"
    assert percent(1 / 2229) == "<0.1%"
    assert percent(0.004, 0) == "<1%"
    assert percent(-0.02) == "−2%"


@pytest.mark.parametrize(
    "name",
    ["延边", "延边州", "延边朝鲜族自治州", "Yanbian", "2224", "222400"],
)
def test_a_city_is_meant_by_each_of_its_names(name: str) -> None:
    assert city_meant(name) == "2224"


def test_every_city_is_meant_by_its_name_in_full() -> None:
    today = [
        one
        for one in declared_rows("pipeline.agencies", "regions", Texts)
        if one["level"] == "city" and not one["valid_to"]
    ]
    assert [one["name"] for one in today if city_meant(one["name"]) != one["code"][:4]] == []
