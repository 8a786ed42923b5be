"""Settings as the environment and the options of a command state them."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.commands.failure import Failure

if TYPE_CHECKING:
    from pipeline.settings import Settings


def _said(_settings: "Settings", error: Exception) -> Failure:
    return Failure(str(error))


def settings_of(
    warehouse: Path | None, refused: Callable[["Settings", Exception], Failure] = _said
) -> "Settings":
    """Returns the settings of a command.

    Args:
        warehouse: The folder that an option names.
        refused: What is done where they cannot be used; gives the failure.

    Raises:
        Failure: A variable of the environment cannot be used.
    """
    from pipeline.settings import Settings, SettingsError

    try:
        return _at(Settings.from_environment(), warehouse)
    except SettingsError as error:
        raise refused(_at(error.usable, warehouse), error) from error


def _at(settings: "Settings", warehouse: Path | None) -> "Settings":
    return replace(settings, warehouse=(warehouse or settings.warehouse).absolute())
