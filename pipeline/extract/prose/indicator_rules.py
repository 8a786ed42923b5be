"""What a number in prose counts, by the rules of ``data/indicator_rules.yml``."""

import re
from collections.abc import Iterator
from functools import cache, cached_property, lru_cache
from typing import NamedTuple, Self

from pydantic import Field, field_validator, model_validator

from pipeline.declared import Declaration, declared
from pipeline.extract.prose.concepts import concept_names, concepts_of
from pipeline.extract.prose.kinds import are_alike, case_of
from pipeline.extract.prose.surroundings import Around
from pipeline.extract.prose.wholes import OF_A_STRETCH
from pipeline.forms.catalogue import CUMULATIVE, indicators
from pipeline.forms.form import form_in_force, form_letters, forms

_YEAR = re.compile(r"(20\d\d)年度?")
_WORD_LIST = re.compile(r"\{([A-Z]+)\}")
# A sentence may call a number as the row of the form is called.
ROW = "N-row"
_OF_A_ROW = re.compile(r"[^\w]|的|(?:总)?(?:数量|(?<!文)件数|次数|数|量)$")
_SHORTEST_ROW = 6
_PATTERNS = ("label", "narrowed")
_ANY_UNIT = ""
_PROCESSED = "requests.processed"


class Meaning(NamedTuple):
    """What a number means.

    Attributes:
        indicator: Catalogue id, None where no rule knows it or it is less than one counts.
        why: Id of the rule that holds, and of what leaves it open.
        ignores: What leaves others open and not this: a stock stands whenever it came about.
        less: Whether the number says how many fewer there are.
    """

    indicator: str | None = None
    why: tuple[str, ...] = ()
    ignores: frozenset[str] = frozenset()
    less: bool = False


