"""``gongkai report``: one agency as one HTML page."""

from pathlib import Path

import click

from pipeline.commands.connection import warehouse
from pipeline.commands.failure import Failure
from pipeline.explorer.context import Context
from pipeline.explorer.links import NoLinks, file_name
from pipeline.explorer.opening import Descriptor, Opened
from pipeline.explorer.static_site import standalone
from pipeline.explorer.texts import Translator
from pipeline.settings import Language, Settings


def run(settings: Settings, *, agency: str, out: Path | None, language: Language) -> None:
    """Writes the page and says where it is.

    Args:
        settings: Which warehouse.
        agency: Id or name.
        out: File to write; named after the agency where None.
        language: Language of the page.

    Raises:
        Failure: There is no such agency, or the file cannot be written.
    """
    with warehouse(settings) as connection:
        opened = Opened("report", connection, Descriptor(settings.database))
        context = Context(settings, opened, Translator(language), NoLinks())
        html = standalone(context, agency)
    target = out or Path(f"{file_name(agency)}.html")
    try:
        target.write_text(html, "utf-8")
    except OSError as error:
        raise Failure(f"cannot write {target}: {error.strerror}") from error
    click.echo(str(target))
