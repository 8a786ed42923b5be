"""Every small document is read as its page says, number by number and place by place."""

import pytest

from tests.golden.accept import differences, kept
from tests.golden.places import PAGES, kinds, places_of

KINDS = kinds()


@pytest.mark.parametrize("name", KINDS)
def test_every_number_of_a_kind_of_document_is_seen_where_it_stands(name: str) -> None:
    page = PAGES / f"{name}.txt"
    changed = "\n".join(
        differences({name: page.read_text("utf-8")}, {name: places_of(KINDS[name])})
    )
    assert not changed, f"{changed}\nif this is right: make accept ARGUMENTS={name}"


def test_every_page_has_its_document() -> None:
    assert kept(PAGES).keys() == KINDS.keys()
