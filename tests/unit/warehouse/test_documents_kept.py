"""Documents come back from the store as they were read, and are read again when they must be."""

import io
import shutil
from pathlib import Path
from zipfile import ZipFile

import pytest

from pipeline.model.document import Document, Reading, Reason
from pipeline.parsing import DocumentResult
from pipeline.readers.office import office_convert
from pipeline.readers.reading import read
from pipeline.settings import ROOT, Settings
from pipeline.warehouse.engines import worker
from pipeline.warehouse.intake.inventory import Inventory
from pipeline.warehouse.store.documents import read_back
from pipeline.warehouse.store.parse_store import ParseStore
from pipeline.warehouse.store.store_rows import StoreRows
from pipeline.warehouse.store.tasks import Task

FORMATS = sorted(
    path
    for path in (ROOT / "tests" / "golden" / "formats").iterdir()
    if path.suffix in {".pdf", ".docx", ".xlsx", ".html", ".txt", ".csv", ".ods", ".mhtml"}
)
RTF = rb"{\rtf1 \u25919?}"


@pytest.fixture
def store(settings: Settings) -> ParseStore:
    return ParseStore(settings.store)


def kept(store: ParseStore, readings: dict[str, list[Reading]]) -> dict[str, list[Reading]]:
    rows = StoreRows()
    for file_id, several in readings.items():
        for one in several:
            content = one.content if isinstance(one.content, Document) else None
            rejection = None if isinstance(one.content, Document) else one.content
            document = DocumentResult(one.member, one.sha256, None, None, (), rejection, content)
            rows.keep((file_id, 1), document)
        rows.keep_file((file_id, 1))
    store.documents.write(rows.to_arrow())
    (batch,) = store.documents.all()
    found: dict[str, list[Reading]] = {}
    for (file_id, _part), reading in read_back(batch, {(one, 1) for one in readings}):
        found.setdefault(file_id, []).append(reading)
    return found


def test_every_format_comes_back_as_it_was_read(store: ParseStore) -> None:
    archive = io.BytesIO()
    with ZipFile(archive, "w") as members:
        members.writestr("a.txt", "政府信息公开".encode())
        members.writestr("b.bin", b"\0\1\2")
    files = {path.name: path.read_bytes() for path in FORMATS} | {"z.zip": archive.getvalue()}
    readings = {
        name: [one for one in read(name, data) if isinstance(one, Reading)]
        for name, data in sorted(files.items())
    }
    assert kept(store, readings) == readings


def test_half_a_character_costs_only_itself(store: ParseStore) -> None:
    broken = Document("公\ud800开", (), "text/plain", metadata={"网址": "a\udfff"})
    (reading,) = kept(store, {"a": [Reading("p\ud800", "0", broken)]})["a"]
    assert reading.member == "p\ufffd"
    assert isinstance(reading.content, Document)
    assert reading.content.text == "公\ufffd开"


def tasks(settings: Settings, store: ParseStore) -> list[Task]:
    inventory = Inventory(settings.store)
    inventory.update(settings.raw)
    return list(inventory.todo(settings.raw, store).each)


def test_what_was_read_is_not_read_again_for_reports(settings: Settings, store: ParseStore) -> None:
    assert isinstance(settings.raw, Path)
    assert isinstance(settings.store, Path)
    report = settings.raw / "a.txt"
    report.write_text("高青县水利局2018年政府信息公开工作年度报告\n", "utf-8")
    store.write([worker.parse(tuple(tasks(settings, store)))])
    assert tasks(settings, store) == []

    shutil.rmtree(settings.store / "reports")
    (again,) = tasks(settings, store)
    assert again.stored is not None
    # Whoever opened it would find another file.
    report.write_text("nothing", "utf-8")
    store.write([worker.parse((again,))])
    report.write_text("高青县水利局2018年政府信息公开工作年度报告\n", "utf-8")
    assert tasks(settings, store) == []


def test_a_file_that_waited_for_a_program_is_read_when_it_is_there(
    settings: Settings, store: ParseStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office_convert, "office", lambda: None)
    assert isinstance(settings.raw, Path)
    (settings.raw / "a.rtf").write_bytes(RTF)
    (settings.raw / "b.txt").write_text("高青县水利局2018年政府信息公开工作年度报告\n", "utf-8")
    found = tasks(settings, store)
    store.write([worker.parse(tuple(found))])
    inventory = Inventory(settings.store)
    assert inventory.waiting(store, [Reason.NEEDS_OCR]) == []
    waiting = inventory.waiting(store, [Reason.NEEDS_OFFICE])
    assert waiting == [one.file_id for one in found if one.source_path == "a.rtf"]

    for _night in range(2):
        store.forget(waiting)
        (again,) = tasks(settings, store)
        assert (again.source_path, again.stored) == ("a.rtf", None)
        store.write([worker.parse((again,))])
        assert tasks(settings, store) == []
