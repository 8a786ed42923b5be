"""What is published of a small town, and what is answered of it, is what its pages say."""

from pathlib import Path

import pytest

pytest.importorskip("vl_convert", reason="needs pip install -e '.[explorer]'")

from tests.golden.accept import differences, kept
from tests.golden.town import PAGES, Town
from tests.golden.town_told import Told


def test_every_table_and_every_answer_is_as_its_page_says(tmp_path: Path) -> None:
    told = dict(Told(Town(tmp_path)).pages())
    changed = "\n".join(differences(kept(PAGES), told))
    assert not changed, f"{changed}\nif this is right: make accept ARGUMENTS=town"
