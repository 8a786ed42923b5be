"""What people ask around the name of a measure is understood, and never turned round."""

import pytest

from pipeline.warehouse.queries.number_lookup import rates_called
from pipeline.warehouse.queries.question import is_opposite, read

LABELS = {
    "granted": "予以公开",
    "granted_or_partly": "予以公开或部分公开",
    "denied": "不予公开（2019年起）",
    "refused_for.state_secret": "国家秘密占不予公开",
    "on_time": "按时办结（2014至2018年）",
}


@pytest.mark.parametrize(
    ("words", "what", "year", "level", "is_share", "is_ranking"),
    [
        ("不予公开", "不予公开", None, "", False, False),
        ("淳安县2021年不予公开率", "淳安县不予公开", 2021, "", True, False),
        ("不予公开占比多少", "不予公开", None, "", True, False),
        ("2021年不予公开的比例是多少", "不予公开", 2021, "", True, False),
        ("哪个县不予公开最多", "不予公开", None, "county", False, True),
        ("2021年哪个市的不予公开率最高", "不予公开", 2021, "city", True, True),
        ("不予公开率最高的县", "不予公开", None, "county", True, True),
        ("哪些部门 收到申请 最多？", "收到申请", None, "", False, True),
        ("各省予以公开率排名", "予以公开", None, "province", True, True),
        ("收到申请 2018", "收到申请", 2018, "", False, False),
        ("市场监督管理局", "市场监督管理局", None, "", False, False),
    ],
)
def test_what_is_asked_is_told_from_how_it_is_asked(
    words: str, what: str, year: int | None, level: str, is_share: bool, is_ranking: bool
) -> None:
    assert read(words) == (what, year, level, is_share, is_ranking)


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("不予公开", ["denied"]),
        ("予以公开", ["granted"]),
        ("按时办结", ["on_time"]),
        ("部分公开", ["granted_or_partly"]),
        ("公开", ["granted", "granted_or_partly"]),
        ("年", []),
    ],
)
def test_a_rate_is_never_taken_for_its_opposite(words: str, ids: list[str]) -> None:
    assert rates_called(words, LABELS) == ids


def test_a_denial_is_no_slip_of_what_it_denies() -> None:
    assert is_opposite("不予公开", "予以公开")
    assert is_opposite("予以公开", "不予公开（2019年起）")
    assert not is_opposite("不予公幵", "不予公开（2019年起）")
