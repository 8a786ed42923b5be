"""What ``gongkai explain`` says around a number, in one language: ``data/explain.yml``."""

from functools import cache

from rich.cells import cell_len

from pipeline.declared import Declaration, declared
from pipeline.settings import Language

_LABEL_WIDTH = 11


class _Said(Declaration):
    zh: str
    en: str


class _File(Declaration):
    labels: dict[str, _Said]
    texts: dict[str, _Said]


class ExplainWording:
    """Says things in one language."""

    def __init__(self, language: Language) -> None:
        """Loads nothing; what is said is loaded once for all."""
        self._language = language

    def __call__(self, name: str, /, **gaps: object) -> str:
        """Returns a text with its gaps filled."""
        said: str = getattr(_said().texts[name], self._language)
        return said.format(**gaps)

    def labelled(self, name: str, said: object) -> str:
        """Returns a line with its label; what is said begins at one column in each."""
        label: str = getattr(_said().labels[name], self._language)
        return f"{label}{' ' * (_LABEL_WIDTH - cell_len(label))}{said}"

    def of(self, row: dict[str, object], stem: str) -> object:
        """Returns what a row says in this language."""
        return row[f"{stem}_{self._language}"]


@cache
def _said() -> _File:
    return declared("pipeline.commands", "explain", _File)
