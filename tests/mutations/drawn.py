"""Mistakes nobody thought of: every comparison, limit and guard of the program.

Each is put where it stands by the syntax of Python or the words of SQL, so that a new line is
drawn from as well. Of the data the files beside this one tell.
"""

import ast
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Literal, NamedTuple

from tests.mutations.mistakes import ROOT, Mistake

_FOLDERS = ("pipeline", "sql")
_BESIDE = {ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">", ast.Eq: "!=", ast.NotEq: "=="}
_SIGN = re.compile("[<>]=?|[!=]=")
_OTHER = {"any": "all", "all": "any", "min": "max", "max": "min"}
_NOBODY_KNOWS = "nothing that any test looks at"
_Kind = Literal["logic", "threshold"]


class _Change(NamedTuple):
    """What stands between two nodes or for one of them, and what is put there."""

    start: int
    end: int
    put: str
    kind: _Kind


def drawn() -> Iterator[Mistake]:
    """Every one of them, file by file."""
    for folder in _FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in _CHANGES and path.is_file():
                yield from drawn_from(path.relative_to(ROOT).as_posix(), path.read_text("utf-8"))


def drawn_from(file: str, text: str) -> Iterator[Mistake]:
    """Those of one file."""
    for number, change in enumerate(_CHANGES[Path(file).suffix](text)):
        first, last = _lines_around(text, change)
        find = text[first:last]
        yield Mistake(
            id=f"{Path(file).stem}:{text.count(chr(10), 0, change.start) + 1}:{number}",
            file=file,
            find=find,
            put=text[first : change.start] + change.put + text[change.end : last],
            kind=change.kind,
            shows=_NOBODY_KNOWS,
        )


