"""Whether what was built may take the place of what is published, and what that changes."""

import duckdb

from pipeline.settings import Settings
from pipeline.warehouse.disk import BuildError
from pipeline.warehouse.history.changes import Changes, attach_before, compare, decisions_gone, lost
from pipeline.warehouse.publishing.publication import Publication
from pipeline.warehouse.reviewed.expected import LETTING_IT_GO, ExpectedCounts, Loss, outside


def hold_against_expected(
    connection: duckdb.DuckDBPyConnection, expected: ExpectedCounts, settings: Settings
) -> None:
    """Refuses what holds less or more than was declared.

    Raises:
        BuildError: Some year does.
    """
    if found := list(outside(connection, expected)):
        raise BuildError(
            f"{'; '.join(found)}. Nothing was published: look at what went or came, or mend "
            f"{settings.expected}"
        )


def hold_against_published(
    connection: duckdb.DuckDBPyConnection, published: Publication, loss: Loss, settings: Settings
) -> Changes:
    """Returns what readers will find changed, and refuses what lost much at once.

    Raises:
        BuildError: So much is gone that something must have gone wrong.
        duckdb.Error: The two cannot be compared.
    """
    attach_before(connection, published)
    if not settings.accept_loss:
        if undecided := decisions_gone(connection):
            raise BuildError(
                f"all {undecided} decisions of {settings.decisions} are gone, and what they "
                f"settled would be undone. Nothing was published: is it the right file? "
                f"{LETTING_IT_GO}"
            )
        if gone := lost(connection, loss):
            raise BuildError(
                f"{'; '.join(gone)}. Nothing was published: `gongkai status` and the table "
                f"quarantine say why files could not be read. {LETTING_IT_GO}"
            )
    return compare(connection)
