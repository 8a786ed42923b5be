"""What a number in prose counts, by the rules of ``data/indicator_rules.yml``."""

import re
from collections.abc import Sequence
from functools import cache, cached_property, lru_cache
from typing import NamedTuple, Self

from pydantic import BaseModel, ConfigDict, field_validator, model_validator

from pipeline.declared import declared
from pipeline.extract.prose.concepts import concept_names, concepts_of
from pipeline.extract.prose.wholes import are_alike, case_of, cases, cases_in, opens_cases
from pipeline.forms.catalogue import CUMULATIVE, indicators
from pipeline.forms.form import form_in_force, form_letters, forms

# 依申请公开 alone is a kind of documents, too: 主动公开20件，依申请公开5件，不予公开5件.
_REQUESTS = re.compile(
    "(?<!依)申请|依申请公开(?:政府信息)?(?:件|事项|申请|情况|工作|方面|办理|受理|政务|的)"
    "|(?:收|理|复|接|到|结)[^,。;]{0,6}依申请公开|依申请公开$"
)
# What ties cases to disclosure: a bureau of justice counts reviews of everything.
_TIES = re.compile("公开|申请(?!人)|复议[、和与及]|诉讼情况")
_YEAR = re.compile(r"(20\d\d)年度?")
_WORD_LIST = re.compile(r"\{([A-Z]+)\}")
# What leaves no stock open, such as the documents in force.
_OF_A_STRETCH = frozenset({"O-part_of_year", "O-several_years"})
# Words of outcomes that nothing else has, and what else might have them after all.
_OUTCOME = re.compile(
    "(?:办理|处理|答复)结果|同意公开|不予处理|无法提供|公开答复|危及|过程性信息|执法案卷|内部事务信息"
)
_OTHER_MATTER = re.compile(
    "举报(?!投诉类)|(?<!举报)投诉|提案|建议|许可|复议|诉讼|公文|文件|热线|工单|信箱|留言|诉求|咨询|案件"
)
# Who asks for these asks for no information.
_OTHER_ASKED = re.compile(
    "(?:许可|审批|仲裁|低保|救助|登记|补贴|资质|职称|工伤|法律援助|保障房|公租房|廉租|执业|备案|复议|办事)"
    "(?:事项|服务)?(?:的)?申请|申请(?:办理)?(?:行政许可|行政审批|登记)"
)
_OTHER_PAPERS = re.compile("(?:信访|咨询|热线|工单|留言|信箱|建议|提案|来电|诉求)(?!.*公开)")
# A sentence may call a number as the row of the form is called.
_ROW = "N-row"
_OF_A_ROW = re.compile(r"[^\w]|的|(?:总)?(?:数量|(?<!文)件数|次数|数|量)$")
_SHORTEST_ROW = 6
_PATTERNS = ("label", "narrowed")
_RECEIVED = "requests.received"
_PROCESSED = "requests.processed"
_APPLICANTS = {
    "自然人": "natural_person",
    "公民个人": "natural_person",
    "商业企业": "enterprise",
    "企业": "enterprise",
    "科研机构": "research",
    "社会公益组织": "public_interest",
    "法律服务机构": "legal_service",
}
_OF_APPLICANTS = re.compile(
    rf"({'|'.join(_APPLICANTS)})(?:提出|提交)?的?(?:政府信息公开|信息公开)?申请(?:中|里|方面)"
)
_APPLICANT_TOPIC = re.compile(rf"^({'|'.join(_APPLICANTS)})(?:方面)?:")
# What says, before any number, that those who asked are told apart.
_BY_APPLICANT = re.compile(
    r"来自|提出|(?:自然人|企业)申请占|提交|新收|申请(?:人|主体)|按[^,。;]{0,6}(?:性质|身份|主体|人)[^,。;]{0,4}分|分类"
)
# What became of those counted: 办结55件，其中予以公开30件.
_CLOSED_SO = re.compile("\\d+件(?:申请)?,?(?:其中)?[:,]?(?:予以|同意|部分|不予|不同意)公开")
_COUNTS = re.compile(r"\d[件条次]")
# Whom the clause of a number says to have come: 自然人、商业企业新收申请分别为33件和3件.
_CAME = re.compile(r"(?:新收|收到|受理)[^,。;:答办结]*$")
_LEGAL_PERSONS = re.compile("法人|组织")
_ANSWERED = re.compile("办结|答复|办理结果")


