"""A seeded corpus: forms, layouts and noise drawn together, with what must come out."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from tests.generator.layouts import GLUED_LAYOUTS, KEEPS_BLANKS, LAYOUTS
from tests.generator.paper import Cell, Grid, Style, set_form, space_out
from tests.generator.values import Values, break_one, draw

AGENCY = "嘉祥县财政局"
_YEARS = {"A": (2009, 2013), "B": (2014, 2018), "C": (2019, 2020), "D": (2021, 2025)}
_LOCAL_ROWS = (
    "向图书馆、档案馆等查阅场所报送信息数",
    "纸质文件数",
    "电子文件数",
    "依申请公开信息收取的费用",
    "设置政府信息公开查阅点数",
    "政府信息公开专项经费",
)


@dataclass(frozen=True)
class Sample:
    """A generated report.

    Attributes:
        name: File name; the seed and the layout are in it.
        data: The file.
        form: Letter of the form.
        layout: Name of the layout.
        year: Year reported on.
        cells: The printed cells by indicator: the number, or None where none is printed.
        broken: Ids of the identities that were broken on purpose.
        glued: Indicators of rows printed without cell borders.
    """

    name: str
    data: bytes
    form: str
    layout: str
    year: int
    cells: dict[str, int | None]
    broken: frozenset[str]
    glued: frozenset[str] = frozenset()


def sample(
    seed: int, *, form: str | None = None, layout: str | None = None, glue: float = 0.0
) -> Sample:
    """Draws one report.

    Args:
        seed: Decides everything.
        form: Letter of the form; drawn if None.
        layout: Name of the layout; drawn if None.
        glue: Share of the rows of a flattened report that lose their cell borders.
    """
    rng = random.Random(seed)
    form = form or rng.choice("ABCD")
    layout = layout or rng.choice(tuple(LAYOUTS))
    values = draw(form, rng)
    if rng.random() < 0.3:
        break_one(values, rng)
    style = Style(
        half_brackets=rng.random() < 0.3,
        point=rng.choice((".", "．", "、")),
        notes=rng.random() < 0.7,
        units=form == "B" or rng.random() < 0.9,
    )
    left_out = frozenset(row for row in _LOCAL_ROWS if rng.random() < 0.3)
    grids = set_form(values, style, left_out)
    glued = _disturb(grids, values, layout, rng, glue)
    year = rng.randint(*_YEARS[form])
    return Sample(
        name=f"{seed}_{form}_{layout}",
        data=(LAYOUTS | GLUED_LAYOUTS)[layout](AGENCY, year, grids, rng),
        form=form,
        layout=layout,
        year=year,
        cells=_printed(grids),
        broken=frozenset(values.broken),
        glued=glued,
    )


def _disturb(
    grids: Sequence[Grid], values: Values, layout: str, rng: random.Random, glue: float
) -> frozenset[str]:
    """Noise on the cells: split and misprinted labels, blanks, separators, lost borders."""
    glued: set[str] = set()
    for grid in grids:
        for row in grid.rows[grid.heads :]:
            for cell in row:
                if cell.indicator:
                    _disturb_value(cell, values, layout, rng)
                elif rng.random() < 0.08:
                    cell.text = _misprint(cell.text, rng)
                elif rng.random() < 0.15 and layout != "spaced":
                    cell.text = space_out(cell.text, rng)
            if rng.random() < glue:
                glued |= _glue(row, rng)
        if grid.heads == 3 and rng.random() < 0.3 and layout != "spaced":
            for cell in grid.rows[2]:
                cell.text = space_out(cell.text, rng)
    return frozenset(glued)


def _misprint(text: str, rng: random.Random) -> str:
    """A letter lost from a long label, as a careless copyist loses it."""
    if len(text) < 10 or "注" in text:
        return text
    at = rng.randrange(4, len(text) - 1)
    return text[:at] + text[at + 1 :]


def _disturb_value(cell: Cell, values: Values, layout: str, rng: random.Random) -> None:
    if values.broken:
        return
    if cell.text == "0" and layout in KEEPS_BLANKS and rng.random() < 0.02:
        cell.text = rng.choice(("", "—", "/"))
    elif len(cell.text) > 3 and cell.text.isdigit() and rng.random() < 0.2:
        cell.text = f"{int(cell.text):,}"


def _glue(row: list[Cell], rng: random.Random) -> set[str]:
    """Runs the values of a row together, wholly or around one remaining space."""
    values = [cell for cell in row if cell.indicator]
    if len(values) < 3 or any("," in cell.text for cell in values):
        return set()
    keep = rng.randrange(1, len(values)) if rng.random() < 0.5 else len(values)
    pieces = ["".join(cell.text for cell in values[:keep])]
    if keep < len(values):
        pieces.append("".join(cell.text for cell in values[keep:]))
    printed = {str(cell.indicator) for cell in values}
    texts = {cell.indicator: int(cell.text) for cell in values}
    for cell, piece in zip(values, [*pieces, *[""] * len(values)], strict=False):
        cell.text = piece
    row[-1].glued_values = texts
    return printed


def _printed(grids: Sequence[Grid]) -> dict[str, int | None]:
    cells: dict[str, int | None] = {}
    for grid in grids:
        for row in grid.rows:
            glued = row[-1].glued_values
            for cell in row:
                if cell.indicator:
                    plain = cell.text.replace(",", "")
                    is_number = plain.lstrip("-").isdigit()
                    cells[cell.indicator] = (
                        glued[cell.indicator] if glued else int(plain) if is_number else None
                    )
    return cells