class _Source:
    """A module with the places of its nodes."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tree = ast.parse(text)
        self._begins = _begins(text)

    def changes(self) -> Iterator[_Change]:
        """What may be done wrong, in no order that matters."""
        for node in self._nodes(self._tree):
            match node:
                case ast.Compare():
                    yield from self._compared(node)
                case ast.Slice(lower=lower, upper=upper):
                    for end in (lower, upper):
                        yield from self._moved(end)
                case ast.BoolOp():
                    yield from self._without_one(node)
                case ast.If(test=test, body=[ast.Return() | ast.Continue()], orelse=[]):
                    yield self._for(test, f"False and ({self._said(test)})")
                case ast.comprehension(ifs=conditions):
                    yield from (self._for(one, "True") for one in conditions)
                case ast.Call(func=ast.Name(id=name) as function) if name in _OTHER:
                    yield self._for(function, _OTHER[name])
                case ast.Assign(targets=[ast.Name(id=name)], value=value) if name.isupper():
                    yield from self._moved(value)

    def _nodes(self, node: ast.AST) -> Iterator[ast.AST]:
        """All nodes, but not those in a formatted text, which have no place of their own."""
        yield node
        if not isinstance(node, ast.JoinedStr):
            for child in ast.iter_child_nodes(node):
                yield from self._nodes(child)

    def _compared(self, node: ast.Compare) -> Iterator[_Change]:
        sides = pairwise([node.left, *node.comparators])
        for sign, (left, right) in zip(node.ops, sides, strict=True):
            if type(sign) in _BESIDE:
                start = self._place(left)[1]
                written = _SIGN.search(self._text, start, self._place(right)[0])
                if written:
                    yield _Change(*written.span(), _BESIDE[type(sign)], _kind(sign))
                for side in (left, right):
                    yield from self._moved(side)

    def _moved(self, node: ast.expr | None) -> Iterator[_Change]:
        """A whole number by one, another by half and by twice."""
        match node:
            case ast.Constant(value=int() as value) if not isinstance(value, bool):
                for moved in (value + 1, value - 1):
                    yield self._for(node, str(moved), "threshold")
            case ast.Constant(value=float() as value):
                for factor in (2, 0.5):
                    yield self._for(node, repr(value * factor), "threshold")
            case ast.Call(func=ast.Name(id="Decimal"), args=[ast.Constant(value=str() as value)]):
                for share in (Decimal(2), Decimal("0.5")):
                    moved = Decimal(value) * share
                    if moved != Decimal(value):
                        yield self._for(node, f'Decimal("{moved}")', "threshold")

    def _without_one(self, node: ast.BoolOp) -> Iterator[_Change]:
        sign = " and " if isinstance(node.op, ast.And) else " or "
        for left_out in node.values:
            rest = [f"({self._said(one)})" for one in node.values if one is not left_out]
            yield self._for(node, f"({sign.join(rest)})")

    def _for(self, node: ast.expr, put: str, kind: _Kind = "logic") -> _Change:
        return _Change(*self._place(node), put, kind)

    def _said(self, node: ast.expr) -> str:
        start, end = self._place(node)
        return self._text[start:end]

    def _place(self, node: ast.expr) -> tuple[int, int]:
        """Where a node stands in the text; the syntax counts in bytes."""
        ends = ((node.lineno, node.col_offset), (node.end_lineno, node.end_col_offset))
        start, end = (self._offset(line or 1, column or 0) for line, column in ends)
        return start, end

    def _offset(self, line: int, column: int) -> int:
        begin = self._begins[line - 1]
        said = self._text[begin : self._begins[line]].encode()[:column].decode()
        return begin + len(said)


def _begins(text: str) -> list[int]:
    """Where the lines begin, and the text ends."""
    return [0, *accumulate(len(line) for line in text.splitlines(keepends=True))]


def _lines_around(text: str, change: _Change) -> tuple[int, int]:
    """Whole lines about a change, as many as make their text the only one of its kind."""
    begins = _begins(text)
    first = max(begin for begin in begins if begin <= change.start)
    last = min(begin for begin in begins if begin >= change.end)
    while text.count(text[first:last]) > 1:
        first = max(begin for begin in begins if begin < first)
    return first, last


def _kind(sign: ast.cmpop) -> _Kind:
    return "logic" if isinstance(sign, ast.Eq | ast.NotEq) else "threshold"


_SAID = re.compile(r"--[^\n]*|'[^']*'|\bBETWEEN\b.*?\bAND\b", re.DOTALL)
"""Where SQL has words and signs that mean something else."""
_WORDS = {
    "AND": "OR",
    "OR": "AND",
    "IS NULL": "IS NOT NULL",
    "IS NOT NULL": "IS NULL",
    "NOT": "",
    "EXISTS": "NOT EXISTS",
    "LEFT JOIN": "JOIN",
    "ANTI JOIN": "SEMI JOIN",
    "SEMI JOIN": "ANTI JOIN",
    "DESC": "",
    "DISTINCT": "",
    "min": "max",
    "max": "min",
    "bool_or": "bool_and",
    "bool_and": "bool_or",
}
_WORD = re.compile(rf"\b(?:{'|'.join(sorted(_WORDS, key=len, reverse=True))})\b")
_SQL_BESIDE = {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "=": "<>", "<>": "="}
_SQL_SIGN = re.compile(r"(?<![-:<>=!])(?:<>|[<>]=?|=)(?![<>=])")
_SQL_NUMBER = re.compile(r"(?<=[-+*/<>=] )\d+(?:\.\d+)?\b")


def _of_python(text: str) -> Iterator[_Change]:
    return _Source(text).changes()


def _of_sql(text: str) -> Iterator[_Change]:
    """What may be done wrong in a query; in words between quotes and to people nothing is."""
    bare = _SAID.sub(lambda said: " " * len(said[0]), text)
    for found in _WORD.finditer(bare):
        yield _Change(*found.span(), _WORDS[found[0]], "logic")
    for found in _SQL_SIGN.finditer(bare):
        kind: _Kind = "logic" if found[0] in ("=", "<>") else "threshold"
        yield _Change(*found.span(), _SQL_BESIDE[found[0]], kind)
    for found in _SQL_NUMBER.finditer(bare):
        number = Decimal(found[0])
        moved = (number * 2, number / 2) if "." in found[0] else (number + 1, number - 1)
        yield from (_Change(*found.span(), f"{one:f}", "threshold") for one in moved)


_CHANGES: dict[str, Callable[[str], Iterator[_Change]]] = {".py": _of_python, ".sql": _of_sql}