class Around(NamedTuple):
    """What stands around a number in prose.

    Attributes:
        headings: Headings above the sentence.
        said: Its text up to the number.
        behind: Its text from the number on.
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
    behind: str = ""
    parent_id: str | None = None
    parent_label: str = ""
    before_id: str | None = None
    before_label: str = ""
    cumulative: bool = False
    parent_adds_up: bool = False
    counted: frozenset[str] = frozenset()
    year: int | None = None

    @property
    def asked_by(self) -> str:
        """What applicants' numbers are a part of, empty where nothing says."""
        if _CAME.search(self.said):
            return _RECEIVED
        if self.parent_id and self.parent_id.startswith("requests."):
            return self.parent_id.partition(":")[0]
        if (self.before_id or "").partition(":")[0] == _RECEIVED:
            return _RECEIVED
        if self.parent_label and not _LEGAL_PERSONS.search(self.parent_label):
            return ""
        if any(name.startswith(f"{_RECEIVED}:") for name in self.counted):
            return _RECEIVED
        begins = not self.before_label and "收到" in self.nearest
        told_apart = _BY_APPLICANT.search(self.said) or begins
        told_apart = told_apart and not _ANSWERED.search(self.said)
        return _RECEIVED if told_apart else ""

    @property
    def nearest(self) -> str:
        """The heading right above, empty without one; (一)予以公开28件 is none."""
        above = (head for head in reversed(self.headings) if not _COUNTS.search(head))
        return next(above, "")

    @property
    def case(self) -> str:
        """Which kind of cases was named last: ``reconsideration``, ``litigation_direct``."""
        named = case_of(self.said) or (self.parent_id or self.before_id or "").partition(".")[0]
        return named if named in cases() else self.case_above

    @property
    def case_above(self) -> str:
        """The kind of cases that the nearest heading names, empty where it names several."""
        named = cases_in(self.nearest)
        return named[0] if len(set(named)) == 1 else ""

    @property
    def opens_cases(self) -> bool:
        """Whether a list of outcomes follows a kind of cases: 行政复议:维持1件、纠正0件,总计1件."""
        return opens_cases(self.said) or (bool(self.case_above) and not case_of(self.said))

    @property
    def asker(self) -> str:
        """Which applicants' requests are told of: 自然人申请中予以公开33件."""
        named = _OF_APPLICANTS.findall(self.said) or _APPLICANT_TOPIC.findall(self.said)
        return _APPLICANTS[named[-1]] if named else ""

    @property
    def is_tied(self) -> bool:
        """Whether anything said before, or the paragraph's numbers, is about disclosure."""
        return any(map(_TIES.search, (*self.headings, self.said))) or any(
            name.startswith(("requests.", "disclosure.")) for name in self.counted
        )

    def is_about_requests(self, label: str) -> bool:
        """Whether what is counted are requests for information, not petitions or cases."""
        before = self.before_label or self.parent_label
        is_told = (self.before_id or self.parent_id or "").startswith("requests.")
        if not is_told and (_OTHER_ASKED.search(before) or _OTHER_PAPERS.search(before)):
            return False
        if _ANSWERED.search(self.nearest) and any(map(_REQUESTS.search, self.headings)):
            return True
        said = (self.nearest, label, self.before_label, self.parent_label, self.said)
        counted = (self.before_id, self.parent_id)
        if any(map(_REQUESTS.search, said)):
            return True
        if any(name.startswith("requests.") for name in counted if name):
            return True
        if _ANSWERED.search(label) and _CLOSED_SO.match(self.behind):
            return True
        told = self.before_label + self.said + label
        counted_before = any(name.startswith("requests.") for name in self.counted)
        of_them = counted_before or _OUTCOME.search(told + self.behind[:24]) is not None
        return of_them and not _OTHER_MATTER.search(told)


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