class _Rule(Declaration):
    rule: str
    label: str = ""
    says: tuple[frozenset[str], ...] = ()
    beside: frozenset[str] = frozenset()
    units: frozenset[str]
    id: str | None = None
    ids: dict[str, str] = Field(default_factory=dict)
    applicant: dict[str, str] = Field(default_factory=dict)
    ruling: str = ""
    cases: frozenset[str] = frozenset()
    parents: frozenset[str] = frozenset()
    after: frozenset[str] = frozenset()
    below: frozenset[str] = frozenset()
    once: bool = False
    within: frozenset[str] = frozenset()
    under: re.Pattern[str] | None = None
    of_years: bool = False
    stock: bool = False
    of_others: bool = False
    of_last_year: bool = False
    sibling: str = ""
    less: bool = False
    heading: re.Pattern[str] | None = None
    not_heading: re.Pattern[str] | None = None
    not_under: re.Pattern[str] | None = None
    said: re.Pattern[str] | None = None
    not_behind: re.Pattern[str] | None = None
    narrowed: re.Pattern[str] | None = None
    not_told: re.Pattern[str] | None = None
    requests: bool = False
    tied: bool = False

    @model_validator(mode="after")
    def _is_in_the_catalogue(self) -> Self:
        lists = (self.parents, self.after, self.below, self.within)
        named = {self.id, *self.ids.values()}.union(*lists) - {None}
        unknown = sorted(name for name in named if name and name not in indicators())
        if unknown:
            raise ValueError(f"indicator_rules.yml: {unknown[0]} is not in indicators.csv")
        unsaid = self.beside.union(*self.says) - concept_names()
        if unsaid:
            raise ValueError(f"indicator_rules.yml: {min(unsaid)} is not in concepts.yml")
        if bool(self.says) == bool(self.label):
            raise ValueError(f"indicator_rules.yml: {self.rule} needs either says or a label")
        return self

    @field_validator("says", mode="before")
    @classmethod
    def _alternatives(cls, text: str) -> tuple[frozenset[str], ...]:
        return tuple(frozenset(one.split()) for one in text.split("/"))

    @field_validator("beside", mode="before")
    @classmethod
    def _names(cls, text: str) -> frozenset[str]:
        return frozenset(text.split())

    @cached_property
    def spelling(self) -> re.Pattern[str]:
        """What the whole label is, compiled once a label needs it."""
        return re.compile(self.label)

    @property
    def ignores(self) -> frozenset[str]:
        """Reasons that leave numbers open, except numbers of this rule."""
        return (
            (OF_A_STRETCH if self.stock else frozenset())
            | ({"O-other_body"} if self.of_others else frozenset())
            | ({"O-other_year"} if self.of_last_year else frozenset())
        )

    def indicator(self, form: str, around: Around) -> str | None:
        """The indicator in a form; a part of the number's whole where the rule says so."""
        if form in self.applicant:
            return _known(f"{around.asked_by}:{self.applicant[form]}")
        if self.ruling:
            found = _known(f"{around.case}.{self.ruling}")
            return found if found and form in indicators()[found].templates else None
        if self.sibling:
            return _known(f"{(around.before_id or '').partition('.')[0]}.{self.sibling}")
        found = self.id or self.ids.get(form)
        _, colon, asked_by = (around.parent_id or "").partition(":")
        of_some = colon and found and found.startswith("requests.")
        if found and ":" not in found and found.startswith(_PROCESSED) and around.asker:
            return _known(f"{found}:{around.asker}")
        return _known(f"{found}:{asked_by}") if of_some and asked_by != CUMULATIVE else found

    def is_narrowed(self, around: Around) -> bool:
        """Whether words before the number make it less than all the indicator counts."""
        if self.narrowed is not None and self.narrowed.search(around.said):
            return True
        told = around.heard + around.said
        return self.not_told is not None and self.not_told.search(told) is not None

    def holds(self, label: str, around: Around) -> bool:
        """Whether the surroundings allow it, the label given."""
        return (
            (not self.ruling or self._is_ruling(label, around))
            and (not self.parents or around.parent_id in self.parents)
            and (not self.after or around.before_id in self.after)
            and (not self.below or above(around.before_id, self.below))
            and (not self.once or self.id not in around.counted)
            and (not self.within or bool(self.within & around.counted))
            and (not self.of_years or around.parent_adds_up)
            and (self.under is None or self.under.search(around.parent_label) is not None)
            and self._is_under(around)
            and (self.not_under is None or not self.not_under.search(around.parent_label))
            and (not self.requests or around.is_about_requests(label))
            and (not self.tied or around.is_tied)
            and (self.not_behind is None or not self.not_behind.search(around.behind))
        )

    def _is_ruling(self, label: str, around: Around) -> bool:
        """Whether a label is an outcome of cases whose total the text has given or will give."""
        case = around.case
        if not case or (self.cases and case not in self.cases) or around.is_of_other_cases:
            return False
        if self.ruling == "total":
            return around.opens_cases and f"{case}.total" not in around.counted
        if self.once and f"{case}.{self.ruling}" in around.counted:
            return False
        if case_of(label) and around.is_tied:
            return True
        if around.parent_label:
            return around.parent_id == f"{case}.total"
        if around.is_of_two_kinds:
            return False
        if (around.before_id or "").startswith(f"{case}.") or around.opens_cases:
            return True
        named = case_of(around.said) or around.only_case
        return f"{case}.total" in around.counted and named == case

    def _is_under(self, around: Around) -> bool:
        """Whether the headings allow this rule; words of the sentence may do instead."""
        if self.not_heading is not None and self.not_heading.search(around.nearest):
            return False
        if self.said is not None and self.said.search(around.said):
            return True
        return self.heading is None or self.heading.search(" ".join(around.headings)) is not None


