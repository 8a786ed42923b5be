"""Opens the published warehouse for commands that only read."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import duckdb

from pipeline.commands.failure import Failure
from pipeline.settings import NO_WAREHOUSE, Language, Settings
from pipeline.warehouse.other_version import foreign_message, is_of_another_version
from pipeline.warehouse.queries.name_lookup import NotFoundError


@contextmanager
def warehouse(
    settings: Settings, as_of: datetime | None = None, language: Language = "en"
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Gives a connection that can neither write nor touch other files.

    Args:
        settings: Where the warehouse is.
        as_of: The moment that tables and views are to answer as of, now if None.
        language: Language in which it is said that something is not known.

    Raises:
        Failure: There is no warehouse, the SQL is wrong, or what is asked for is not known.
    """
    path = settings.database
    if not path.exists():
        raise Failure(NO_WAREHOUSE.format(path))
    try:
        if as_of is not None:
            from pipeline.warehouse.history.as_of import (
                opened,  # and all that publishes, in a second
            )

            with opened(path, as_of) as connection:
                yield connection
            return
        with duckdb.connect(str(path), read_only=True) as connection:
            connection.execute("SET enable_external_access = false")
            yield connection
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        raise Failure(
            foreign_message(path) if _is_of_another_version(path) else str(error)
        ) from error
    except NotFoundError as error:
        raise Failure(error.zh if language == "zh" else str(error)) from error
    except duckdb.Error as error:
        raise Failure(str(error)) from error


def _is_of_another_version(path: Path) -> bool:
    """Whether a warehouse was made by another version, so that it lacks what is asked for."""
    with duckdb.connect(str(path), read_only=True) as connection:
        return is_of_another_version(connection)
