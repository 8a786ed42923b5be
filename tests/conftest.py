"""What all tests share."""

import gc


def pytest_collection_finish() -> None:
    """Takes modules and tests out of the collector's sight: they stay to the end.

    It would walk through all of them again and again; at the end it may.
    """
    gc.freeze()


def pytest_unconfigure() -> None:
    """Lets go of what Hypothesis has the collector call.

    The interpreter keeps it to its very end, and all modules with it that it can reach: DuckDB
    then tells on the screen that its objects were never given back.
    """
    gc.callbacks.clear()
    gc.unfreeze()
