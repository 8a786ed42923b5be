"""Options that several commands have.

What the environment says in their place is read with all other settings, in one way.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from pipeline.commands.option_types import DayType, PlaceType


def raw_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The folder of raw files."""
    return click.option(
        "--raw",
        type=PlaceType(),
        help="Folder or s3:// URL of raw files.  [env: GONGKAI_RAW]",
    )(command)


def warehouse_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The folder of the warehouse."""
    return click.option(
        "--warehouse",
        type=click.Path(path_type=Path, file_okay=False),
        help="Folder of the warehouse.  [env: GONGKAI_WAREHOUSE]",
    )(command)


def store_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Where parse results are kept."""
    return click.option(
        "--store",
        type=PlaceType(),
        help="Folder or URL where parse results are kept.  "
        "[default: in the warehouse; env: GONGKAI_STORE]",
    )(command)


def wait_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """How long to wait for another build."""
    return click.option(
        "--wait", type=click.FloatRange(0), default=0.0, help="Seconds to wait for another build."
    )(command)


def as_of_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The day to answer as of."""
    return click.option(
        "--as-of",
        type=DayType(),
        metavar="DATE",
        help="Answer as of a day (to its end, UTC) or a day and time: facts, agencies, reports and "
        "views made of them. What is printed (observation, quarantine), checks, gaps and coverage "
        "cannot be asked as of a day; definitions and names are those of today.",
    )(command)


def lang_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The language of labels and messages."""
    return click.option(
        "--lang",
        "--language",
        "lang",
        type=click.Choice(["zh", "en"]),
        default="zh",
        show_default=True,
        help="Language of labels and messages.",
    )(command)
