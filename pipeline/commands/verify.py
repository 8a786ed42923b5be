"""``gongkai verify``: is a number what a report prints, and the warehouse what was written?"""

import sys

import click
from rich.cells import cell_len

from pipeline.commands.connection import warehouse
from pipeline.commands.failure import Failure
from pipeline.commands.screen import console, on_one_line, text
from pipeline.settings import Language, Settings
from pipeline.warehouse import disk, verification
from pipeline.warehouse.queries.claim_reasons import findings, labels
from pipeline.warehouse.queries.claim_verdicts import Verdict, overall, verify


def run(settings: Settings, *, claim: tuple[str, ...], language: Language = "zh") -> None:
    """Prints the verdict on a claim; without one, what of the warehouse is not as it was written.

    Raises:
        Failure: There is no warehouse, something in it is not, or a build is under way.
        click.UsageError: The claim is neither a sentence nor agency, year, indicator and value.
    """
    if claim:
        _verify_claim(settings, claim, language)
    else:
        _verify_warehouse(settings)


def _verify_claim(settings: Settings, claim: tuple[str, ...], language: Language) -> None:
    with warehouse(settings) as connection:
        verdicts = verify(connection, claim)
    if not verdicts:
        raise click.UsageError("give one sentence in quotes, or AGENCY YEAR INDICATOR VALUE")
    screen = console(sys.stdout)
    called = {name: getattr(one, language) for name, one in findings().items()}
    screen.print(called[overall(verdicts)], style="bold")
    for verdict in verdicts:
        is_zh = language == "zh"
        why = verdict.reason_zh if is_zh else verdict.reason
        screen.print(f"\n{called[verdict.finding]}{'：' if is_zh else ': '}{why}")
        if verdict.claim_id is None:
            continue
        lines = [
            ("said", text(verdict.said)),
            ("printed", _printed(verdict, language)),
            ("quote", on_one_line(verdict.quote)),
            ("but", on_one_line(verdict.other_quote)),
            *(("beware", one) for one in (verdict.warnings_zh if is_zh else verdict.warnings)),
            ("file", verdict.source_path),
            ("claim", verdict.claim_id),
        ]
        for name, told in lines:
            if told:
                label = getattr(labels()[name], language)
                screen.print(f"{label}{' ' * (9 - cell_len(label))}{told}")


def _printed(verdict: Verdict, language: Language) -> str:
    """The number as its place prints it, and in the unit of the indicator where that differs."""
    held = f"{text(verdict.printed)} {verdict.unit}"
    if verdict.printed_as is None:
        told: str = getattr(labels()["derived"], language)
        return told.format(held=held)
    return held if verdict.printed_as == held else f"{verdict.printed_as} (= {held})"


def _verify_warehouse(settings: Settings) -> None:
    if not settings.warehouse.is_dir():
        raise Failure(f"no warehouse at {settings.warehouse}: name another with --warehouse")
    try:
        with disk.no_build(settings.warehouse, settings.wait):
            found = list(verification.verify(settings))
    except disk.BuildError as error:
        raise Failure(str(error)) from error
    for finding in found:
        click.echo(str(finding))
    if found:
        raise Failure(f"{len(found)} things in {settings.warehouse} are not as they were written")
    click.echo(f"{settings.warehouse}: every file and every row is as it was written")
