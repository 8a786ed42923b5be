"""Whole heads and tails of crawled pages: who, which year, what kind of paper."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.extract.identity.identify import ReportIdentity, identify
from pipeline.extract.identity.segmentation import split
from pipeline.model.document import Document
from pipeline.readers.text.plain_text import read_text

BANK = Path(__file__).parents[3] / "golden" / "identity" / "documents.yml"
Case = dict[str, Any]


@cache
def cases() -> list[Case]:
    loaded: list[Case] = yaml.load(BANK.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return loaded


@cache
def identified(number: int) -> ReportIdentity:
    document = read_text(cases()[number]["text"].encode())
    assert isinstance(document, Document)
    (part,) = split(document)
    return identify(part, document)


def is_placed(found: ReportIdentity) -> bool:
    return found.agency is not None and found.agency.is_placed


def is_right_agency(case: Case, found: ReportIdentity) -> bool:
    name = found.agency.name_zh if found.agency else ""
    for wanted in case["agency"].split("|"):
        if wanted == "-" and found.agency is None:
            return True
        if wanted == "unresolved" and found.agency and not is_placed(found):
            return True
        if is_placed(found) and (wanted == name or (wanted[0] == "~" and wanted[1:] in name)):
            return True
    return False


def test_the_bank_is_large() -> None:
    assert len(cases()) >= 100


@pytest.mark.parametrize("point", ["year", "doc_type", "agency"])
def test_ninety_nine_in_a_hundred_are_right(point: str) -> None:
    wrong = []
    for number, case in enumerate(cases()):
        found = identified(number)
        right = (
            is_right_agency(case, found)
            if point == "agency"
            else (getattr(found, point) == case[point])
        )
        if not right:
            wrong.append(f"{case['text'][:60]!r}: {getattr(found, point)}")
    assert len(wrong) <= len(cases()) / 100, "\n".join(wrong)


def test_no_agency_is_wrongly_certain() -> None:
    wrong = [
        f"{case['text'][:60]!r}: {identified(number).agency}"
        for number, case in enumerate(cases())
        if is_placed(identified(number)) and not is_right_agency(case, identified(number))
    ]
    assert wrong == []
