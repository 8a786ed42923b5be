"""The parts of ``docs/methods.md`` that follow from declarations: forms, rules, questions.

``python -m pipeline.warehouse.queries.methods`` writes them, between their marks, in both
languages.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path

from pydantic import Field

from pipeline.declared import Declaration, declared
from pipeline.forms.catalogue import indicators
from pipeline.forms.form import forms
from pipeline.forms.rules import Rule, family_of, rules
from pipeline.settings import ROOT, Language
from pipeline.warehouse.standing_levels import standings

FILES: Mapping[Language, Path] = {
    "en": ROOT / "docs" / "methods.md",
    "zh": ROOT / "docs" / "methods.zh.md",
}

_PART = re.compile(r"(<!-- written: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


class MethodQuestion(Declaration):
    """A question with the query that answers it."""

    zh: str = Field(min_length=4)
    en: str = Field(min_length=4)
    sql: str
    columns: tuple[str, ...] = Field(min_length=1)
    answer_zh: str
    answer_en: str


@cache
def questions() -> tuple[MethodQuestion, ...]:
    """Returns the questions, in the order of the documentation."""
    return declared("pipeline.warehouse", "questions", tuple[MethodQuestion, ...])


def written(text: str, language: Language) -> str:
    """Returns a text with the parts between marks rewritten.

    Raises:
        KeyError: A mark names no part.
    """
    return _PART.sub(lambda mark: f"{mark[1]}{_part(mark[2], language)}\n{mark[3]}", text)


def _part(name: str, language: Language) -> str:
    return "\n".join(_PARTS[name](language))


def _forms(language: Language) -> Iterator[str]:
    yield {
        "zh": "| 表式 | 年度 | 依据 | 统计什么 |",
        "en": "| form | years | set by | what it counts |",
    }[language]
    yield "|---|---|---|---|"
    for form in forms():
        first, last = form.years
        counts = form.counts_zh if language == "zh" else form.counts_en
        yield f"| {form.form} | {first}–{last or ''} | {form.source} | {counts} |"


def _standing(language: Language) -> Iterator[str]:
    for name, one in standings().items():
        meaning = one.meaning_zh if language == "zh" else one.meaning_en
        yield f"- `{name}` — {getattr(one, language)}: {meaning}"


def _rules(language: Language) -> Iterator[str]:
    yield {
        "zh": "| 规则 | 严重程度 | 名称 | 依据 | 失败时如何处理 |",
        "en": "| rule | severity | what it is | source | what to do |",
    }[language]
    yield "|---|---|---|---|---|"
    for family, one in _families().items():
        title = one.title_zh if language == "zh" else one.title_en
        remedy = one.what_to_do_zh if language == "zh" else one.what_to_do_en
        yield f"| `{family}` | {one.severity} | {title} | {one.source} | {remedy} |"


def _families() -> dict[str, Rule]:
    """The first rule of each family: its columns differ in nothing that is listed."""
    found: dict[str, Rule] = {}
    for rule in rules().values():
        found.setdefault(family_of(rule.rule_id), rule)
    return found


def _indicators(language: Language) -> Iterator[str]:
    yield {
        "zh": "| 指标（`row_id`） | 名称 | 单位 | 表式 | 申请人分列 | 历年累计 |",
        "en": "| indicator (`row_id`) | counts | unit | forms | by applicant | running total |",
    }[language]
    yield "|---|---|---|---|---|---|"
    every = list(indicators().values())
    parted = {one.row_id for one in every if one.applicant not in (None, "all")}
    cumulative = {one.row_id for one in every if one.period == "cumulative"}
    for one in every:
        if one.breakdown is None:
            label = one.label_zh if language == "zh" else one.label_en
            marks = ("✓" if one.row_id in group else "" for group in (parted, cumulative))
            named = f"| `{one.row_id}` | {label} | {one.unit} | {' '.join(one.templates)} |"
            yield f"{named} {' | '.join(marks)} |"


def _questions(language: Language) -> Iterator[str]:
    for number, one in enumerate(questions(), 1):
        yield f"### {number}. {getattr(one, language)}"
        yield f"\n```sql\n{one.sql.rstrip()}\n```\n"
        yield f"{one.answer_zh if language == 'zh' else one.answer_en}\n"


_PARTS: Mapping[str, Callable[[Language], Iterator[str]]] = {
    "forms": _forms,
    "standing": _standing,
    "rules": _rules,
    "indicators": _indicators,
    "questions": _questions,
}


def main() -> None:
    """Writes the parts in both languages."""
    for language, path in FILES.items():
        path.write_text(written(path.read_text("utf-8"), language), "utf-8")


if __name__ == "__main__":
    main()
