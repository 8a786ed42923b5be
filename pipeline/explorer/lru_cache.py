"""What was made lately, kept in memory; safe between threads."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Made = TypeVar("Made")


class LruCache(Generic[Made]):
    """A cache by key that drops what was asked for least recently."""

    def __init__(self, most: int, weight: Callable[[Made], int] = lambda _: 1) -> None:
        """Begins empty.

        Args:
            most: What all that is kept may weigh; a tenth of it, what one thing may.
            weight: What one weighs.
        """
        self._most = most
        self._weight = weight
        self._kept: OrderedDict[Hashable, tuple[Made, int]] = OrderedDict()
        self._total = 0
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """Returns the value of a key, made now where it is not in the cache.

        Two that ask at once may both make it. What is None is never kept.
        """
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key][0]
        made = make()
        weight = self._weight(made)
        if made is not None and 10 * weight <= max(self._most, 10):
            with self._lock:
                _, before = self._kept.pop(key, (made, 0))
                self._kept[key] = made, weight
                self._total += weight - before
                while self._total > self._most:
                    _, (_, dropped) = self._kept.popitem(last=False)
                    self._total -= dropped
        return made
