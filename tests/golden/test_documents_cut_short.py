"""A text that ends in the middle, as a fetch that broke off leaves it, is read to where it ends.

What looks ahead of a line must not stumble over there being none.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.model.document import Reason
from pipeline.parsing import parse_file
from tests.golden.places import kinds

TEXTS = {name: path for name, path in kinds().items() if path.suffix in (".md", ".txt")}
SHARES = (0.5,)


def cuts(path: Path) -> Iterator[bytes]:
    """The text to behind its last row of figures, and to its middle."""
    lines = path.read_bytes().split(b"\n")
    tabular = [number for number, line in enumerate(lines) if line.count(b"|") > 1 or b"  " in line]
    for last in {*(int(len(lines) * share) for share in SHARES), *tabular[-1:]}:
        yield b"\n".join(lines[: last + 1])


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_may_end_behind_any_line(name: str) -> None:
    read = [one for cut in cuts(TEXTS[name]) for one in parse_file(name, cut)]
    reasons = [one.rejection and one.rejection.reason for one in read]
    assert read
    assert Reason.CRASHED not in reasons
