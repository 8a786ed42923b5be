"""How numbers, names and places are said, and what of a document or a map is shown."""

import io
import zipfile
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from stated_tables import asking, stated

from pipeline.explorer.document_view import Highlight, Paper, block_of, paper
from pipeline.explorer.lru_cache import LruCache
from pipeline.explorer.picture import bytes_of
from pipeline.explorer.provinces import TilePlace
from pipeline.explorer.rendering import (
    PageContent,
    day,
    doubt_of,
    html,
    is_set_aside,
    is_sure,
    marked,
    moment,
    number,
    percent,
    placing,
)
from pipeline.explorer.static_site import write_site
from pipeline.explorer.texts import Translator
from pipeline.explorer.tiles import places_of, put_together, tiles
from pipeline.model.document import Cell, Document, Locator, Paragraph, Table
from pipeline.model.report import NOT_PLACED
from pipeline.readers.hashing import sha256_of
from pipeline.settings import Settings
from pipeline.warehouse.records import Record

ZH, EN = Translator("zh"), Translator("en")


def test_numbers_are_said_with_thousands_apart_and_without_idle_zeros() -> None:
    said = {
        None: "—", 0: "0", 1000: "1,000", -5: "−5", 2.5: "2.5", Decimal("10.000000"): "10",
        Decimal("1234.500"): "1,234.5", Decimal("0.000100"): "0.0001", 100.0: "100",
    }  # fmt: skip
    assert {one: number(one) for one in said} == said


@pytest.mark.parametrize(
    ("share", "digits", "said"),
    [
        (None, 1, "—"), (0.5, 1, "50%"), (0.1234, 1, "12.3%"), (0.1234, 0, "12%"), (0, 1, "0%"),
        # What is not quite nothing is said to be so.
        (0.0004, 1, "<0.1%"), (0.0006, 1, "0.1%"), (0.004, 0, "<1%"), (-0.0004, 1, "−0%"),
        (0.0000001, 1, "<0.1%"),
    ],
)  # fmt: skip
def test_a_share_is_said_in_percent(share: float | None, digits: int, said: str) -> None:
    assert percent(share, digits) == said


def test_times_are_those_of_beijing_and_gaps_are_dashes() -> None:
    assert (day(None), day(datetime(2024, 3, 5, 20))) == ("—", "2024-03-05")
    assert (moment(None), moment(datetime(2024, 3, 5, 20, 30))) == ("—", "2024-03-06 04:30")


@pytest.mark.parametrize(
    ("row", "doubt", "sign"),
    [
        ({}, "", ""),
        ({"standing": None}, "", ""),
        ({"standing": "undisputed"}, "", ""),
        ({"standing": "doubtful", "confidence": 0.5}, "可信度 0.5", "△"),
        ({"standing": "disputed", "errors_failing": 1}, "1 项 error", "▲"),
    ],
)
def test_a_doubt_is_told_with_its_sign(row: Record, doubt: str, sign: str) -> None:
    told = marked(row, ZH)
    assert doubt in told["doubt"]
    assert bool(told["doubt"]) is bool(doubt)
    assert (told["sign"], told["is_aside"]) == (sign, sign == "▲")
    if sign:
        assert "：" in doubt_of(row, ZH)
        assert ": " in doubt_of(row, EN)


def test_what_is_disputed_is_set_aside_and_only_the_undisputed_is_sure() -> None:
    worth = ("undisputed", "doubtful", "disputed")
    assert [is_set_aside({"standing": one}) for one in worth] == [False, False, True]
    assert [is_sure({"standing": one}) for one in worth] == [True, False, False]


def test_why_nobody_was_recognised_is_said_where_a_notice_tells() -> None:
    assert placing(f"{NOT_PLACED} (masked): 某局", ZH) == ZH.name("placing", "masked")
    assert placing("another notice (masked)", ZH) == placing(None, ZH) == ""


