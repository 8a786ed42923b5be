"""What has once been reached is not lost: recall by group only rises, wrong only falls.

Golden documents are held against the floors in ``test_snapshots``, which has read them.
"""

from benchmarks.accuracy import PAGE, Score, mistakes_noticed, page, worse
from tests.mutations.mistakes import floors

FLOOR = {"recall": 0.5, "wrong": 1}


def test_a_lost_value_a_wrong_one_and_a_vanished_group_are_told() -> None:
    assert worse({"D": Score(2, 1, 1, 0)}, {"D": FLOOR}) == []
    assert worse({"D": Score(3, 1, 0, 0)}, {"D": FLOOR}) == ["D: recall 0.3333, floor 0.5000"]
    assert worse({"D": Score(2, 1, 2, 0)}, {"D": FLOOR}) == ["D: 2 wrong, at most 1"]
    assert worse({}, {"D": FLOOR}) == ["D: not measured"]


def test_the_page_adds_the_groups_up() -> None:
    shown = page(
        {"D | html | layouts": Score(3, 2, 1, 1), "sentences | parts": Score(1, 1, 0, 0)},
        {"sql": 95.0},
    )
    assert "| D | html | layouts | 3 | 66.67% | 1 | 1 |" in shown
    assert "| sentences | parts |  | 1 | 100.00% | 0 | 0 |" in shown
    assert "| all | | | 4 | 75.00% | 1 | 1 |\n\n" in shown
    assert shown.endswith("| sql | 95.0 % |\n")


def test_the_page_says_which_share_of_mistakes_is_noticed() -> None:
    assert PAGE.read_text("utf-8").endswith("\n".join([*mistakes_noticed(floors()), ""]))
