"""Printed tables as files: web pages, tables in text, and text with its tables flattened."""

import html
import random
from collections.abc import Callable, Sequence

from tests.generator.paper import Cell, Grid
from tests.generator.portal import as_portal

SECTIONS = {
    0: "二、主动公开政府信息情况",
    -2: "三、收到和处理政府信息公开申请情况",
    -1: "四、政府信息公开行政复议、行政诉讼情况",
}


def opening(agency: str, year: int) -> list[str]:
    """Title and first sentences of a report."""
    return [
        f"{agency}{year}年政府信息公开工作年度报告",
        f"根据《中华人民共和国政府信息公开条例》，现公布{agency}{year}年政府信息公开工作年度报告。"
        f"本报告所列数据的统计期限自{year}年1月1日至{year}年12月31日。",
        "一、总体情况",
        f"{year}年，我局认真落实各级关于政务公开的部署，完善工作机制，推进重点领域信息公开。",
    ]


def closing(agency: str, year: int) -> list[str]:
    """The last section and the signature."""
    return [
        "五、存在的主要问题及改进情况",
        "工作中还存在公开意识有待加强等问题，下一步将加强业务培训。",
        agency,
        f"{year + 1}年1月20日",
    ]


def _headings(grids: Sequence[Grid]) -> list[str]:
    headings = [""] * len(grids)
    if len(grids) > 1:
        for index, heading in SECTIONS.items():
            headings[index] = heading
    return headings


def as_html(agency: str, year: int, grids: Sequence[Grid], rng: random.Random) -> bytes:
    """A page of a content management system, with navigation and a table of its own."""
    parts = [
        "<!DOCTYPE html><html><head><meta charset='utf-8'>"
        f"<title>{agency}{year}年政府信息公开工作年度报告</title></head><body>"
        "<div class='nav'><ul><li><a href='/'>首页</a></li><li><a href='/zwgk'>政务公开</a></li>"
        "</ul></div><div class='content'>"
    ]
    parts += [f"<p>{html.escape(line)}</p>" for line in opening(agency, year)]
    for heading, grid in zip(_headings(grids), grids, strict=True):
        parts.append(f"<p>{heading}</p><table border='1'>")
        parts.extend(_html_row(row, rng) for row in grid.rows)
        parts.append("</table>")
    parts += [f"<p>{html.escape(line)}</p>" for line in closing(agency, year)]
    parts.append(
        "</div><div class='footer'><table><tr><td>主办</td><td>网站标识码</td></tr></table>"
    )
    parts.append("</div></body></html>")
    return "\n".join(parts).encode()


def portal(agency: str, year: int, grids: Sequence[Grid], rng: random.Random) -> bytes:
    """A page of a portal: much navigation, cells as a word processor exports them."""
    first, *others = _headings(grids)
    sections: list[tuple[Sequence[str], Grid | None]] = [
        ([*opening(agency, year), first], grids[0]),
        *(([heading], grid) for heading, grid in zip(others, grids[1:], strict=True)),
        (closing(agency, year), None),
    ]
    return as_portal(agency, year, sections, rng)


def _html_row(row: Sequence[Cell], rng: random.Random) -> str:
    soup = rng.random() < 0.3
    cells = []
    for cell in row:
        spans = ""
        if cell.rowspan > 1:
            spans += f' rowspan="{cell.rowspan}"'
        if cell.colspan > 1:
            spans += f" colspan={cell.colspan}"
        text = html.escape(cell.text) or "&nbsp;"
        if soup and len(cell.text) > 3:
            middle = len(cell.text) // 2
            text = (
                f"<p class=MsoNormal><span>{html.escape(cell.text[:middle])}</span>"
                f"<span lang=EN-US>{html.escape(cell.text[middle:])}<o:p></o:p></span></p>"
            )
        cells.append(f"<td{spans}>{text}</td>")
    return f"<tr>{''.join(cells)}</tr>"


