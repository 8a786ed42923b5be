"""Bytes to text: every codec met on Chinese sites, and what is no text at all."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.document import Reason, Rejection
from pipeline.readers.encodings import Decoded, decode

SIMPLE = "平潭综合实验区经济发展局2020年政府信息公开工作年度报告。本年度共主动公开政府信息117条。"
FULL = "臺北市政府信息公開年度報告。本年度共主動公開政府信息一百條，並受理申請三件。"


def text_of(data: bytes) -> str:
    decoded = decode(data)
    assert isinstance(decoded, Decoded)
    return decoded.text


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (SIMPLE.encode(), "utf-8"),
        (SIMPLE.encode("utf-8-sig"), "utf-8-sig"),
        (SIMPLE.encode("gb18030"), "gb18030"),
        (SIMPLE.encode("gbk"), "gb18030"),
        (codecs.BOM_UTF16_LE + SIMPLE.encode("utf-16-le"), "utf-16"),
        (codecs.BOM_UTF16_BE + SIMPLE.encode("utf-16-be"), "utf-16"),
        (SIMPLE.encode("utf-16-le"), "utf-16-le"),
        (SIMPLE.encode("utf-16-be"), "utf-16-be"),
        (SIMPLE.encode("utf-32"), "utf-32"),
    ],
)
def test_simplified_text(data: bytes, encoding: str) -> None:
    decoded = decode(data)
    assert isinstance(decoded, Decoded)
    assert (decoded.text, decoded.encoding, decoded.damaged) == (SIMPLE, encoding, 0)


def test_traditional_text() -> None:
    decoded = decode(FULL.encode("big5"))
    assert isinstance(decoded, Decoded)
    assert (decoded.text, decoded.encoding) == (FULL, "big5")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_cut_last_character_costs_that_character_alone(encoding: str) -> None:
    decoded = decode((SIMPLE + "件").encode(encoding)[:-1])
    assert isinstance(decoded, Decoded)
    assert decoded.text.startswith(SIMPLE)
    assert decoded.damaged == 1


def test_stray_bytes_are_counted() -> None:
    data = (SIMPLE * 100).encode()
    decoded = decode(data[:3000] + b"\xff" + data[3000:])
    assert isinstance(decoded, Decoded)
    assert (decoded.encoding, decoded.damaged) == ("utf-8", 1)


def test_line_ends_become_line_feeds() -> None:
    assert text_of("一\r\n二\r三\n".encode()) == "一\n二\n三\n"


def test_digits_alone_are_text() -> None:
    assert text_of(b"1,2,3\n4,5,6\n") == "1,2,3\n4,5,6\n"


@pytest.mark.parametrize("data", [b"", b"  \n\t ", b"\r\n" * 5])
def test_an_empty_file_is_said_to_be_empty(data: bytes) -> None:
    rejected = decode(data)
    assert isinstance(rejected, Rejection)
    assert rejected.reason is Reason.EMPTY


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
        bytes(range(1, 256)) * 20,
        b"\x00\x01\x02" * 99,
    ],
)
def test_binary_is_no_text(data: bytes) -> None:
    rejected = decode(data)
    assert isinstance(rejected, Rejection)
    assert rejected.reason is Reason.BINARY


@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_a_reason(data: bytes) -> None:
    assert isinstance(decode(data), Decoded | Rejection)


@given(st.text(alphabet="政府信息公开申请条件0123456789，。", min_size=8, max_size=200))
def test_a_text_comes_back_from_utf8(text: str) -> None:
    assert text_of(text.encode()) == text


@pytest.mark.parametrize(("broken", "is_text"), [(5, True), (20, False)])
def test_a_text_is_read_with_some_characters_broken_and_not_with_many(
    broken: int, is_text: bool
) -> None:
    data = bytearray((FULL * 3).encode("big5"))
    for n in range(broken):
        data[n * len(data) // broken] = 0xFF
    assert isinstance(decode(bytes(data)), Decoded) is is_text


@pytest.mark.parametrize(("stray", "is_utf8"), [(3, True), (4, False)])
def test_a_stray_byte_in_two_thousand_and_one_more_leave_a_text_what_it_is(
    stray: int, *, is_utf8: bool
) -> None:
    data = (SIMPLE * 100)[:1500].encode()
    assert 4000 <= len(data) < 5900
    decoded = decode(data + b"\xff" * stray + "。".encode())
    assert (isinstance(decoded, Decoded) and decoded.encoding == "utf-8") is is_utf8
