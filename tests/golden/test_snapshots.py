"""Every document is read as its page says; a change is seen and taken over on purpose."""

import difflib

import pytest

from tests.golden.snapshot import KEPT, documents, snapshot_of

DOCUMENTS = documents()
pytestmark = pytest.mark.skipif(not KEPT.exists(), reason="no page is kept yet: make accept")
# LibreOffice opens these, which takes longer than everything else together.
OPENED_BY_OFFICE = {".doc", ".odt", ".rtf"}


NAMES = [
    pytest.param(name, marks=[pytest.mark.slow] * (path.suffix in OPENED_BY_OFFICE))
    for name, path in DOCUMENTS.items()
]


@pytest.mark.parametrize("name", NAMES)
def test_a_document_is_read_as_its_page_says(name: str) -> None:
    kept = (KEPT / f"{name}.txt").read_text("utf-8").splitlines()
    now = snapshot_of(DOCUMENTS[name]).splitlines()
    told = difflib.unified_diff(kept, now, "kept", "now", n=0, lineterm="")
    changed = "\n".join(told)
    assert not changed, f"{changed}\nif this is right: make accept ARGUMENTS={name}"


def test_every_page_has_its_document() -> None:
    pages = {path.relative_to(KEPT).as_posix() for path in KEPT.rglob("*.txt")}
    assert pages == {f"{name}.txt" for name in DOCUMENTS}
