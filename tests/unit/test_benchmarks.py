"""The benchmarks' own tools: what they generate, the guard over ratios and the plot."""

import xml.etree.ElementTree as ElementTree
from pathlib import Path

from benchmarks.generated import generate
from benchmarks.guard import worse
from benchmarks.measuring import BenchmarkLine
from benchmarks.plotting import plot

LINES = [
    BenchmarkLine("ours against <theirs>", "0.45", "<= 0.5"),
    BenchmarkLine("pages", "12,345 a second"),
    BenchmarkLine("peak & memory", "300 MiB"),
    BenchmarkLine("reports", "unknown"),
]


def test_the_generated_store_has_every_column_of_the_store(tmp_path: Path) -> None:
    """A column that was new to the store ended the benchmark of publications."""
    assert generate(tmp_path / "store", agencies=5, years=2, facts_a_report=20) == 200


def test_the_guard_tells_what_became_worse_and_what_was_not_measured() -> None:
    assert worse(LINES, {"ours against <theirs>": 0.5}) == []
    assert worse(LINES, {"ours against <theirs>": 0.4}) == [
        "ours against <theirs>: 0.45, at most 0.4"
    ]
    assert worse(LINES, {"gone": 1.0}) == ["gone: not measured"]


def test_the_plot_shows_every_figure_with_the_machine() -> None:
    picture = plot({"speed": LINES}, "a machine & its versions")
    texts = "".join(ElementTree.fromstring(picture).itertext())
    for line in LINES[:3]:
        assert line.name in texts
        assert line.figure in texts
    assert "a machine & its versions" in texts


def test_a_figure_is_a_number_with_a_unit() -> None:
    assert [line.value for line in LINES] == [0.45, 12345.0, 300.0, None]
    assert [line.unit for line in LINES[:3]] == ["", "a second", "MiB"]