@pytest.mark.parametrize(
    ("kind", "code", "zh", "en"),
    [
        ("level", "county", "县级", "County"),
        ("level", "unheard", "unheard", "unheard"),
        ("unheard", "county", "county", "county"),
        ("level", None, ZH("name.none"), EN("name.none")),
        ("province", "山东省", "山东省", "Shandong"),
        ("province", "某省", "某省", "某省"),
        ("level", "山东省", "山东省", "山东省"),
        ("city", "3708", "济宁", "Jining"),
        ("city", "9999", "9999", "9999"),
        ("level", "3708", "3708", "3708"),
        ("function", "education", "教育", "Education"),
        ("level", "education", "education", "education"),
    ],
)
def test_a_code_is_called_by_its_name_in_either_language(
    kind: str, code: str | None, zh: str, en: str
) -> None:
    assert (ZH.name(kind, code), EN.name(kind, code)) == (zh, en)


def test_a_column_is_that_of_the_language_or_else_the_chinese_one() -> None:
    rows = ({"a_zh": "甲", "a_en": "A"}, {"a_zh": "甲", "a_en": None}, {"a_zh": None, "a_en": None})
    assert [ZH.column(row, "a") for row in rows] == ["甲", "甲", ""]
    assert [EN.column(row, "a") for row in rows] == ["A", "甲", ""]


def test_words_of_an_address_that_mean_nothing_are_told_on_the_page() -> None:
    page = PageContent("message.html", "t", {"why": "w", "remedy": "r"}, unfit=["level"])
    with stated({}) as opened:
        query = {"year": "20x0", "since": "2020", "level": "nothing"}
        text = html(asking(opened, **query), page, is_live=False, policy="", run=None)
    assert "year=20x0" in text
    assert "level=nothing" in text
    assert "since=" not in text


def tile(value: float | None, n: int = 1) -> tuple[float | None, int]:
    return value, n


def test_shades_run_in_five_steps_from_nothing_to_the_most() -> None:
    places = {str(n): TilePlace(zh=f"甲{n}", en=f"A{n}", row=1, column=n) for n in range(1, 9)}
    found = {"1": tile(10), "2": tile(7.9), "3": tile(8), "4": tile(1.9), "5": tile(0),
             "6": tile(None, 2), "7": tile(-1)}  # fmt: skip
    made = tiles(places, found, EN, lambda code: f"to {code}")
    assert [one.shade for one in made] == [4, 3, 4, 0, 0, None, 0, None]
    assert [one.to for one in made][5:] == ["to 6", "to 7", None]
    assert (made[0].name, tiles(places, found, ZH, str)[0].name) == ("A1", "甲1")
    assert tiles(places, {"1": tile(0)}, ZH, str)[0].shade == 0


def test_the_cities_of_a_province_are_those_most_of_its_agencies_are_in() -> None:
    def of(*ids: str) -> set[str]:
        return {code[:2] for code in places_of("山东省", [{"agency_id": one} for one in ids])}

    assert of("370800.a", "370900.b", "000000.c") == {"37"}
    assert of() == set()
    assert "山东省" in places_of("", [])


def test_what_is_in_no_province_or_contradicted_is_added_to_none() -> None:
    def row(province: str | None, standing: str = "undisputed") -> Record:
        return {"agency_id": "370800.a", "province": province, "value": 1, "standing": standing}

    rows = [row("山东省"), row("山东省"), row(None), row("山东省", "disputed")]
    assert put_together(rows, "", is_rate=False) == {"山东省": (2, 2)}


def document(*blocks: Paragraph | Table, length: int = 0) -> Document:
    return Document("文" * length, blocks, "text/plain")


def words(text: str, start: int) -> Paragraph:
    return Paragraph(text, Locator(start, start + len(text)))


def told(shown: Paper) -> list[str]:
    """Blocks; marks in brackets, the number that stands out between bars."""
    found = []
    for block in shown.blocks:
        runs = [
            f"[{run.text}{f'|{run.number}|{run.after}' if run.number else ''}]" if run.mark
            else run.text
            for run in block.runs
        ]  # fmt: skip
        rows = [
            f"{'>' if bears else ''}"
            + " ".join(f"[{cell.text}]" if mark else cell.text for cell, mark in row)
            for bears, row in block.rows
        ]
        found.append("/".join([*runs, *rows]))
    return found


