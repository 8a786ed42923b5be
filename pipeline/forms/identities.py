"""Identities (勾稽关系): what must hold between the numbers of a report or of two years."""

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache, cached_property
from typing import Any

from pipeline.declared import Declaration
from pipeline.forms.catalogue import IndicatorId, applicants, declaration_of, indicators

_SIGNS = {"equal": "=", "at_most": "≤", "near": "≈"}
_TERM = re.compile(r"(?P<optional>\?)?(?P<minus>-)?(?P<id>[\w.:]+?)(?P<previous>@prev)?")


class Relation(StrEnum):
    """How the left side stands to the right side."""

    EQUAL = "equal"
    AT_MOST = "at_most"
    NEAR = "near"
    POSITIVE_IF = "positive_if"


class Term(Declaration):
    """An operand.

    Attributes:
        indicator_id: Which number.
        sign: 1, or -1 where it is subtracted.
        optional: Whether forms lack it, so that absence is no gap.
        previous: Whether it is the number of the year before.
    """

    indicator_id: IndicatorId
    sign: int = 1
    optional: bool = False
    previous: bool = False


class Identity(Declaration):
    """One relation between numbers.

    Attributes:
        rule_id: Id of the rule; ids of one family share what stands before the colon.
        forms: Letters of the forms it holds on.
        relation: How the sides compare.
        severity: How bad a failure is: error, warn or info.
        source: Where the rule comes from.
        left: Operands of the printed side.
        right: Operands of the side it is held against.
        alternatives: Further operands of the right side: the first complete list counts.
    """

    rule_id: str
    forms: tuple[str, ...]
    relation: Relation
    severity: str
    source: str
    left: tuple[Term, ...]
    right: tuple[Term, ...]
    alternatives: tuple[tuple[Term, ...], ...] = ()

    @cached_property
    def statement_zh(self) -> str:
        """The rule in the words of the forms."""
        return self._statement({id: one.label_zh for id, one in indicators().items()}, "（上年）")

    @cached_property
    def statement_en(self) -> str:
        """The same in English."""
        labels = {id: one.label_en for id, one in indicators().items()}
        return self._statement(labels, " (year before)")

    def _statement(self, labels: Mapping[str, str], earlier: str) -> str:
        left, right = (_side(side, labels, earlier) for side in (self.left, self.right))
        if self.relation is Relation.POSITIVE_IF:
            return f"{right} > 0 ⇒ {left} > 0"
        return f"{left} {_SIGNS[self.relation]} {right}"

    @cached_property
    def operands(self) -> tuple[str, ...]:
        """The indicators on both sides, left side first."""
        return tuple(term.indicator_id for term in (*self.left, *self.right))

    @cached_property
    def has_choices(self) -> bool:
        """Whether its operands depend on what a report prints."""
        return bool(self.alternatives) or any(term.optional for term in (*self.left, *self.right))

    @cached_property
    def spans_years(self) -> bool:
        """Whether it compares two years, so that a single report cannot be checked by it."""
        return any(term.previous for term in (*self.left, *self.right))


class DerivedTotal(Declaration):
    """A total that a form leaves out or blank, worked out from its parts.

    Attributes:
        indicator_id: The total.
        parts: Its parts, all needed.
        is_of_blanks: Whether it is worked out only where some of them are left blank: where
            all are printed, each is an outcome of its own.
    """

    indicator_id: str
    parts: tuple[str, ...]
    is_of_blanks: bool = False


@cache
def identities() -> tuple[Identity, ...]:
    """Every identity, repeated rules written out.

    Raises:
        pydantic.ValidationError: A rule names an unknown indicator or lacks a side.
    """
    return tuple(
        identity
        for rule in declaration_of("identities")["rules"]
        for identity in _written_out(rule)
    )


@cache
def every_operand() -> frozenset[str]:
    """The indicators that some identity names."""
    return frozenset(
        term.indicator_id
        for rule in identities()
        for parts in (rule.left, rule.right, *rule.alternatives)
        for term in parts
    )


@cache
def identities_of(form: str) -> tuple[Identity, ...]:
    """The identities that a single report on a form must satisfy."""
    return tuple(rule for rule in identities() if form in rule.forms and not rule.spans_years)


@cache
def derived_totals() -> tuple[DerivedTotal, ...]:
    """Every total that may be worked out: those no form prints, and blank row totals."""
    declared = declaration_of("identities")
    unprinted = [
        DerivedTotal(
            indicator_id=rule["total"] + suffix,
            parts=tuple(part + suffix for part in rule["parts"]),
            is_of_blanks=rule.get("of_blanks", False),
        )
        for rule in declared["derived"]
        for suffix in ("", *(f":{kind}" for kind in applicants()))
    ]
    row_totals = [
        DerivedTotal(
            indicator_id=each,
            parts=tuple(f"{each}:{kind}" for kind in applicants()),
        )
        for rule in declared["rules"]
        if rule.get("applicants")
        for each in rule["each"]
    ]
    return (*row_totals, *unprinted)


def _written_out(rule: dict[str, Any]) -> Iterator[Identity]:
    """One identity for every id of ``each`` and every column."""
    suffixes = ["", *(f":{kind}" for kind in applicants())] if rule.get("columns") else [""]
    for each in rule.get("each", [None]):
        for suffix in suffixes:
            right = rule.get("right", [])
            if rule.get("applicants"):
                right = [f"{each}:{kind}" for kind in applicants()]
            member = each or (suffix.lstrip(":") or "total" if rule.get("columns") else None)
            yield Identity(
                rule_id=f"{rule['id']}:{member}" if member else rule["id"],
                forms=tuple(rule["forms"]),
                relation=rule["relation"],
                severity=rule["severity"],
                source=rule["source"],
                left=_terms(rule["left"], each, suffix),
                right=_terms(right, each, suffix),
                alternatives=tuple(
                    _terms(terms, each, suffix) for terms in rule.get("alternatives", ())
                ),
            )


def _side(terms: Sequence[Term], labels: Mapping[str, str], earlier: str) -> str:
    words = (
        f"{'− ' if term.sign < 0 else ''}{labels[term.indicator_id]}"
        f"{earlier if term.previous else ''}"
        for term in terms
    )
    return " + ".join(words).replace("+ −", "−")


def _terms(texts: list[str], each: str | None, suffix: str) -> tuple[Term, ...]:
    terms = []
    for text in texts:
        match = _TERM.fullmatch(text.replace("{}", each or ""))
        if not match:
            raise ValueError(f"identities.yml: {text!r} is not a term")
        terms.append(
            Term(
                indicator_id=match["id"] + suffix,
                sign=-1 if match["minus"] else 1,
                optional=bool(match["optional"]),
                previous=bool(match["previous"]),
            )
        )
    return tuple(terms)
