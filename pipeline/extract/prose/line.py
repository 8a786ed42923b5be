"""A sentence with its numbers, and the years that its words give them."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pipeline.extract.prose.circumstances import is_cumulative
from pipeline.extract.prose.cleaning import Clean
from pipeline.extract.prose.distribution import Grown, grown, years_in_turn
from pipeline.extract.prose.quantities import Quantity
from pipeline.extract.prose.surroundings import Around
from pipeline.extract.prose.wholes import Counted, Tally
from pipeline.extract.prose.whose import Reporter
from pipeline.model.observation import Observation

Found = tuple[int, Observation]
"""What was read, with its offset in the sentence."""


class Line(NamedTuple):
    """A sentence with its numbers.

    Attributes:
        clean: The sentence.
        heard: The one before it in its paragraph, if that counts nothing or a semicolon ends it.
        counted: Its numbers.
        in_turn: Of which year each is that a list of years gives one, by where it begins.
        grown: Those that one thing was last year and is now.
        year: The year reported on, None if not known.
        form: Letter of the form whose indicators its words mean.
        reporter: Who reports.
    """

    clean: Clean
    heard: str
    counted: Sequence[Quantity]
    in_turn: Mapping[int, int]
    grown: Mapping[int, Grown]
    year: int | None
    form: str
    reporter: Reporter

    @classmethod
    def of(
        cls,
        clean: Clean,
        heard: str,
        counted: Sequence[Quantity],
        year: int | None,
        form: str,
        reporter: Reporter,
    ) -> "Line":
        """Returns a sentence with the years that its numbers are told to be of."""
        in_turn = years_in_turn(clean.text, counted, year) if counted else {}
        changed = grown(clean.text, counted, year) if counted and not in_turn else {}
        return cls(clean, heard, counted, in_turn, changed, year, form, reporter)

    @property
    def text(self) -> str:
        """The text to search."""
        return self.clean.text

    def year_told(self, at: int, before: Counted | None) -> int | None:
        """The year that words give the number at an offset, or the whole it is a part of."""
        if at in self.in_turn:
            return self.in_turn[at]
        told = (at, before.quantity.start) if before and before.quantity else (at,)
        return next((self.grown[one].year for one in told if one in self.grown), None)

    def around(self, at: int, whole: Counted | None, tally: Tally) -> Around:
        """Returns what stands around a number.

        Args:
            at: Where it begins.
            whole: The number it is a part of, None where it is none.
            tally: The numbers of its paragraph so far.
        """
        last = tally.last
        return Around(
            headings=self.clean.sentence.path,
            heard=self.heard,
            said=self.text[:at],
            behind=self.text[at:],
            parent_id=whole.indicator if whole else None,
            parent_adds_up=whole is not None and whole.adds_up,
            parent_label=whole.label if whole else "",
            before_id=last.indicator if last else None,
            before_label=last.label if last else "",
            first_label=tally.first_label,
            cumulative=is_cumulative(self.text, at, self.year),
            counted=tally.indicators,
            year=self.year,
        )
