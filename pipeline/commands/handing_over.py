"""From what is typed to what does it: a command is loaded when it is asked for, not before."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import wraps
from importlib import import_module
from typing import TYPE_CHECKING, Any

from pipeline.commands.failure import Failure

if TYPE_CHECKING:
    from pipeline.settings import Settings

_SETTINGS = ("raw", "kept_at", "jobs", "engine", "ray", "wait", "accept_loss", "whole")
"""Options that are settings, under their names; the environment says them where nobody types."""


def done_by(module: str) -> Callable[[Callable[[], None]], Callable[..., None]]:
    """Lets ``run`` of a module do what a command says; the options are its arguments.

    Those that are settings come as such, in front of the others.
    """

    def handing_over(command: Callable[[], None]) -> Callable[..., None]:
        @wraps(command)
        def call(**typed: Any) -> None:
            run = import_module(f"pipeline.commands.{module}").run
            if "warehouse" not in typed:
                run(**typed)
                return
            others = {name: typed[name] for name in typed.keys() - {"warehouse", *_SETTINGS}}
            run(settings_of(typed), **others)

        return call

    return handing_over


def _said(_settings: "Settings", error: Exception) -> Failure:
    return Failure(str(error))


def settings_of(
    typed: Mapping[str, Any], refused: Callable[["Settings", Exception], Failure] = _said
) -> "Settings":
    """Returns the settings of a command.

    Args:
        typed: Its options.
        refused: What is done where they cannot be used; gives the failure.

    Raises:
        Failure: A variable of the environment cannot be used.
    """
    from pipeline.settings import Settings, SettingsError

    try:
        return _with(Settings.from_environment(), typed)
    except SettingsError as error:
        raise refused(_with(error.usable, typed), error) from error


def _with(settings: "Settings", typed: Mapping[str, Any]) -> "Settings":
    stated = {name: typed[name] for name in _SETTINGS if typed.get(name) is not None}
    warehouse = (typed["warehouse"] or settings.warehouse).absolute()
    return replace(settings, warehouse=warehouse, **stated)
