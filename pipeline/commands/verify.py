"""``gongkai verify``: is a number what a report prints, and the warehouse what was written?"""

import sys

import click

from pipeline.commands.connection import warehouse
from pipeline.commands.failure import Failure
from pipeline.commands.screen import console, on_one_line, text
from pipeline.settings import Settings
from pipeline.warehouse import disk, verification
from pipeline.warehouse.queries.claim_verdicts import Verdict, overall, verify


def run(settings: Settings, *, claim: tuple[str, ...]) -> None:
    """Prints the verdict on a claim; without one, what of the warehouse is not as it was written.

    Raises:
        Failure: There is no warehouse, something in it is not, or a build is under way.
        click.UsageError: The claim is neither a sentence nor agency, year, indicator and value.
    """
    if claim:
        _verify_claim(settings, claim)
    else:
        _verify_warehouse(settings)


def _verify_claim(settings: Settings, claim: tuple[str, ...]) -> None:
    with warehouse(settings) as connection:
        verdicts = verify(connection, claim)
    if not verdicts:
        raise click.UsageError("give one sentence in quotes, or AGENCY YEAR INDICATOR VALUE")
    screen = console(sys.stdout)
    screen.print(overall(verdicts), style="bold")
    for verdict in verdicts:
        screen.print(f"\n{verdict.finding}: {verdict.reason}")
        if verdict.claim_id is None:
            continue
        screen.print(f"said     {text(verdict.said)}")
        screen.print(f"printed  {_printed(verdict)}")
        screen.print(f"quote    {on_one_line(verdict.quote)}")
        if verdict.other_quote is not None:
            screen.print(f"but      {on_one_line(verdict.other_quote)}")
        for warning in verdict.warnings:
            screen.print(f"beware   {on_one_line(warning)}")
        screen.print(f"file     {verdict.source_path}")
        screen.print(f"claim    {verdict.claim_id}")


def _printed(verdict: Verdict) -> str:
    """The number as its place prints it, and in the unit of the indicator where that differs."""
    held = f"{text(verdict.printed)} {verdict.unit}"
    if verdict.printed_as is None:
        return f"nowhere; worked out as {held}"
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
