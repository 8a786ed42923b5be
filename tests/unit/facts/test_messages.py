"""Every finding has its sentence, and every gap of a sentence is filled wherever it is said."""

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from pipeline.facts.check_results import messages
from pipeline.forms.rules import rules

FACTS = Path(__file__).parents[3] / "pipeline" / "facts"
NO_GAPS = {"actual", "expected", "left", "right"}


def said() -> Iterator[tuple[str, frozenset[str], str]]:
    """Every finding that the code makes, the gaps it fills, and where."""
    for path in sorted(FACTS.glob("*.py")):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(call, ast.Call) and ast.unparse(call.func) in ("result", "check_result"):
                filled = frozenset(one.arg for one in call.keywords if one.arg) - NO_GAPS
                for part in ast.walk(call.args[0]):
                    if isinstance(part, ast.Constant) and isinstance(part.value, str):
                        yield part.value, filled, f"{path.name}:{call.lineno}"


SAID = list(said())


def gaps(text: str) -> frozenset[str]:
    fields = (field for _, field, _, _ in Formatter().parse(text) if field)
    return frozenset(field.partition(".")[0] for field in fields)


@pytest.mark.parametrize(("finding", "filled", "place"), SAID, ids=[place for *_, place in SAID])
def test_a_finding_fills_the_gaps_of_its_sentence_and_no_others(
    finding: str, filled: frozenset[str], place: str
) -> None:
    message = messages()[finding]
    assert gaps(message.zh) | gaps(message.en) == filled


def test_every_sentence_is_said_somewhere() -> None:
    assert {finding for finding, *_ in SAID} == set(messages())


def test_every_sentence_is_of_a_declared_rule() -> None:
    assert {one.rule for one in messages().values()} <= set(rules())
