"""Which tests have not been seen to pass as a whole since the rebuild of 2026-11-28."""

from pathlib import Path

import pytest

UNSETTLED = ("integration", "unit/warehouse", "unit/sources")
SETTLED_AT_THE_TOP = {"test_rooms.py", "test_repository.py"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks them, so that `make test` says openly what it leaves to `make test-all`."""
    here = Path(__file__).parent
    for item in items:
        place = item.path.relative_to(here)
        at_the_top = place.parent == Path("unit") and place.name not in SETTLED_AT_THE_TOP
        if at_the_top or place.as_posix().startswith(UNSETTLED):
            item.add_marker(pytest.mark.unsettled)
