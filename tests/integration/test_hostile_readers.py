"""Whatever comes, the readers answer: a harmless document or a reason, never an exception."""

import gzip
import io
import json
import os
import random
import tarfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model.document import Document, Reading, Rejection, Skipped
from pipeline.readers.reading import read
from tests.generator.packed import zipped

GOLDEN = Path(__file__).parents[1] / "golden"
FORMATS = GOLDEN / "formats"
FOUND = sorted((GOLDEN / "hostile").glob("*"))
PAGE = (
    "<html><body><p>某局2018年政府信息公开工作年度报告，主动公开政府信息236条。</p></body></html>"
)


def _tar(data: bytes) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        info = tarfile.TarInfo("a.html")
        info.size = len(data)
        archive.addfile(info, io.BytesIO(data))
    return stream.getvalue()


def _warc(data: bytes) -> bytes:
    head = f"WARC/1.0\r\nWARC-Type: conversion\r\nContent-Length: {len(data)}\r\n\r\n"
    return head.encode() + data + b"\r\n\r\n"


VALID = {
    **{
        name: (FORMATS / name).read_bytes()
        for name in ("form.docx", "form.doc", "form.xls", "form.xlsx", "form.ods", "form.html")
    },
    "a.pdf": (FORMATS / "form_over_pages.pdf").read_bytes(),
    "a.zip": zipped({"县/a.html": PAGE.encode(), "b.txt": "甲\t1\n".encode()}),
    "a.tar": _tar(PAGE.encode()),
    "a.tar.gz": gzip.compress(_tar(PAGE.encode())),
    "a.jsonl": (json.dumps({"url": "u", "html": PAGE}) + "\n").encode() * 3,
    "a.warc": _warc(PAGE.encode()) * 2,
    "a.warc.gz": gzip.compress(_warc(PAGE.encode())),
    "a.mht": b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n"
    b"Content-Type: text/html\n\n" + PAGE.encode() + b"\n--x--",
}


def outcomes(name: str, data: bytes) -> list[Document | Rejection | Skipped]:
    found = list(read(name, data))
    for reading in found:
        if isinstance(reading, Skipped):
            continue
        assert isinstance(reading, Reading)
        reading.member.encode()
        if isinstance(reading.content, Rejection):
            assert reading.content.detail.rstrip().endswith(".")
            assert "\n" not in reading.content.detail
        else:
            _assert_sound(reading.content)
    return [getattr(reading, "content", reading) for reading in found]


def _assert_sound(document: Document) -> None:
    for block in document.blocks:
        assert 0 <= block.place.start <= block.place.end <= len(document.text)


EXAMPLES = int(os.environ.get("GONGKAI_EXAMPLES", "60"))
"""Set GONGKAI_EXAMPLES=2000 for the long form; `make fuzz` looks further."""


@st.composite
def mutated(draw: st.DrawFn) -> tuple[str, bytes]:
    """A valid file with bytes changed, cut out, doubled or put in."""
    name = draw(st.sampled_from(sorted(VALID)))
    data = bytearray(VALID[name])
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(data)))
        match draw(st.sampled_from(["change", "cut", "insert", "double", "end"])):
            case "change" if at < len(data):
                data[at] = draw(st.integers(0, 255))
            case "cut":
                del data[at : at + draw(st.sampled_from([1, 10, 1_000]))]
            case "insert":
                data[at:at] = draw(st.binary(max_size=40))
            case "double":
                data[at:at] = data[max(0, at - draw(st.sampled_from([8, 500]))) : at]
            case "end":
                del data[at + draw(st.integers(0, 5_000)) :]
    return name, bytes(data)


@settings(max_examples=EXAMPLES, deadline=None, derandomize=True)
@given(mutated())
def test_no_mutation_of_a_valid_file_raises(file):
    name, data = file
    outcomes(name, data)