def mark(start: int, end: int, printed: str = "", *, is_main: bool = False) -> Highlight:
    return Highlight(f"m{start}", start, end, printed, is_main)


@pytest.mark.parametrize(
    ("marks", "shown"),
    [
        ([], "收到申请17件。"),
        ([mark(104, 107, "17", is_main=True)], "收到申请/[|17|件]/。"),
        ([mark(100, 107, "17", is_main=True)], "[收到申请|17|件]/。"),
        # Only what the page is about stands out, and only where it is printed so.
        ([mark(100, 107, "17")], "[收到申请17件]/。"),
        ([mark(100, 107, "18", is_main=True)], "[收到申请17件]/。"),
        ([mark(100, 107, "", is_main=True)], "[收到申请17件]/。"),
        # Marks reach no further than the words; those that only touch them are none.
        ([mark(90, 102)], "[收到]/申请17件。"),
        ([mark(107, 200)], "收到申请17件/[。]"),
        ([mark(90, 100), mark(108, 200)], "收到申请17件。"),
        # Of marks over each other the main one is kept, else the first.
        ([mark(100, 104), mark(102, 106)], "[收到申请]/17件。"),
        ([mark(100, 104), mark(102, 106, is_main=True)], "收到/[申请17]/件。"),
        ([mark(104, 106), mark(100, 104)], "[收到申请]/[17]/件。"),
    ],
)
def test_marks_cut_a_paragraph_and_never_its_letters(marks: list[Highlight], shown: str) -> None:
    assert told(paper(document(words("收到申请17件。", 100)), marks)) == [shown]


