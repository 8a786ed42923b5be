"""``gongkai verify CLAIM``: is a number what a report prints?"""

import sys

from pipeline.commands.connection import warehouse
from pipeline.commands.failure import Failure
from pipeline.commands.screen import console, text
from pipeline.settings import Settings
from pipeline.warehouse.claim_verdicts import overall, verify


def run(settings: Settings, claim: tuple[str, ...]) -> None:
    """Prints the verdict on a sentence, or on agency, year, indicator and value.

    Raises:
        Failure: There is no warehouse, or the claim is neither.
    """
    with warehouse(settings) as connection:
        verdicts = verify(connection, claim)
    if not verdicts:
        raise Failure("give one sentence in quotes, or AGENCY YEAR INDICATOR VALUE")
    screen = console(sys.stdout)
    screen.print(overall(verdicts), style="bold")
    for verdict in verdicts:
        screen.print(f"\n{verdict.finding}: {verdict.reason}")
        if verdict.claim_id is None:
            continue
        screen.print(f"said     {text(verdict.said)}")
        screen.print(f"printed  {text(verdict.printed)} {verdict.unit}")
        screen.print("quote    " + " ⏎ ".join((verdict.quote or "").splitlines()))
        screen.print(f"file     {verdict.source_path}")
        screen.print(f"claim    {verdict.claim_id}")
