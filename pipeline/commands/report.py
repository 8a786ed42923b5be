"""``gongkai report``: one agency as one HTML page."""

from pathlib import Path

import click

from pipeline.commands.connection import warehouse
from pipeline.commands.failure import Failure
from pipeline.settings import Settings
from pipeline.warehouse.lineage import NotFoundError
from pipeline.warehouse.pages.page import page


def run(settings: Settings, agency: str, out: Path | None) -> None:
    """Writes the page and says where it is.

    Args:
        settings: Which warehouse.
        agency: Id or name.
        out: File to write; named after the agency where None.

    Raises:
        Failure: There is no such agency, or the file cannot be written.
    """
    with warehouse(settings) as connection:
        try:
            html = page(connection, agency)
        except NotFoundError as error:
            raise Failure(str(error)) from error
    target = out or Path(f"{_file_name(agency)}.html")
    try:
        target.write_text(html, "utf-8")
    except OSError as error:
        raise Failure(f"cannot write {target}: {error.strerror}") from error
    click.echo(str(target))


def _file_name(agency: str) -> str:
    return "".join(one if one.isalnum() or one in "._-" else "_" for one in agency)