class _Rule(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    rule: str
    label: re.Pattern[str]
    says: tuple[frozenset[str], ...] = ()
    beside: frozenset[str] = frozenset()
    units: frozenset[str]
    id: str | None = None
    ids: dict[str, str] = {}
    applicant: dict[str, str] = {}
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
        return self

    @field_validator("says", mode="before")
    @classmethod
    def _alternatives(cls, text: str) -> tuple[frozenset[str], ...]:
        return tuple(frozenset(one.split()) for one in text.split("/"))

    @field_validator("beside", mode="before")
    @classmethod
    def _names(cls, text: str) -> frozenset[str]:
        return frozenset(text.split())

    def means(self, said: frozenset[str]) -> bool:
        """Whether the concepts of a label are those of the rule, and none else."""
        return any(one <= said <= one | self.beside for one in self.says)

    @property
    def ignores(self) -> frozenset[str]:
        """What leaves others open and not this."""
        return (
            (_OF_A_STRETCH if self.stock else frozenset())
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
        """Whether it tells how cases ended of which the text counts all, or is about to."""
        case = around.case
        if not case or (self.cases and case not in self.cases):
            return False
        if self.ruling == "total":
            return around.opens_cases and f"{case}.total" not in around.counted
        if self.once and f"{case}.{self.ruling}" in around.counted:
            return False
        if case_of(label) and around.is_tied:
            return True
        if around.parent_label:
            return around.parent_id == f"{case}.total"
        if (around.before_id or "").startswith(f"{case}.") or around.opens_cases:
            return True
        return f"{case}.total" in around.counted and case_of(around.said) == case

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
    return bool(_rules_for(_relative(label, year), unit)) or _bare(label) in _all_rows()


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
            if not found and rule.ids:
                continue
            if found and rule.narrowed and rule.narrowed.search(around.said):
                return Meaning(None, (rule.rule, "O-narrowed"))
            if found and around.cumulative and not rule.stock:
                found = _cumulative(found)
                return Meaning(found, (rule.rule,) if found else (rule.rule, "O-several_years"))
            return Meaning(found, (rule.rule,) if found else (), rule.ignores, rule.less)
    row = _rows(form).get(_bare(label))
    if row and not around.cumulative and are_alike(unit, indicators()[row].unit):
        return Meaning(row, (_ROW,))
    return Meaning()


def _relative(label: str, year: int | None) -> str:
    """A label with the years in it as the reporter sees them: 结转至2024年 is to this year."""
    if year is None or "年" not in label or not _YEAR.search(label):
        return label
    named = {str(year - 1): "上年", str(year): "本年", str(year + 1): "次年"}
    return _YEAR.sub(lambda match: named.get(match[1], match.group()), label)


def above(indicator_id: str | None, those: frozenset[str]) -> bool:
    """Whether an indicator is a part, or a part of a part, of one of those."""
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
    _, by_unit = _rules()
    return frozenset(rule.rule for rules in by_unit.values() for rule in rules) | {_ROW}


def _bare(label: str) -> str:
    """A label without what tells a row of a form from the words of a sentence."""
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


@lru_cache(maxsize=8192)
def _rules_for(label: str, unit: str) -> tuple[_Rule, ...]:
    """The rules that a label in a unit fits, in order; reports share most of their labels."""
    _, by_unit = _rules()
    return _fitting(label, by_unit.get(unit, ()))


@lru_cache(maxsize=8192)
def is_known(label: str) -> bool:
    """Whether any indicator is ever called by a label, in whatever unit."""
    _, by_unit = _rules()
    return bool(_fitting(label, by_unit[""])) or _bare(label) in _all_rows()


def _fitting(label: str, rules: Sequence[_Rule]) -> tuple[_Rule, ...]:
    """Those of some rules that a label fits, with or without its filling words."""
    if not rules:
        return ()
    bare = _without_fillers(label)
    if bare == label:
        named = [rule for rule in rules if rule.label.fullmatch(bare)]
    else:
        named = [
            rule for rule in rules if rule.label.fullmatch(bare) or rule.label.fullmatch(label)
        ]
    if said := concepts_of(label) or concepts_of(bare):
        named += [rule for rule in rules if rule.says and any(map(rule.means, said))]
    return tuple(named)


@lru_cache(maxsize=8192)
def _without_fillers(label: str) -> str:
    """A label without what it says beside what is counted."""
    drop, _ = _rules()
    return drop.sub("", label) or label


@cache
def _rules() -> tuple[re.Pattern[str], dict[str, tuple[_Rule, ...]]]:
    """What a label may leave out, and the rules a number in a unit may follow, in order."""
    loaded = declared("pipeline.extract.prose", "indicator_rules", _Rules)
    rules = loaded.compiled
    units = {unit for rule in rules for unit in rule.units}
    return loaded.drop, {"": rules} | {
        unit: tuple(rule for rule in rules if unit in rule.units) for unit in units
    }