class _Rules(Declaration):
    drop: re.Pattern[str]
    units: dict[str, frozenset[str]]
    words: dict[str, str]
    rules: tuple[dict[str, object], ...]

    @cached_property
    def compiled(self) -> tuple[_Rule, ...]:
        written = [one for rule in self.rules for one in _for_each(rule)]
        return tuple(_Rule.model_validate({**rule, **self._expanded(rule)}) for rule in written)

    @cached_property
    def said(self) -> tuple[tuple[frozenset[str], frozenset[str], int], ...]:
        """The concepts that a label must have and those it may have, with the rule's index."""
        return tuple(
            (least, least | rule.beside, n)
            for n, rule in enumerate(self.compiled)
            for least in rule.says
        )

    @cached_property
    def spellings(self) -> re.Pattern[str]:
        """Any label that an expression fits; the name of the group is the first rule's place."""
        labels = ((n, rule.label) for n, rule in enumerate(self.compiled) if rule.label)
        return re.compile("|".join(f"(?P<r{n}>{label})" for n, label in labels))

    def _expanded(self, rule: dict[str, object]) -> dict[str, object]:
        """A rule with its word lists and its group of units written out."""
        patterns = {key: self._expand(str(rule[key])) for key in _PATTERNS if key in rule}
        units = rule.get("units")
        return patterns | ({"units": self.units[units]} if isinstance(units, str) else {})

    def _expand(self, pattern: str) -> str:
        while found := _WORD_LIST.search(pattern):
            pattern = pattern.replace(found.group(), f"(?:{self.words[found[1]]})")
        return pattern


def _for_each(rule: dict[str, object]) -> list[dict[str, object]]:
    """A rule written out for each of the names that ``{}`` in it stands for."""
    names = rule.get("each")
    if not isinstance(names, list):
        return [rule]
    rest = {key: value for key, value in rule.items() if key != "each"}
    return [{key: _named(value, name) for key, value in rest.items()} for name in names]


def _named(value: object, name: str) -> object:
    """A value of a rule with a name in place of ``{}``."""
    if isinstance(value, dict):
        return {key: _named(one, name) for key, one in value.items()}
    return value.replace("{}", name) if isinstance(value, str) else value


def form_of(template: str, year: int | None) -> str:
    """Returns the form letter whose indicators the prose of a report speaks of.

    Args:
        template: Form letter of the report's table, ``none`` without one.
        year: The year reported on, None if not known.

    Returns:
        A letter; empty where neither says.
    """
    if template in form_letters():
        return template
    return "" if year is None else form_in_force(year)


def may_mean(label: str, unit: str, year: int | None) -> bool:
    """Whether any indicator is ever called by a label and counted in a unit."""
    return any(_rules_for(_relative(label, year), unit)) or _bare(label) in _all_rows()


def meaning_of(label: str, unit: str, form: str, around: Around) -> Meaning:
    """Returns the indicator that means the same as a number in prose, and by which rule."""
    for rule in _rules_for(_relative(label, around.year), unit):
        if rule.holds(label, around):
            found = rule.indicator(form, around)
            if not found and rule.ids:
                continue
            if found and rule.is_narrowed(around):
                return Meaning(None, (rule.rule, "O-narrowed"))
            if found and around.cumulative and not rule.stock:
                found = _cumulative(found)
                return Meaning(found, (rule.rule,) if found else (rule.rule, "O-several_years"))
            return Meaning(found, (rule.rule,) if found else (), rule.ignores, rule.less)
    row = _rows(form).get(_bare(label))
    if row and not around.cumulative and are_alike(unit, indicators()[row].unit):
        return Meaning(row, (ROW,))
    return Meaning()


def _relative(label: str, year: int | None) -> str:
    """A label with its years as the report sees them: 上年, 本年 or 次年."""
    if year is None or "年" not in label or not _YEAR.search(label):
        return label
    named = {str(year - 1): "上年", str(year): "本年", str(year + 1): "次年"}
    return _YEAR.sub(lambda match: named.get(match[1], match.group()), label)


def above(indicator_id: str | None, those: frozenset[str]) -> bool:
    """Whether an indicator lies below one of some indicators, at any depth."""
    bare = (indicator_id or "").partition(":")[0]
    return any(bare.startswith(f"{one}.") for one in those)


def _known(indicator_id: str) -> str | None:
    """An id where the catalogue has it."""
    return indicator_id if indicator_id in indicators() else None


