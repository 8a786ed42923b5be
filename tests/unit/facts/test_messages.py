"""Every finding has its sentence, and every gap of a sentence is filled wherever it is said."""

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from pipeline.facts.check_results import messages
from pipeline.forms.rules import rules

FACTS = Path(__file__).parents[3] / "pipeline" / "facts"
NO_GAPS = {"actual", "expected", "left", "right", "about"}
OF_LEFT = {"left", "left_sum", "actual"}
OF_RIGHT = {"right", "second", "right_sum", "expected"}


def said() -> Iterator[tuple[str, frozenset[str], frozenset[str], str]]:
    """Every finding that the code makes, the gaps it fills, those its sides do, and where."""
    for path in sorted(FACTS.glob("*.py")):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(call, ast.Call) and ast.unparse(call.func) in ("result", "check_result"):
                filled = frozenset(one.arg for one in call.keywords if one.arg) - NO_GAPS
                sides = frozenset(of_sides(call) if ast.unparse(call.func) == "result" else ())
                for part in ast.walk(call.args[0]):
                    if isinstance(part, ast.Constant) and isinstance(part.value, str):
                        yield part.value, filled, sides, f"{path.name}:{call.lineno}"


def of_sides(call: ast.Call) -> Iterator[str]:
    """The gaps that the sides of a result fill: an empty side has no number to name."""
    left, *right = call.args[2:]
    yield from OF_LEFT if ast.unparse(left) != "()" else ()
    for side in right:
        is_one = isinstance(side, ast.Tuple) and len(side.elts) < 2
        yield from OF_RIGHT - {"second"} if is_one else OF_RIGHT
    yield "expected"


SAID = list(said())


def gaps(text: str) -> frozenset[str]:
    fields = (field for _, field, _, _ in Formatter().parse(text) if field)
    return frozenset(field.partition(".")[0] for field in fields)


@pytest.mark.parametrize(
    ("finding", "filled", "sides", "place"), SAID, ids=[place for *_, place in SAID]
)
def test_a_finding_fills_the_gaps_of_its_sentence_and_no_others(
    finding: str, filled: frozenset[str], sides: frozenset[str], place: str
) -> None:
    message = messages()[finding]
    named = gaps(message.zh) | gaps(message.en)
    assert filled <= named <= filled | sides


def test_every_sentence_is_said_somewhere() -> None:
    assert {finding for finding, *_ in SAID} == set(messages())


def test_every_sentence_is_of_a_declared_rule() -> None:
    assert {one.rule for one in messages().values()} <= set(rules())