@settings(max_examples=EXAMPLES, deadline=None, derandomize=True)
@given(st.text(max_size=60), st.binary(max_size=400))
def test_no_bytes_under_any_name_raise(name, data):
    assert len(outcomes(name, data)) <= 2


TAGS = st.sampled_from(
    """<table>|<tr>|<td>|<td rowspan=0>|<td colspan=9999>|</table>|</tr>|<th rowspan='３'>|<p>|</p>
<br>|<div>|</div>|<div class=nav>|<a href=x>|</a>|<b>|<caption>|<thead>|<tbody>|甲|1|&nbsp;
<!-- -->|<script>|</script>|<form>|<svg>|<select>|<option>|<template>|来源：甲""".replace(
        "\n", "|"
    ).split("|")
)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.lists(TAGS, max_size=60))
def test_no_order_of_tags_raises(tags):
    outcomes("a.html", ("<html><body>" + "".join(tags)).encode())


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.name)
def test_files_that_once_broke_a_reader(path):
    assert outcomes(path.name, path.read_bytes())


# Files made to hurt, each built in a moment.
EXTREMES: dict[str, Callable[[], bytes]] = {
    "empty": lambda: b"",
    "zeros": lambda: bytes(1_000_000),
    "random": lambda: random.Random(0).randbytes(300_000),
    "one_letter": lambda: b"a" * 5_000_000,
    "one_bracket": lambda: b"<" * 5_000_000,
    "one_han": lambda: "中".encode() * 1_700_000,
    "blanks_in_html": lambda: b"<html><p>" + b" " * 5_000_000,
    "nested_5000": lambda: b"<html>" + b"<div>" * 5_000 + b"x",
    "nested_500000": lambda: b"<html>" + b"<div>" * 500_000,
    "nested_tables": lambda: b"<html>" + b"<table><tr><td>a<td>b<td>c<td>d<tr><td>" * 2_500,
    "unclosed_fonts": lambda: b"<html>" + b"<font>" * 200_000 + b"<p>x" * 10_000,
    "rows_20000": lambda: b"<html><table>" + "<tr><td>行<td>1<td>2".encode() * 20_000,
    "colspans": lambda: b"<html><table>" + b"<tr><td colspan=1000>x" * 50_000,
    "rowspans": lambda: b"<html><table><tr>" + b"<td rowspan=65534>x" * 999 + b"<tr><td>y" * 20_000,
    "links": lambda: b"<html>" + b"<a href=x>y</a>" * 100_000,
    "json_depth": lambda: b'{"a":' + b"[" * 100_000,
    "zip_bomb": lambda: zipped({f"{n}.txt": bytes(30 << 20) for n in range(3)}),
    "docx_bomb": lambda: zipped({"word/document.xml": b" " * (80 << 20)}),
    "docx_nonsense": lambda: zipped({"word/document.xml": b"<a/>", "[Content_Types].xml": b"<a/>"}),
    "gzip_bomb": lambda: gzip.compress(bytes(70 << 20)),
    "mime_depth": lambda: (
        b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n"
        + b"--x\nContent-Type: multipart/mixed; boundary=x\n\n" * 5_000
    ),
    "xml_entities": lambda: (
        b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaaaaaaaa">'
        + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a;" * 10) for n in range(9))
        + b"]><html><p>&a8;</p></html>"
    ),
}


@pytest.mark.parametrize("name", EXTREMES)
def test_extremes_end_soon_in_a_document_or_a_reason(name):
    data = EXTREMES[name]()
    began = time.process_time()
    assert outcomes(f"{name}.pdf", data)
    assert time.process_time() - began < 30


@pytest.mark.parametrize(
    "name", ["", "..", "a" * 5_000, "报告\n.pdf", "\udc80.html", "con.zip!/x", "/etc/passwd", "\0"]
)
def test_odd_names_do_no_harm(name):
    (content,) = outcomes(name, PAGE.encode())
    (usual,) = outcomes("usual.html", PAGE.encode())
    assert isinstance(usual, Document) and usual.text
    assert content == usual
