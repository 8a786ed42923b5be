"""A site is the earlier one or the new one, never half of one, and says how far it is."""

import re
from pathlib import Path
from urllib.parse import unquote

import duckdb
import pytest
from stated_corpus import Corpus

from pipeline.explorer.opening import Descriptor, Opened
from pipeline.explorer.static_site import write_site
from pipeline.settings import Language
from pipeline.warehouse.progress import Progress, quiet

pytestmark = pytest.mark.around


def written(
    corpus: Corpus,
    out: Path,
    progress: Progress = quiet,
    languages: tuple[Language, ...] = ("zh",),
) -> int:
    database = corpus.settings.database
    with duckdb.connect(str(database), read_only=True) as connection:
        opened = Opened("site", connection, Descriptor(database))
        return write_site(corpus.settings, opened, out, languages, progress)


def stopped(_what: str, done: int, _of: int) -> None:
    if done == 3:
        raise KeyboardInterrupt


def test_a_site_that_is_interrupted_leaves_nothing_half_filled(
    one_report: Corpus, tmp_path: Path
) -> None:
    out = tmp_path / "site"
    with pytest.raises(KeyboardInterrupt):
        written(one_report, out, stopped)
    assert list(tmp_path.iterdir()) == []
    written(one_report, out)
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    with pytest.raises(KeyboardInterrupt):
        written(one_report, out, stopped)
    assert list(tmp_path.iterdir()) == [out]
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before


def test_a_new_site_leaves_no_page_of_the_earlier_one_and_keeps_what_others_put(
    one_report: Corpus, tmp_path: Path
) -> None:
    out = tmp_path / "site"
    written(one_report, out)
    (out / "agency" / "gone.html").write_text("an agency of yesterday", "utf-8")
    (out / "CNAME").write_text("example.org", "utf-8")
    (out / ".well-known").mkdir()
    (out / ".well-known" / "security.txt").write_text("here", "utf-8")
    written(one_report, out)
    assert not (out / "agency" / "gone.html").exists()
    assert (out / "CNAME").read_text("utf-8") == "example.org"
    assert (out / ".well-known" / "security.txt").exists()


def test_whoever_waits_is_told_how_many_pages_are_written(
    one_report: Corpus, tmp_path: Path
) -> None:
    told: list[tuple[int, int]] = []
    number = written(one_report, tmp_path / "site", lambda _, done, of: told.append((done, of)))
    assert told == [(done, number) for done in range(1, number + 1)]


def test_each_page_of_two_languages_leads_to_its_other(one_report: Corpus, tmp_path: Path) -> None:
    out = tmp_path / "site"
    number = written(one_report, out, languages=("zh", "en"))
    pages = sorted(out.rglob("*.html"))
    assert len(pages) == number
    for page in pages:
        html = page.read_text("utf-8")
        (link,) = re.findall(r'<a class="language" href="([^"]+)"', html)
        other = (page.parent / unquote(link)).resolve()
        assert other in pages and other != page
        (back,) = re.findall(r'<a class="language" href="([^"]+)"', other.read_text("utf-8"))
        assert (other.parent / unquote(back)).resolve() == page
        assert (page.parent / re.findall(r'src="([^"]*search.js)"', html)[0]).exists()
        is_english = page.relative_to(out).parts[0] == "en"
        assert f'<html lang="{"en" if is_english else "zh-CN"}"' in html
    written(one_report, out)
    assert not (out / "en").exists()
    assert 'class="language"' not in (out / "index.html").read_text("utf-8")
