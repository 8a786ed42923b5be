"""The build under way, which all assets of a run share."""

from abc import abstractmethod
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import dagster as dg
from pydantic import PrivateAttr

from pipeline.warehouse.build import Build


class UnderWay(dg.ConfigurableResource[Any]):
    """The build under way; it is opened for a run and holds the warehouse's lock."""

    _build: Build = PrivateAttr()

    @abstractmethod
    def opened(self) -> AbstractContextManager[Build]:
        """Opens the build."""

    @property
    def build(self) -> Build:
        """The build, within a run."""
        return self._build

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator["UnderWay"]:
        """Opens the build for the time of a run."""
        with self.opened() as self._build:
            yield self


def under_way(opened: Callable[[], AbstractContextManager[Build]]) -> UnderWay:
    """Returns the resource that opens a certain build.

    Args:
        opened: Opens it. No configuration: what a warehouse is, its settings say.
    """

    class _UnderWay(UnderWay):
        def opened(self) -> AbstractContextManager[Build]:
            return opened()

    return _UnderWay()
