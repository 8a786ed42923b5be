"""Finding the names of a list that a text begins with, the longest first."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

_TOLD_BY = 2


class Beginnings:
    """How long the names of a list are, by their first characters.

    A text is then cut only where a name may end: most begin like no name of the list.
    """

    def __init__(self, names: Iterable[str]) -> None:
        lengths: dict[str, set[int]] = defaultdict(set)
        for name in names:
            lengths[name[:_TOLD_BY]].add(len(name))
        self._lengths: Mapping[str, tuple[int, ...]] = {
            first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()
        }

    def ends(self, text: str, start: int = 0) -> Iterable[int]:
        """Returns where a name that begins at an offset of a text may end, farthest first."""
        lengths = self._lengths.get(text[start : start + _TOLD_BY])
        if lengths is None:
            return ()
        left = len(text)
        return [start + length for length in lengths if start + length <= left]
