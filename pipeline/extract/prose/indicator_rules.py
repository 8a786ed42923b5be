"""What a number in prose counts, by the rules of ``data/indicator_rules.yml``."""

import re
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from typing import NamedTuple, Self

import yaml
from pydantic import BaseModel, ConfigDict, model_validator

from pipeline.forms.catalogue import indicators
from pipeline.forms.form import form_in_force, form_letters

# 依申请公开 alone is a kind of documents, too: 主动公开20件，依申请公开5件，不予公开5件.
_REQUESTS = re.compile(
    "(?<!依)申请|依申请公开(?:政府信息)?(?:件|事项|申请|情况|工作|方面|办理|受理|政务|的)"
    "|(?:收|理|复|接|到|结)[^,。;]{0,6}依申请公开|依申请公开$"
)
_YEAR = re.compile(r"(20\d\d)年度?")
_WORD_LIST = re.compile(r"\{([A-Z]+)\}")
_PATTERNS = ("label", "narrowed")


class Around(NamedTuple):
    """What stands around a number in prose.

    Attributes:
        headings: Headings above the sentence.
        said: Its text up to the number.
        parent_id: Indicator of the number it is a part of.
        parent_label: Label of that number, empty if it is no part.
        before_id: Indicator of the number before it in its paragraph.
        before_label: Label of that number, empty if there is none.
        cumulative: Whether the number adds up more than the report's year.
        parent_adds_up: Whether the number it is a part of adds up years.
        counted: Indicators of all the numbers before it in its paragraph.
        year: The year reported on.
    """

    headings: tuple[str, ...] = ()
    said: str = ""
    parent_id: str | None = None
    parent_label: str = ""
    before_id: str | None = None
    before_label: str = ""
    cumulative: bool = False
    parent_adds_up: bool = False
    counted: frozenset[str] = frozenset()
    year: int | None = None

    @property
    def nearest(self) -> str:
        """The heading right above, empty without one."""
        return self.headings[-1] if self.headings else ""

    def is_about_requests(self, label: str) -> bool:
        """Whether what is counted are requests for information, not petitions or cases."""
        said = (self.nearest, label, self.before_label, self.parent_label, self.said)
        counted = (self.before_id, self.parent_id)
        return any(map(_REQUESTS.search, said)) or any(
            name.startswith("requests.") for name in counted if name
        )


class Meaning(NamedTuple):
    """What a number means.

    Attributes:
        indicator: Catalogue id, None where no rule knows it or it is less than one counts.
        why: Id of the rule that holds, and of what leaves it open.
        stock: Whether it is what stood at the end of the year.
    """

    indicator: str | None = None
    why: tuple[str, ...] = ()
    stock: bool = False