def _cumulative(indicator_id: str) -> str | None:
    """The same thing added up over years, where a form has a column for it."""
    return _known(f"{indicator_id}:{CUMULATIVE}")


def rule_ids() -> frozenset[str]:
    """Returns the ids of all rules."""
    return frozenset({*counted_by(), ROW})


@cache
def counted_by() -> dict[str, frozenset[str]]:
    """Returns the indicators that each rule names; none where the surroundings say which."""
    found: dict[str, set[str]] = {}
    for rule in _rules().compiled:
        named = (one for one in (rule.id, *rule.ids.values()) if one)
        found.setdefault(rule.rule, set()).update(named)
    return {rule: frozenset(ids) for rule, ids in found.items()}


def _bare(label: str) -> str:
    """A label without marks, 的 and a final 数 or 量, in which rows and sentences differ."""
    return _OF_A_ROW.sub("", label)


@cache
def _rows(letter: str) -> dict[str, str]:
    """The rows of a form whose label says by itself what is counted."""
    found: dict[str, set[str]] = {}
    for form in forms():
        for table in form.tables if form.form == letter else ():
            for row in table.rows:
                if row.indicator:
                    for label in (row.label, *row.aliases):
                        found.setdefault(_bare(label or ""), set()).add(row.indicator)
    return {
        label: ids.pop()
        for label, ids in found.items()
        if len(label) >= _SHORTEST_ROW and len(ids) == 1
    }


@cache
def _all_rows() -> frozenset[str]:
    return frozenset().union(*map(_rows, form_letters()))


def _rules_for(label: str, unit: str) -> Iterator[_Rule]:
    """The rules that a label in a unit fits: those for its words first, expressions behind."""
    yield from _worded(label, unit)
    yield from _spelled(label, unit)


@lru_cache(maxsize=8192)
def _worded(label: str, unit: str) -> tuple[_Rule, ...]:
    """The rules for what the words of a label say, with or without its filling words."""
    return _of_words(label, unit) or _of_words(_without_fillers(label), unit)


def _of_words(label: str, unit: str) -> tuple[_Rule, ...]:
    said = (rule for one in concepts_of(label) for rule in _saying(one))
    return tuple(rule for rule in said if unit in rule.units or not unit)


@lru_cache(maxsize=8192)
def _saying(said: frozenset[str]) -> tuple[_Rule, ...]:
    """The rules whose concepts a label has, all of them, and none that the rule does not allow."""
    found = {n for least, most, n in _rules().said if least <= said <= most}
    return tuple(_rules().compiled[n] for n in sorted(found))


def is_worded(label: str, unit: str) -> bool:
    """Whether every word of a label is known, and together they name an indicator."""
    return bool(label) and bool(_of_words(label, unit))


def _spelled(label: str, unit: str) -> Iterator[_Rule]:
    """The rules whose expression a label fits, with or without its filling words."""
    return (rule for rule in _of_spelling(label) if unit in rule.units or not unit)


@lru_cache(maxsize=8192)
def _of_spelling(label: str) -> tuple[_Rule, ...]:
    named = {_without_fillers(label), label}
    found = [match.lastgroup for one in named if (match := _rules().spellings.fullmatch(one))]
    first = min((int(group[1:]) for group in found if group), default=len(_rules().compiled))
    return tuple(
        rule
        for rule in _rules().compiled[first:]
        if rule.label and any(map(rule.spelling.fullmatch, named))
    )


def is_known(label: str) -> bool:
    """Whether any indicator is ever called by a label, in whatever unit."""
    return any(_rules_for(label, _ANY_UNIT)) or _bare(label) in _all_rows()


@lru_cache(maxsize=8192)
def _without_fillers(label: str) -> str:
    """A label without its filler words, unchanged if nothing else is in it."""
    return _rules().drop.sub("", label) or label


@cache
def _rules() -> _Rules:
    return declared("pipeline.extract.prose", "indicator_rules", _Rules)
