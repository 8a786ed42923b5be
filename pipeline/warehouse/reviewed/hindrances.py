"""Faults in files written by people that would stop the next build."""

from collections.abc import Callable, Iterator

import yaml

from pipeline.agencies.roster import rosters
from pipeline.declared import MEND, StatedError, fault
from pipeline.settings import Settings
from pipeline.warehouse import disk
from pipeline.warehouse.reviewed import expected
from pipeline.warehouse.reviewed.corrections import corrections
from pipeline.warehouse.reviewed.overrides import overrides

_ON_REPORTS: dict[str, Callable[[], object]] = {
    "corrections.yml": corrections,
    "overrides.yml": overrides,
}
_WITH_THE_CODE: dict[str, Callable[[], object]] = {**_ON_REPORTS, "roster.yml": rosters}


def hindrances(settings: Settings) -> Iterator[str]:
    """Yields a sentence for each file that a build would stop at, with what to do."""
    from pipeline.warehouse.reviewed import decisions  # which takes a quarter of a second to load

    try:
        decisions.load(settings.decisions)
    except StatedError as error:
        yield f"{error}; {MEND}"
    try:
        expected.load(settings.expected)
    except disk.BuildError as error:
        yield str(error)
    yield from with_the_code()


def with_the_code(*, is_met: bool = False) -> Iterator[str]:
    """Yields the same for the files that lie beside the code, which only a new table reads.

    Args:
        is_met: Whether the program built what is published; what is a part of it was looked at
            then.
    """
    for name, read in (_ON_REPORTS if is_met else _WITH_THE_CODE).items():
        try:
            read()
        except (OSError, ValueError, yaml.YAMLError) as error:
            yield f"{name}: {fault(error)}; {MEND}"
