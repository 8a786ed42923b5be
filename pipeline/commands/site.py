"""``gongkai site``: a folder of pages that needs no server."""

from pathlib import Path

import click

from pipeline.commands.connection import warehouse
from pipeline.commands.failure import Failure
from pipeline.commands.progress_bar import progress
from pipeline.explorer.opening import Descriptor, Opened
from pipeline.explorer.static_site import write_site
from pipeline.settings import Language, Settings
from pipeline.warehouse import disk


def run(settings: Settings, *, out: Path, both: bool, language: Language) -> None:
    """Writes the folder and says how many pages it holds.

    Raises:
        Failure: The folder holds something else, or cannot be written.
    """
    other: Language = "en" if language == "zh" else "zh"
    languages = (language, other) if both else (language,)
    with warehouse(settings) as connection:
        opened = Opened("site", connection, Descriptor(settings.database))
        try:
            with progress() as report:
                number = write_site(settings, opened, out.absolute(), languages, report)
        except FileExistsError as error:
            raise Failure(f"{out} holds other files: choose an empty folder") from error
        except disk.BuildError as error:
            raise Failure(str(error)) from error
        except OSError as error:
            raise Failure(f"cannot write {error.filename or out}: {error.strerror}") from error
    click.echo(f"{out / 'index.html'}: {number} pages")