class _Rule(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    rule: str
    label: re.Pattern[str]
    units: frozenset[str]
    id: str | None = None
    ids: dict[str, str] = {}
    part_of_parent: dict[str, str] = {}
    parents: frozenset[str] = frozenset()
    after: frozenset[str] = frozenset()
    within: frozenset[str] = frozenset()
    under: re.Pattern[str] | None = None
    of_years: bool = False
    stock: bool = False
    heading: re.Pattern[str] | None = None
    not_heading: re.Pattern[str] | None = None
    not_under: re.Pattern[str] | None = None
    said: re.Pattern[str] | None = None
    narrowed: re.Pattern[str] | None = None
    requests: bool = False

    @model_validator(mode="after")
    def _is_in_the_catalogue(self) -> Self:
        named = {self.id, *self.ids.values(), *self.parents, *self.after, *self.within} - {None}
        unknown = sorted(name for name in named if name and name not in indicators())
        if unknown:
            raise ValueError(f"indicator_rules.yml: {unknown[0]} is not in indicators.csv")
        return self

    def indicator(self, form: str, around: Around) -> str | None:
        """The indicator in a form; a part of the number's whole where the rule says so."""
        if form in self.part_of_parent:
            part = f"{around.parent_id}:{self.part_of_parent[form]}"
            return part if part in indicators() else None
        return self.id or self.ids.get(form)

    def holds(self, label: str, around: Around) -> bool:
        """Whether the surroundings allow it, the label given."""
        return (
            (not self.parents or around.parent_id in self.parents)
            and (not self.after or around.before_id in self.after)
            and (not self.within or bool(self.within & around.counted))
            and (not self.of_years or around.parent_adds_up)
            and (self.under is None or self.under.search(around.parent_label) is not None)
            and self._is_under(around)
            and (self.not_under is None or not self.not_under.search(around.parent_label))
            and (not self.requests or around.is_about_requests(label))
        )

    def _is_under(self, around: Around) -> bool:
        """Whether the headings allow it; words said in the sentence may stand in for one."""
        if self.not_heading is not None and self.not_heading.search(around.nearest):
            return False
        if self.said is not None and self.said.search(around.said):
            return True
        return self.heading is None or self.heading.search(" ".join(around.headings)) is not None


class _Rules(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    drop: re.Pattern[str]
    units: dict[str, frozenset[str]]
    words: dict[str, str]
    rules: tuple[dict[str, object], ...]

    @cached_property
    def compiled(self) -> tuple[_Rule, ...]:
        return tuple(_Rule.model_validate({**rule, **self._expanded(rule)}) for rule in self.rules)

    def _expanded(self, rule: dict[str, object]) -> dict[str, object]:
        """A rule with its word lists and its group of units written out."""
        patterns = {key: self._expand(str(rule[key])) for key in _PATTERNS if key in rule}
        units = rule.get("units")
        return patterns | ({"units": self.units[units]} if isinstance(units, str) else {})

    def _expand(self, pattern: str) -> str:
        while found := _WORD_LIST.search(pattern):
            pattern = pattern.replace(found.group(), f"(?:{self.words[found[1]]})")
        return pattern


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
    return bool(_rules_for(_relative(label, year), unit))


def meaning_of(label: str, unit: str, form: str, around: Around) -> Meaning:
    """Returns the indicator that means the same as a number in prose, and by which rule.

    Args:
        label: What is counted.
        unit: Unit as printed.
        form: Form letter.
        around: What stands around the number.
    """
    for rule in _rules_for(_relative(label, around.year), unit):
        if rule.holds(label, around):
            found = rule.indicator(form, around)
            if found and rule.narrowed and rule.narrowed.search(around.said):
                return Meaning(None, (rule.rule, "O-narrowed"))
            if found and around.cumulative and not rule.stock:
                found = _cumulative(found)
                return Meaning(found, (rule.rule,) if found else (rule.rule, "O-several_years"))
            return Meaning(found, (rule.rule,) if found else (), rule.stock)
    return Meaning()


def _relative(label: str, year: int | None) -> str:
    """A label with the years in it as the reporter sees them: 结转至2024年 is to this year."""
    if year is None or "年" not in label or not _YEAR.search(label):
        return label
    named = {str(year - 1): "上年", str(year): "本年", str(year + 1): "次年"}
    return _YEAR.sub(lambda match: named.get(match[1], match.group()), label)


def _cumulative(indicator_id: str) -> str | None:
    """The same thing added up over years, where a form has a column for it."""
    found = f"{indicator_id}:cumulative"
    return found if found in indicators() else None


def rule_ids() -> frozenset[str]:
    """Returns the ids of all rules."""
    _, by_unit = _rules()
    return frozenset(rule.rule for rules in by_unit.values() for rule in rules)


@lru_cache(maxsize=8192)
def _rules_for(label: str, unit: str) -> tuple[_Rule, ...]:
    """The rules that a label fits, in order; reports share most of their labels."""
    drop, by_unit = _rules()
    rules = by_unit.get(unit, ())
    if not rules:
        return ()
    bare = drop.sub("", label) or label
    return tuple(rule for rule in rules if rule.label.fullmatch(bare))


@cache
def _rules() -> tuple[re.Pattern[str], dict[str, tuple[_Rule, ...]]]:
    """What a label may leave out, and the rules a number in a unit may follow, in order."""
    path = files("pipeline.extract.prose") / "data" / "indicator_rules.yml"
    loaded = _Rules.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    rules = loaded.compiled
    units = {unit for rule in rules for unit in rule.units}
    return loaded.drop, {
        unit: tuple(rule for rule in rules if unit in rule.units) for unit in units
    }
