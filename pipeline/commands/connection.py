"""Opens the published warehouse for commands that only read."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import duckdb

from pipeline.commands.failure import Failure
from pipeline.settings import Settings
from pipeline.warehouse.as_of import NotKnownError, opened
from pipeline.warehouse.lineage import NotFoundError
from pipeline.warehouse.publication import Publication
from pipeline.warehouse.vintages import Vintages


@contextmanager
def warehouse(
    settings: Settings, as_of: datetime | None = None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Gives a connection that can neither write nor touch other files.

    Args:
        settings: Where the warehouse is.
        as_of: The moment that tables and views are to answer as of, now if None.

    Raises:
        Failure: There is no warehouse, the SQL is wrong, or what is asked for is not known.
    """
    path = settings.database
    if not path.exists():
        raise Failure(f"no warehouse at {path}: run `gongkai build` first")
    try:
        if as_of is not None:
            with as_of_day(settings, as_of) as connection:
                yield connection
            return
        with duckdb.connect(str(path), read_only=True) as connection:
            connection.execute("SET enable_external_access = false")
            yield connection
    except (duckdb.Error, NotFoundError) as error:
        raise Failure(str(error)) from error


def as_of_day(settings: Settings, moment: datetime) -> duckdb.DuckDBPyConnection:
    """Returns a connection that answers as of a moment.

    Raises:
        NotKnownError: What was published then cannot be told, or not yet.
    """
    database = settings.database.resolve()
    unknown = Vintages(settings).unknown_from(Publication(database.parent))
    if unknown is not None and unknown <= moment:
        raise NotKnownError(
            f"readers were led back to an earlier publication: days from {unknown:%Y-%m-%d %H:%M} "
            "(UTC) on can be asked for after the next build"
        )
    return opened(database, moment)
