"""Pages printed to PDF by the machine's own Chromium read as the pages themselves.

Its PDFs are a kind of their own: letters drawn as curves, rules painted as thin boxes, radicals
told for ideographs, tables cut by the page without a rule.
"""

import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.parsing import parse_file
from tests.generator.corpus import sample
from tests.integration.chromium import CHROMIUM

PRINTED = ((900, "B"), (900, "D"), (909, "C"))
LEAST_SHARE = 0.98


def has_chinese_font() -> bool:
    lister = shutil.which("fc-list")
    return lister is not None and bool(subprocess.check_output([lister, ":lang=zh"]))


def facts(name: str, data: bytes) -> dict[str, Decimal]:
    (document,) = parse_file(name, data)
    assert document.rejection is None, document.rejection
    return {fact.indicator_id: fact.value for report in document.reports for fact in report.facts}


def printed(page: bytes, folder: Path) -> bytes:
    source, target = folder / "page.html", folder / "page.pdf"
    source.write_bytes(page)
    command = [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu"]
    command += ["--no-pdf-header-footer", f"--print-to-pdf={target}", source.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=600)
    return target.read_bytes()


@pytest.mark.skipif(
    CHROMIUM is None or not has_chinese_font(), reason="needs apt install chromium fonts-noto-cjk"
)
@pytest.mark.parametrize(("seed", "form"), PRINTED)
def test_a_printed_page_gives_the_facts_of_the_page(tmp_path: Path, seed: int, form: str):
    page = sample(seed, form=form, layout="html").data
    wanted, found = facts("a.html", page), facts("a.pdf", printed(page, tmp_path))
    assert {key: value for key, value in found.items() if wanted.get(key) != value} == {}
    assert len(found) >= LEAST_SHARE * len(wanted)
