"""Archives: every member by its path, within limits, and nothing written."""

import gzip
import io
import os
import tarfile

import pytest

from pipeline.model.document import Document, Reading, Reason, Rejection
from pipeline.readers.archive import archives
from pipeline.readers.reading import read, read_path
from tests.generator.packed import zipped

TEXT = "某局2018年政府信息公开工作年度报告，主动公开政府信息236条。"


def tarred(members: dict[str, bytes], mode: str = "w:gz") -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode=mode) as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/hostname"
        archive.addfile(link)
    return stream.getvalue()


def contents(name: str, data: bytes) -> dict[str, Document | Rejection]:
    found = {}
    for reading in read(name, data):
        assert isinstance(reading, Reading)
        assert len(reading.sha256) == 64
        found[reading.member] = reading.content
    return found


@pytest.mark.parametrize("pack", [zipped, tarred, lambda m: tarred(m, "w")])
def test_members_are_read_by_content_and_named_by_path(pack):
    html = f"<html><body><p>{TEXT}</p></body></html>".encode("gb18030")
    found = contents("县.zip", pack({"a/报告.doc": html, "b.txt": TEXT.encode()}))
    assert {member: content.media_type for member, content in found.items()} == {
        "a/报告.doc": "text/html",
        "b.txt": "text/plain",
    }


def test_archives_are_opened_to_the_second_level_only():
    third = zipped({"deep.txt": TEXT.encode()})
    second = zipped({"in.txt": TEXT.encode(), "third.zip": third})
    found = contents("a.zip", zipped({"second.zip": second}))
    assert isinstance(found["second.zip!/in.txt"], Document)
    assert found["second.zip!/third.zip"].reason is Reason.TOO_DEEP
    assert len(found) == 2


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_names_leading_out_are_only_names(pack, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names = ["../../out.txt", "/abs.txt", "..\\..\\w.txt", "C:\\x.txt"]
    found = contents("a.zip", pack({name: TEXT.encode() for name in names}))
    assert len(found) == len(names)
    assert list(tmp_path.iterdir()) == []
    assert not (tmp_path.parent.parent / "out.txt").exists()


def test_names_in_gbk_are_read_as_windows_wrote_them():
    plain = zipped({"AAAA.txt": TEXT.encode()})
    assert list(contents("a.zip", plain.replace(b"AAAA", "报告".encode("gbk")))) == ["报告.txt"]


def test_litter_of_other_systems_is_no_document():
    names = ("__MACOSX/a.txt", "c/._a.txt", "Thumbs.db", "a/.DS_Store")
    litter = dict.fromkeys(names, TEXT.encode())
    assert contents("a.zip", zipped({**litter, "b.txt": TEXT.encode()})).keys() == {"b.txt"}


def test_locked_member_is_named_and_the_others_are_read():
    data = bytearray(zipped({"a.txt": TEXT.encode(), "b.txt": TEXT.encode()}))
    data[data.index(b"PK\x03\x04") + 6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    found = contents("a.zip", bytes(data))
    assert found["a.txt"].reason is Reason.ENCRYPTED
    assert isinstance(found["b.txt"], Document)


def test_rejected_members_of_two_archives_are_two_documents():
    def locked(extra: str) -> bytes:
        data = bytearray(zipped({"a.txt": TEXT.encode() + extra.encode()}))
        data[data.index(b"PK\x01\x02") + 8] |= 1
        return bytes(data)

    (one,), (other,) = read("a.zip", locked("1")), read("b.zip", locked("2"))
    assert one.sha256 != other.sha256


def test_archive_that_unpacks_to_far_more_than_it_is_gets_refused_whole():
    found = contents("a.zip", zipped({f"{n}.txt": b"0" * (20 << 20) for n in range(4)}))
    assert found[""].reason is Reason.SUSPICIOUS_ARCHIVE
    assert len(found) == 1


def test_single_gzip_that_unpacks_without_end_is_cut_off():
    found = contents("a.gz", gzip.compress(b"0" * (archives.MAX_DOCUMENT + 10)))
    assert found[""].reason is Reason.TOO_LARGE


def test_too_many_members_are_refused(monkeypatch):
    monkeypatch.setattr(archives, "MAX_MEMBERS", 3)
    many = {f"{n}.txt": TEXT.encode() for n in range(5)}
    assert contents("a.zip", zipped(many))[""].reason is Reason.TOO_MANY
    assert contents("a.tgz", tarred(many))[""].reason is Reason.TOO_MANY


@pytest.mark.parametrize("cut", [0.3, 0.7, 0.95])
def test_cut_archives_are_reported_as_damaged(cut):
    noise = {f"{n}.bin": os.urandom(5_000) for n in range(4)}
    for name, data in (("a.zip", zipped(noise)), ("a.tgz", tarred(noise))):
        found = contents(name, data[: int(len(data) * cut)])
        reasons = [c.reason for c in found.values() if isinstance(c, Rejection)]
        assert Reason.DAMAGED in reasons


def test_archives_on_disk_read_like_archives_in_memory(tmp_path):
    data = zipped({"a.txt": TEXT.encode(), "b.html": b"<p>x</p>"})
    path = tmp_path / "报告 (1).zip"
    path.write_bytes(data)
    assert list(read_path(path)) == list(read(path.name, data))


def test_large_plain_file_is_refused_unread(tmp_path):
    path = tmp_path / "a.txt"
    with path.open("wb") as stream:
        stream.truncate(archives.MAX_DOCUMENT + 1)
    (reading,) = read_path(path)
    assert reading.content.reason is Reason.TOO_LARGE


@pytest.mark.parametrize("magic", [b"Rar!\x1a\x07\x01\0", b"7z\xbc\xaf\x27\x1c\0\4", b"BZh91AY"])
def test_other_archives_say_what_to_do(magic):
    (content,) = contents("a.zip", magic + bytes(50)).values()
    assert content.reason is Reason.UNSUPPORTED
    assert "unpack" in content.detail


@pytest.mark.parametrize("name", ["a.zip", "a.tgz"])
def test_an_archive_of_nothing_vanished_without_a_word(name):
    empty = zipped({}) if name == "a.zip" else tarred({})
    (content,) = contents(name, empty).values()
    assert content.reason is Reason.EMPTY


@pytest.mark.parametrize(("times", "is_read"), [(290, True), (310, False)])
def test_an_archive_unpacks_to_three_hundred_times_its_size_at_most(times, is_read):
    data = bytes(33 << 20)
    stream = io.BytesIO(zipped({"a.txt": data}))
    (member,) = archives.zip_members(stream, len(data) // times)
    assert isinstance(member.content, bytes) is is_read


def test_a_sheet_packed_alone_is_read_by_the_name_it_had():
    (sheet,) = contents("a.csv.gz", gzip.compress("项目,数量\n收到申请,5\n".encode())).values()
    assert isinstance(sheet, Document)
    assert sheet.media_type == "text/csv"
