"""What a library trips over in one document costs that document, for the reason it has."""

import io
import zipfile
from typing import NoReturn

import pytest

from pipeline.model.document import Document, Reading, Reason, Rejection
from pipeline.readers import reading
from pipeline.readers.sniffing import Format


@pytest.mark.parametrize(
    ("error", "reason"),
    [(MemoryError(), Reason.OUT_OF_MEMORY), (ValueError("broken"), Reason.DAMAGED)],
    ids=["out of memory", "broken"],
)
def test_a_document_too_large_for_memory_is_not_called_damaged(
    monkeypatch: pytest.MonkeyPatch, error: Exception, reason: Reason
) -> None:
    def fail(_: bytes) -> NoReturn:
        raise error

    monkeypatch.setattr(reading, "_READERS", {**reading._READERS, Format.HTML: fail})
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.html", "<html><body><p>年度报告</p></body></html>")
        archive.writestr("b.txt", "年度报告")
    first, second = reading.read("a.zip", packed.getvalue())
    assert isinstance(first, Reading)
    assert isinstance(first.content, Rejection)
    assert first.content.reason is reason
    assert isinstance(second, Reading)
    assert isinstance(second.content, Document)