def test_marks_of_a_table_are_those_of_its_cells() -> None:
    cells = tuple(
        Cell(text, n // 2, n % 2, Locator(100 + 3 * n, 102 + 3 * n))
        for n, text in enumerate(("项目", "数量", "收到", "17"))
    )
    table = Table(cells, Locator(100, 112))
    source = document(words("上文", 90), table, words("下文", 120))
    assert told(paper(source, [mark(109, 111)])) == ["上文", "项目 数量/>收到 [17]", "下文"]
    assert told(paper(source, [mark(106, 107)])) == ["上文", "项目 数量/>[收到] 17", "下文"]
    assert told(paper(source, [mark(102, 103)])) == ["上文", "项目 数量/收到 17", "下文"]
    places = {start: block_of(source, mark(start, start + 1)) for start in (91, 109, 102, 121, 130)}
    starts = {start: place and place.start for start, place in places.items()}
    assert starts == {91: 90, 109: 109, 102: None, 121: 120, 130: None}


@pytest.mark.parametrize(
    ("starts", "shown", "cut"),
    [
        # Thirty thousand characters on either side, whole paragraphs.
        ((0, 40_000, 80_000), "乙", (True, True)),
        ((9_998, 40_000, 70_000), "甲乙丙", (False, False)),
        ((9_997, 40_000, 70_000), "乙丙", (True, False)),
        ((9_998, 40_000, 70_001), "甲乙", (False, True)),
    ],
)
def test_a_long_document_is_shown_so_far_around_its_first_mark(
    starts: tuple[int, ...], shown: str, cut: tuple[bool, bool]
) -> None:
    blocks = [words(name * 2, start) for name, start in zip("甲乙丙", starts, strict=True)]
    found = paper(document(*blocks), [mark(40_000, 40_001)])
    assert "".join(block.runs[-1].text[-1] for block in found.blocks) == shown
    assert (found.is_cut_before, found.is_cut_after) == cut
    assert paper(document(words("甲", 40_000)), []).blocks == []


def test_a_cache_keeps_what_was_asked_for_last_and_nothing_heavy_and_never_none() -> None:
    made: list[int] = []

    def get(cache: LruCache[int | None], key: int) -> None:
        def make() -> int | None:
            made.append(key)
            return key or None

        cache.get(key, make)

    cache: LruCache[int | None] = LruCache(20, lambda one: one or 0)
    for key in (2, 2, 3, 3, 0, 0):
        get(cache, key)
    # Two weigh a tenth of twenty, three weigh more.
    assert made == [2, 3, 3, 0, 0]
    made.clear()
    small: LruCache[int | None] = LruCache(2)
    for key in (1, 2, 1, 3, 1, 2):
        get(small, key)
    assert made == [1, 2, 3, 2]


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    folder.mkdir()
    inner = zipped({"c.txt": b"inner"})
    (folder / "a.txt").write_bytes(b"plain")
    (folder / "b.zip").write_bytes(zipped({"d.txt": b"member", "e.zip": inner}))
    (folder / "deep.zip").write_bytes(zipped({"f.zip": zipped({"g.zip": inner})}))
    (tmp_path / "outside.txt").write_bytes(b"outside")
    return folder


def zipped(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("path", "data", "is_found"),
    [
        ("a.txt", b"plain", True),
        ("a.txt", b"other", False),
        ("b.zip!/d.txt", b"member", True),
        ("b.zip!/e.zip!/c.txt", b"inner", True),
        ("b.zip!/d.txt", b"other", False),
        # Archives are opened to the second level.
        ("deep.zip!/f.zip!/g.zip!/c.txt", b"inner", False),
        ("nothing.txt", b"plain", False),
        ("../outside.txt", b"outside", False),
        ("", b"plain", False),
    ],
)
def test_a_document_is_fetched_from_the_raw_folder_alone_if_it_is_the_same(
    raw: Path, path: str, data: bytes, is_found: bool
) -> None:
    assert (bytes_of(raw, path, sha256_of(data)) == data) is is_found


def test_a_site_is_written_beside_and_keeps_what_others_put_there(tmp_path: Path) -> None:
    out = tmp_path / "site"
    rows = {
        "dim_agency": [{"agency_id": "370829.education", "name_zh": "嘉祥县教育局",
                        "level": "county", "function": "education", "province": "山东省"}],
        "coverage": [{"agency_id": "370829.education", "year": 2022, "status": "present",
                      "facts": 1}],
        "dim_indicator": [{"indicator_id": "requests.received", "label_zh": "收到", "unit": "件",
                           "label_en": "Received", "indicator_no": 1, "templates": ["D"]}],
        "fact_indicator": [{"agency_id": "370829.education", "indicator_id": "requests.received",
                            "indicator_no": 1, "year": 2022, "form": "D", "scope": "agency"}],
    }  # fmt: skip
    with stated(rows) as opened:
        settings = Settings(warehouse=tmp_path)
        written = write_site(settings, opened, out, ["zh"])
        files = {str(one.relative_to(out)) for one in out.rglob("*.html")}
        ranked = {f"compare/requests.received{more}.html"
                  for more in ("", ".county", ".county.山东省", ".county.agency")}  # fmt: skip
        agency = {f"{folder}/370829.education.html" for folder in ("agency", "evidence")}
        assert files == {"index.html", *ranked, *agency}
        assert written == len(files)
        search = (out / "search.js").read_text("utf-8")
        assert '"收到 · 县级 · 山东省"' in search
        (out / "compare" / "old.html").write_text("old")
        (out / "notes").mkdir()
        (out / "notes" / "mine.txt").write_text("mine")
        (out / "index.html").write_text("changed")
    with stated({}) as opened:
        assert write_site(settings, opened, out, ["zh", "en"]) == 2
        assert (out / "notes" / "mine.txt").read_text() == "mine"
        assert not (out / "compare" / "old.html").exists()
        assert (out / "index.html").read_text("utf-8") != "changed"
        (out / "en" / "old.html").write_text("old")
        write_site(settings, opened, out, ["zh"])
        assert not (out / "en").exists()
        (tmp_path / "full").mkdir()
        (tmp_path / "full" / "a").write_text("a")
        with pytest.raises(FileExistsError):
            write_site(settings, opened, tmp_path / "full", ["zh"])
        (tmp_path / "empty").mkdir()
        assert write_site(settings, opened, tmp_path / "empty", ["zh"]) == 1
