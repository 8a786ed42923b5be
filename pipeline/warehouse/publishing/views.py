"""The views under ``sql/``: one file each, whose header is a contract.

The header of a file, in comments::

    -- zh: what the view shows, in Chinese
    -- en: the same in English
    -- grain: what one row stands for
    -- columns:
    --   name = Chinese | English
    --   name, another name
    -- example:
    --   SELECT ...

What a column is in every view, ``data/columns.yml`` says, and the header names it alone.

Below it stands one SELECT. The header becomes the comments of the view and is checked
against what the view returns.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from functools import cache, cached_property
from graphlib import TopologicalSorter
from pathlib import Path

from pipeline.declared import Bilingual, declared
from pipeline.settings import SQL
from pipeline.warehouse.statements import quoted, tables_read


class View(Bilingual):
    """One view and its contract."""

    name: str
    grain: str
    columns: dict[str, str]
    example: str
    select: str

    @property
    def comment(self) -> str:
        """Description and grain in one line."""
        return f"{self.both} | {self.grain}"

    @cached_property
    def reads(self) -> frozenset[str]:
        """The tables and views it reads from."""
        return tables_read(self.select)

    @property
    def ddl(self) -> str:
        """The ``CREATE VIEW`` statement."""
        return f"CREATE VIEW {self.name} AS\n{self.select}"

    def comments(self) -> Iterator[str]:
        """Yields the ``COMMENT ON`` statements of the view and its columns."""
        yield f"COMMENT ON VIEW {self.name} IS {quoted(self.comment)}"
        for column, comment in self.columns.items():
            yield f'COMMENT ON COLUMN {self.name}."{column}" IS {quoted(comment)}'


def views(folder: Path = SQL) -> list[View]:
    """Returns every view, each after those it reads from.

    Raises:
        ValueError: A header lacks a part of the contract.
    """
    found = views_by_name(folder)
    order = TopologicalSorter({name: view.reads & found.keys() for name, view in found.items()})
    return [found[name] for name in order.static_order()]


def views_by_name(folder: Path = SQL) -> dict[str, View]:
    """Returns every view by its name; what each reads is not looked at, which takes longest.

    Raises:
        ValueError: A header lacks a part of the contract.
    """
    return {
        path.stem: _view(path.stem, path.read_text("utf-8"))
        for path in sorted(folder.glob("*.sql"))
    }


def views_needed_for(names: Collection[str]) -> tuple[list[View], frozenset[str]]:
    """Returns some views with those that they read, in order, and the tables all of them read."""
    wanted = set(names)
    needed: list[View] = []
    for view in reversed(views()):
        if view.name in wanted:
            needed.append(view)
            wanted |= view.reads
    return needed[::-1], frozenset(wanted - {view.name for view in needed})


@cache
def _view(name: str, text: str) -> View:
    lines = text.splitlines()
    head = [line.removeprefix("--").rstrip() for line in lines if line.startswith("--")]
    body = "\n".join(line for line in lines if not line.startswith("--")).strip()
    parts = dict(_sections(head))
    try:
        return View(
            name=name,
            zh=parts["zh"].strip(),
            en=parts["en"].strip(),
            grain=parts["grain"].strip(),
            columns=dict(_columns(parts["columns"].strip().splitlines())),
            example=_dedented(parts["example"]),
            select=body.rstrip(";"),
        )
    except (KeyError, ValueError) as error:
        raise ValueError(f"{name}.sql: the header is no contract: {error}") from error


def _sections(head: Iterable[str]) -> Iterator[tuple[str, str]]:
    name, lines = "", list[str]()
    for line in head:
        if match := re.match(r" (\w+):(.*)", line):
            yield name, "\n".join(lines)
            name, lines = match[1], [match[2]]
        else:
            lines.append(line)
    yield name, "\n".join(lines)


def _columns(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The columns with their comments, those that are alike in every view by their names alone."""
    for line in lines:
        name, equals, comment = line.partition("=")
        if not equals:
            yield from ((one, _common()[one]) for one in re.findall(r"\w+", name))
        elif "|" in comment:
            yield name.strip(), comment.strip()
        else:
            raise ValueError(f"expected 'name = Chinese | English', found {line.strip()!r}")


@cache
def _common() -> dict[str, str]:
    """The comments of columns that several views show alike."""
    described = declared("pipeline.warehouse", "columns", dict[str, Bilingual])
    return {name: one.both for name, one in described.items()}


def _dedented(text: str) -> str:
    return "\n".join(line.strip() for line in text.strip().splitlines())
