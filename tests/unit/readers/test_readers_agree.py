"""The same table reads the same from every format."""

import pytest
from declared_table import (
    MERGED,
    PLAIN,
    SENTENCE,
    assert_places,
    declared_cells,
    grid,
    merged_docx,
    merged_html,
    merged_xlsx,
    plain_docx,
    plain_html,
    plain_text,
    plain_xlsx,
)

from pipeline.model.document import Document, Paragraph
from pipeline.readers.reading import read

PLAIN_FILES = {
    "txt": plain_text(),
    "html": plain_html().encode("gb18030"),
    "docx": plain_docx(),
    "xlsx": plain_xlsx(),
}
MERGED_FILES = {
    "html": merged_html().encode(),
    "docx": merged_docx(),
    "xlsx": merged_xlsx(),
}


def only_document(name: str, data: bytes) -> Document:
    (reading,) = read(name, data)
    assert isinstance(reading.content, Document), reading.content
    assert reading.member == ""
    return reading.content


@pytest.mark.parametrize("ending", PLAIN_FILES)
@pytest.mark.parametrize("pretended", ["same", "doc", "pdf", "html", "txt", "zip"])
def test_plain_table_reads_the_same_whatever_the_file_is_called(ending, pretended):
    name = f"报告.{ending if pretended == 'same' else pretended}"
    document = only_document(name, PLAIN_FILES[ending])
    assert grid(document) == [[list(row) for row in PLAIN]]
    assert_places(document)


@pytest.mark.parametrize("ending", PLAIN_FILES)
def test_prose_stays_outside_the_table(ending):
    document = only_document(f"a.{ending}", PLAIN_FILES[ending])
    assert [b.text for b in document.blocks if isinstance(b, Paragraph)] == [SENTENCE]


@pytest.mark.parametrize("ending", MERGED_FILES)
def test_unsegmented_rows_stand_once_at_their_origin(ending):
    document = only_document(f"a.{ending}", MERGED_FILES[ending])
    assert declared_cells(document) == [MERGED]
    assert_places(document)
