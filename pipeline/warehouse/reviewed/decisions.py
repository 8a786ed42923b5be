"""What people decided on seeing the print: ``data/decisions.yml``, read and written."""

import hashlib
import json
import textwrap
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import yaml
from pydantic import Field, field_validator, model_validator

from pipeline.declared import Declaration, StatedError, fault, parsed, stated
from pipeline.forms.catalogue import IndicatorId
from pipeline.lexis.values import read_value
from pipeline.model.decision import Decision, DecisionKind
from pipeline.warehouse import disk
from pipeline.warehouse.ids import id_of_report

if TYPE_CHECKING:
    from pipeline.model.agency import Agency

_EMPTY = "decisions: []"
_HEAD = "decisions:"


class Guard(Declaration):
    """What a decision was made on; it holds only where this is still so.

    Attributes:
        document: SHA-256 of the document.
        quote: The row or sentence as printed.
    """

    document: str = Field(pattern=r"^[0-9a-f]{64}$")
    quote: str = Field(min_length=1)


class WrittenDecision(Declaration):
    """One line of the file.

    Attributes:
        kind: ``reading``: the cell says this. ``confirm``: what the program read is what is
            printed. ``label``: the row is this indicator. ``withhold``: what is printed is known
            to be wrong. ``agency``: this is who reports.
        expect: What it was decided on.
        part: Number of the report in its document.
        indicator: The indicator, for all but an agency.
        value: The cell, transcribed as it is printed, for all but an agency.
        agency: Full name of the agency, for an agency.
        reviewer: Who decided.
        decided_on: Day of the decision.
        reason: Why, in a sentence.
    """

    kind: DecisionKind
    expect: Guard
    part: int = Field(default=1, ge=1)
    indicator: IndicatorId | None = None
    value: str | None = None
    agency: str | None = None
    reviewer: str = Field(min_length=1)
    decided_on: date
    reason: str = Field(min_length=2)

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if self.kind is DecisionKind.AGENCY:
            if self.indicator or self.value or not self.agency:
                raise ValueError("an agency is decided by its name alone")
            self.agency_meant()
            return self
        if self.agency or not self.indicator or self.value is None:
            raise ValueError(f"{self.kind} needs an indicator and the value as printed")
        if self.number() is None:
            raise ValueError(f"{self.value} is no number: transcribe the cell as it is printed")
        return self

    @property
    def report_id(self) -> str:
        """The report, as in ``dim_report``."""
        return id_of_report(self.expect.document, self.part)

    @property
    def decision_id(self) -> str:
        """What it is known by: the same for the same decision about the same print."""
        said = self.model_dump(mode="json", exclude={"reviewer", "decided_on", "reason"})
        text = json.dumps(said, ensure_ascii=False, sort_keys=True)
        return f"review.{hashlib.sha256(text.encode()).hexdigest()[:8]}"

    def number(self) -> Decimal | None:
        """The number that the transcribed cell holds."""
        return read_value(self.value).number if self.value is not None else None

    def agency_meant(self) -> "Agency":
        """The agency of that name.

        Raises:
            ValueError: The name alone does not tell which it is.
        """
        # What knows all agencies takes a tenth of a night with nothing new to load.
        from pipeline.agencies.resolver import Certainty, resolve

        found = resolve(self.agency or "")
        if found.certainty is not Certainty.CERTAIN or found.agency is None:
            why = found.found or "give its full name, with its province"
            raise ValueError(f"{self.agency} is no agency for certain: {why}")
        return found.agency

    def decided(self) -> Decision:
        """Returns it as the core takes it."""
        return Decision(
            self.decision_id,
            self.kind,
            self.expect.quote,
            self.indicator,
            self.value or "",
            self.number(),
            self.agency_meant() if self.kind is DecisionKind.AGENCY else None,
        )


class _InFull(yaml.SafeDumper):
    """Writes what several lines share in each of them."""

    def ignore_aliases(self, data: object) -> bool:
        """Never refers from one line to another."""
        return True


class _File(Declaration):
    decisions: tuple[WrittenDecision, ...] = ()

    @field_validator("decisions", mode="before")
    @classmethod
    def _none_yet(cls, value: object) -> object:
        return () if value is None else value

    @model_validator(mode="after")
    def _decided_once(self) -> Self:
        keys = [(one.report_id, one.indicator, one.expect.quote) for one in self.decisions]
        for key in keys:
            if keys.count(key) > 1:
                raise ValueError(f"decided twice: {key[0]}, {key[1] or 'agency'}, {key[2]!r}")
        return self


def load(path: Path) -> tuple[WrittenDecision, ...]:
    """Returns the decisions of a file; none where there is no file.

    Raises:
        StatedError: It cannot be read, or one of them is not whole.
    """
    return stated(path, _File).decisions


def add(path: Path, *decisions: WrittenDecision) -> None:
    """Writes more lines; what stands in the file, comments too, stays as it is.

    Raises:
        StatedError: The file is not as it must be, or would not be with these lines.
    """
    text = path.read_text("utf-8") if path.exists() else ""
    rows = [_plain(one) for one in decisions]
    lines = yaml.dump(rows, Dumper=_InFull, allow_unicode=True, sort_keys=False, width=1_000)
    try:
        before = parsed(text, _File).decisions
        begun = text if yaml.load(text, yaml.CSafeLoader) else f"{text}\n{_EMPTY}".lstrip()
        grown = f"{begun.rstrip().replace(_EMPTY, _HEAD)}\n{textwrap.indent(lines, '  ')}"
        after = parsed(grown, _File).decisions
    except (yaml.YAMLError, ValueError) as error:
        raise StatedError(f"{path}: {fault(error)}") from error
    if after != (*before, *decisions):
        raise StatedError(f"{path}: `decisions` must be the last list of the file")
    path.parent.mkdir(parents=True, exist_ok=True)
    disk.write_file(path, grown)


def _plain(decision: WrittenDecision) -> dict[str, Any]:
    return {
        name: value
        for name, value in decision.model_dump(mode="json", exclude_none=True).items()
        if name != "part" or value != 1
    } | {"decided_on": decision.decided_on}
