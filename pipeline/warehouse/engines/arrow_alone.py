"""Arrow without pandas, for processes that have no use for it."""

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from types import ModuleType

import pyarrow as pa


class _NoPandas(MetaPathFinder):
    def find_spec(
        self, fullname: str, _path: Sequence[str] | None, _target: ModuleType | None = None
    ) -> None:
        if fullname == "pandas":
            raise ModuleNotFoundError(fullname)


def load_arrow_alone() -> None:
    """Lets Arrow make its first array while pandas cannot be found.

    Arrow looks for pandas once, to tell whether a list is one of its columns, and to load it
    takes half a second. Whoever wants a frame of pandas later still gets one.
    """
    finder = _NoPandas()
    sys.meta_path.insert(0, finder)
    try:
        pa.array([None])
    finally:
        sys.meta_path.remove(finder)