def _as_text(
    row_lines: Callable[[Grid, random.Random], list[str]],
) -> Callable[[str, int, Sequence[Grid], random.Random], bytes]:
    def write(agency: str, year: int, grids: Sequence[Grid], rng: random.Random) -> bytes:
        lines = opening(agency, year)
        for heading, grid in zip(_headings(grids), grids, strict=True):
            lines += [line for line in (heading,) if line]
            lines += row_lines(grid, rng)
        lines += closing(agency, year)
        encoding = rng.choice(("utf-8", "utf-8-sig", "gb18030", "utf-16"))
        return "\n".join(lines).encode(encoding)

    return write


def _tabs(grid: Grid, rng: random.Random) -> list[str]:
    lines = []
    for row in grid.rows:
        lines.append("\t".join(cell.text for cell in row))
        if rng.random() < 0.05:
            lines.append("")
    return lines


def _bars(grid: Grid, rng: random.Random) -> list[str]:
    return ["| " + " | ".join(cell.text for cell in row) + " |" for row in grid.rows]


def _markdown(grid: Grid, rng: random.Random) -> list[str]:
    lines = _bars(grid, rng)
    rule = "|" + " --- |" * len(grid.rows[0])
    return [lines[0], rule, *lines[1:]]


def _bar_cells(grid: Grid, rng: random.Random) -> list[str]:
    return [f"{cell.text} |" for row in grid.rows for cell in row]


def _tab_opened(grid: Grid, rng: random.Random) -> list[str]:
    lines = []
    for row in grid.rows:
        lines += [f"\t{cell.text}" for cell in row]
        lines.append("")
    return lines


def _spaced(grid: Grid, rng: random.Random) -> list[str]:
    """Columns aligned by spaces, as a terminal shows a fixed-width print."""
    lines = []
    for row in grid.rows:
        values = [cell for cell in row if cell.indicator]
        words = "".join(cell.text for cell in row if not cell.indicator)
        if not values:
            lines.append("  ".join(cell.text for cell in row if cell.text))
            continue
        pad = 90 - sum(2 if ord(char) > 127 else 1 for char in words)
        lines.append(words + " " * max(pad, 2) + "".join(f"{cell.text:>8}" for cell in values))
    return lines


def _cell_lines(grid: Grid, rng: random.Random) -> list[str]:
    return [cell.text for row in grid.rows for cell in row if cell.text]


def flattened(agency: str, year: int, grids: Sequence[Grid], rng: random.Random) -> bytes:
    """The crawler's text: a few header lines, then the whole body on one line."""
    words = opening(agency, year)
    for heading, grid in zip(_headings(grids), grids, strict=True):
        words += [word for word in (heading,) if word]
        words += _cell_lines(grid, rng)
        if rng.random() < 0.1:
            words.append("- 4 -")
    words += closing(agency, year)
    return (
        f"标题: {agency}{year}年政府信息公开工作年度报告\n发布时间: {year + 1}-01-20 10:00\n"
        f"发布机构: {agency}\n栏目: 政府信息公开年报\n"
        "==================== 正文 ====================\n" + " ".join(words) + " 附件下载\n"
    ).encode()


def tight(agency: str, year: int, grids: Sequence[Grid], rng: random.Random) -> bytes:
    """Flattened text in which the cells of whole rows, or all rows, have run together."""
    between_rows = rng.choice((" ", ""))
    words = opening(agency, year)
    for heading, grid in zip(_headings(grids), grids, strict=True):
        words += [word for word in (heading,) if word]
        rows = ("".join(cell.text for cell in row) for row in grid.rows)
        words.append(between_rows.join(rows))
    return "\n".join([*words, *closing(agency, year)]).encode()


LAYOUTS = {
    "html": as_html,
    "portal": portal,
    "tabs": _as_text(_tabs),
    "bars": _as_text(_bars),
    "markdown": _as_text(_markdown),
    "bar_cells": _as_text(_bar_cells),
    "tab_opened": _as_text(_tab_opened),
    "spaced": _as_text(_spaced),
    "cell_lines": _as_text(_cell_lines),
    "flattened": flattened,
}
GLUED_LAYOUTS = {"tight": tight}
KEEPS_BLANKS = frozenset({"html", "portal", "tabs", "bars", "markdown", "bar_cells", "tab_opened"})
