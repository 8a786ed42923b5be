"""A mark beside a number says which doubt it is, not every doubt there may be."""

import pytest

from pipeline.explorer.rendering import doubt_of
from pipeline.explorer.texts import Translator
from pipeline.warehouse.records import Record
from pipeline.warehouse.standing_levels import standings

DOUBTFUL, DISPUTED = {"standing": "doubtful"}, {"standing": "disputed"}


@pytest.mark.parametrize(
    ("row", "said", "unsaid"),
    [
        (DOUBTFUL | {"confidence": 0.6, "warnings_failing": 0}, ["可信度 0.6"], ["核验"]),
        (DOUBTFUL | {"confidence": 0.95, "warnings_failing": 2}, ["2 项核验"], ["可信度"]),
        (DOUBTFUL | {"confidence": 0.6, "warnings_failing": 1}, ["1 项核验", "可信度 0.6"], []),
        (DISPUTED | {"errors_failing": 3, "confidence": 1.0}, ["3 项 error"], ["可信度"]),
        (DISPUTED | {"errors_failing": 0}, [standings()["disputed"].meaning_zh], []),
        (DOUBTFUL, [standings()["doubtful"].meaning_zh], []),
    ],
)
def test_the_reason_that_holds_is_said(row: Record, said: list[str], unsaid: list[str]) -> None:
    """Thirty marks of a page each listed every reason a number may be in doubt for."""
    told = doubt_of(row, Translator("zh"))
    assert all(one in told for one in said)
    assert not any(one in told for one in unsaid)


def test_what_is_not_in_doubt_has_no_mark() -> None:
    assert not doubt_of({"standing": "undisputed", "warnings_failing": 4}, Translator("zh"))
