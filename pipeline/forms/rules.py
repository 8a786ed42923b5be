"""Every rule that checks a report or a series, explained: ``rules.yml`` and the identities."""

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby
from typing import Literal, Self

from pydantic import Field, model_validator

from pipeline.declared import Declaration
from pipeline.forms.catalogue import declaration_of
from pipeline.forms.form import forms
from pipeline.forms.identities import Identity, Relation, identities
from pipeline.model.check import Kind, Severity


class _Words(Declaration):
    zh: str = Field(min_length=2)
    en: str = Field(min_length=2)


class _Declared(_Words):
    kind: Kind
    severity: Severity
    source: str
    remedy: str
    states_zh: str
    states_en: str
    compares: Literal["values", "years"] = "values"
    concerns: Literal["numbers", "report"] = "numbers"
    forms: tuple[str, ...] = ()


class _File(Declaration):
    remedies: dict[str, _Words]
    identities: dict[str, _Words]
    rules: dict[str, _Declared]

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        unknown = {one.remedy for one in self.rules.values()} - self.remedies.keys()
        if unknown:
            raise ValueError(f"rules.yml: no remedy {sorted(unknown)}")
        families = {family_of(one.rule_id) for one in identities()}
        if families ^ self.identities.keys():
            raise ValueError(
                f"rules.yml: {sorted(families ^ self.identities.keys())} stand in only one of "
                "its `identities` and identities.yml"
            )
        return self


class Rule(Declaration):
    """A rule as ``dim_rule`` explains it.

    Attributes:
        rule_id: As in ``check_result``.
        kind: What it compares.
        severity: How bad a failure is at worst.
        title_zh: Its name.
        title_en: The same in English.
        statement_zh: What must hold.
        statement_en: The same in English.
        forms: Letters of the forms it is asked of.
        source: Who demands it: a form, a law, arithmetic.
        what_to_do_zh: What to do about a failure.
        what_to_do_en: The same in English.
        compares: Whether its sides are values or years.
        concerns: Whether a failure puts the numbers it names in doubt, or all of a report.
    """

    rule_id: str
    kind: Kind
    severity: Severity
    title_zh: str
    title_en: str
    statement_zh: str
    statement_en: str
    forms: tuple[str, ...]
    source: str
    what_to_do_zh: str
    what_to_do_en: str
    compares: Literal["values", "years"] = "values"
    concerns: Literal["numbers", "report"] = "numbers"


def family_of(rule_id: str) -> str:
    """Returns what stands before the member of a rule that is evaluated once a column."""
    return rule_id.partition(":")[0]


def rule(rule_id: str) -> Rule:
    """Returns the rule of an id.

    Raises:
        KeyError: No such rule is declared.
    """
    return rules()[rule_id]


@cache
def rules() -> dict[str, Rule]:
    """Every rule by its id.

    Raises:
        pydantic.ValidationError: A rule lacks a part, or an identity a title.
    """
    return {one.rule_id: one for one in (*_of_identities(), *_declared_ones())}


def kind_of(identity: Identity) -> Kind:
    """Returns what kind of rule an identity is."""
    if identity.spans_years:
        return Kind.CROSS_YEAR
    is_sum = identity.relation in (Relation.EQUAL, Relation.NEAR)
    return Kind.EQUALITY if is_sum else Kind.INEQUALITY


def _of_identities() -> Iterator[Rule]:
    """One rule for each id; where forms state it differently, each statement names its forms."""
    by_id = sorted(identities(), key=lambda one: one.rule_id)
    for rule_id, members in groupby(by_id, key=lambda one: one.rule_id):
        same = list(members)
        first, title = same[0], _file().identities[family_of(rule_id)]
        remedy = _file().remedies[_remedy(kind_of(first))]
        yield Rule(
            rule_id=rule_id,
            kind=kind_of(first),
            severity=Severity(first.severity),
            title_zh=title.zh,
            title_en=title.en,
            statement_zh=_stated((one.forms, one.statement_zh) for one in same),
            statement_en=_stated((one.forms, one.statement_en) for one in same),
            forms=tuple(dict.fromkeys(form for one in same for form in one.forms)),
            source=first.source,
            what_to_do_zh=remedy.zh,
            what_to_do_en=remedy.en,
        )


def _stated(statements: Iterable[tuple[tuple[str, ...], str]]) -> str:
    said = list(statements)
    if len(said) == 1:
        return said[0][1]
    return "; ".join(f"{'/'.join(forms)}: {statement}" for forms, statement in said)


def _remedy(kind: Kind) -> str:
    return {Kind.EQUALITY: "sum", Kind.INEQUALITY: "bound"}.get(kind, "years")


def _declared_ones() -> Iterator[Rule]:
    every = tuple(form.form for form in forms())
    for rule_id, one in _file().rules.items():
        remedy = _file().remedies[one.remedy]
        yield Rule(
            rule_id=rule_id,
            kind=one.kind,
            severity=one.severity,
            title_zh=one.zh,
            title_en=one.en,
            statement_zh=one.states_zh,
            statement_en=one.states_en,
            forms=one.forms or every,
            source=one.source,
            what_to_do_zh=remedy.zh,
            what_to_do_en=remedy.en,
            compares=one.compares,
            concerns=one.concerns,
        )


@cache
def _file() -> _File:
    """What is declared, with the titles that a form of its own brings in ``rules_E.yml``."""
    return _File.model_validate(declaration_of("rules"))
