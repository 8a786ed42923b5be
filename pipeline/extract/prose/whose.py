"""Whose number it is: the reporter's, a wider or narrower body's, or somebody else's.

What 全区, 全镇, 本级 or 全系统 mean depends on who reports; ``data/bodies.yml`` is the table.
"""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cache, cached_property, lru_cache
from itertools import chain
from typing import Any, NamedTuple, Self

from pydantic import model_validator

from pipeline.declared import Declaration, declared
from pipeline.model.observation import Scope

_ALL_OF = re.compile(
    r"(?:[全我][省市县区州旗盟镇乡]|本行政区域|辖区内?)(?:内)?(?:各级)?(?:\d+个[^,。;\d]{1,6}[、和])*$"
    r"|[省市县区州旗](?:人民)?政府(?:及|和|与)(?:其|所属|下属)?$"
    r"|各(?:乡镇|镇|乡|街道|镇街)[^,。;\d]{0,10}[、和及与]?$|各(?:部门|单位)[、和及与]$"
    r"|全[省市州]各[市县区旗][^,。;\d]{0,10}[、和及与]$"
)
# Where no territory is known, counties and what is larger hold the reporter.
_SMALLEST_WIDER = 3
# 由县政府办收到 names who received, 由县政府转办 who did not.
_ACTS = re.compile("收到|受理|接到|公开|办理|答复")
# A reporter without those whom it leads.
_SEATS = ("seat", "desk", "government", "cabinet")
_BELOW = re.compile("属|下辖")
_BRACKETS = re.compile(r"[（(【\[]([^（()）】\]]+)[)）】\]]")
_WORDS = re.compile(r"<([a-z]+)>")
_END = re.compile(r"[。；;\n]")
_CLAUSE = re.compile(r"[^，,。；;\n]+")
_ENDS = "。；;\n"
_NEAR = 60
"""How far before it in its line a sentence may have named what it goes on about."""
_UNITS_SAID = re.compile(r"\(\?P<unit>([^()]+)\)")
_COUNTS = re.compile(r"[^,。;\d]{0,12}\d+[件份条宗]")
_LOOKAHEAD = re.compile(r"\(\?!.*?\)")


class BodyRelation(StrEnum):
    """How a body stands to the one that reports."""

    OWN = "own"
    WIDER = "wider"
    NARROWER = "narrower"
    SYSTEM = "system"
    OTHER = "other"


class Body(NamedTuple):
    """The body that a number belongs to, as the words before the number say.

    Attributes:
        scope: Whose numbers these are.
        relation: How it stands to the reporter.
        is_seat: Whether it is the reporter without those whom it leads: 局机关, 市政府.
    """

    scope: Scope
    relation: BodyRelation
    is_seat: bool = False


class Reporter(NamedTuple):
    """Who speaks.

    Attributes:
        name: Full name, empty if not known.
        scope: Whose numbers the report gives.
    """

    name: str = ""
    scope: Scope = Scope.UNKNOWN


class _Kind(Declaration):
    kind: str
    name: re.Pattern[str]


class BodyWord(Declaration):
    """A pattern for words that name a body; one of ``words`` stands in every match."""

    what: str
    words: tuple[str, ...]
    pattern: re.Pattern[str]


class _Around(Declaration):
    """Words right before a body, and right behind it."""

    before: re.Pattern[str]
    behind: re.Pattern[str]

    def are_around(self, match: re.Match[str]) -> bool:
        """Whether a body stands between them."""
        before = self.before.search(match.string, 0, match.start())
        return bool(before and self.behind.match(match.string, match.end()))


class _Said(Declaration):
    scope: Scope
    of: frozenset[str]
    pattern: re.Pattern[str]


class _ReportScope(Declaration):
    sign: re.Pattern[str]
    note: re.Pattern[str]
    about: re.Pattern[str]
    unnamed: re.Pattern[str]
    of_report: re.Pattern[str]
    beside: re.Pattern[str]
    for_all: re.Pattern[str]
    signs: re.Pattern[str]
    title: re.Pattern[str]
    words: dict[str, str]
    with_departments: re.Pattern[str]
    says: tuple[_Said, ...]

    @model_validator(mode="before")
    @classmethod
    def _with_words(cls, data: dict[str, Any]) -> dict[str, Any]:
        def filled(pattern: str) -> str:
            return _WORDS.sub(lambda one: f"(?:{filled(data['words'][one[1]])})", pattern)

        says = [said | {"pattern": filled(said["pattern"])} for said in data["says"]]
        patterns = ("about", "unnamed", "with_departments")
        return data | {"says": says} | {name: filled(data[name]) for name in patterns}

    def on_its_numbers(self, text: str) -> Iterator[str]:
        """Yields what sentences say of the report's own numbers, without what is beside that."""
        for start, end in _sentences_with(self.sign, text):
            clauses = tuple(_CLAUSE.finditer(text, start, end))
            if any(map(self._is_about, clauses)) and not self.note.match(text, start):
                yield "，".join(clause.group() for clause in clauses if not self._is_beside(clause))

    def _is_beside(self, clause: re.Match[str]) -> bool:
        return self.beside.search(clause.group()) is not None

    def _is_about(self, clause: re.Match[str]) -> bool:
        if self.about.search(clause.group()):
            return not self._is_beside(clause)
        found = self.unnamed.search(clause.group())
        if found is None or self._is_beside(clause):
            return False
        at = clause.start() + found.start()
        line = clause.string.rfind("\n", 0, at) + 1
        before = clause.string[max(line, at - _NEAR) : at]
        return not before.strip() or self.of_report.search(before) is not None


class _Table(Declaration):
    kinds: tuple[_Kind, ...]
    sizes: tuple[tuple[str, ...], ...]
    zone_units: frozenset[str]
    relations: dict[str, dict[str, BodyRelation]]
    speaks_as: dict[str, dict[Scope, str]]
    report_scope: _ReportScope
    bodies: tuple[BodyWord, ...]
    held_for: _Around
    object: re.Pattern[str]

    @model_validator(mode="after")
    def _every_unit_has_a_size(self) -> Self:
        for body in self.bodies:
            said = _UNITS_SAID.search(_LOOKAHEAD.sub("", body.pattern.pattern))
            unsized = set(said[1].split("|")) - self.size.keys() if said else set()
            if unsized:
                raise ValueError(f"{body.what}: put {', '.join(sorted(unsized))} into sizes")
        return self

    @cached_property
    def size(self) -> dict[str, int]:
        """How small a unit is, 0 for the largest."""
        return {unit: number for number, units in enumerate(self.sizes) for unit in units}


def body_before(text: str, at: int, reporter: Reporter) -> Body | None:
    """Returns the last body named before an offset of a sentence, None if none is."""
    named = bodies_before(text, at, reporter)
    return named[-1] if named else None


def bodies_before(text: str, at: int, reporter: Reporter) -> list[Body]:
    """Returns the bodies named before an offset of a sentence."""
    return [body for end, body in _bodies(text, reporter) if end <= at]


def bodies_counted_behind(text: str, at: int, reporter: Reporter) -> list[Body]:
    """Returns the bodies named behind an offset of a sentence that have a number of their own."""
    return [body for end, body in _bodies(text, reporter) if end > at and _COUNTS.match(text, end)]


@lru_cache(maxsize=8192)
def body_word(text: str) -> str:
    """Returns the first words that say whose number it is, empty where none do."""
    found = [match for entry in _table().bodies if (match := entry.pattern.search(text))]
    return min(found, key=lambda match: match.start()).group() if found else ""


@lru_cache(maxsize=8192)
def is_body(text: str) -> bool:
    """Whether a text is nothing but such words."""
    return any(entry.pattern.fullmatch(text) for entry in _table().bodies)


def is_of_name(words: str, name: str) -> bool:
    """Whether words are some of the writer's name, in its order: 县质监局 of 嘉祥县质监分局."""
    named = iter(name)
    return all(char in named for char in words)


def bodies() -> tuple[BodyWord, ...]:
    """Returns the words that say whose a number is."""
    return _table().bodies


def zone_units() -> frozenset[str]:
    """Returns what a zone calls itself."""
    return _table().zone_units


def kind_of(name: str) -> tuple[str, str]:
    """Returns what kind of reporter a name is of, and the last word of its territory."""
    for entry in _table().kinds:
        match = entry.name.search(name)
        if match:
            return entry.kind, match["unit"]
    raise LookupError(f"bodies.yml has no kind for {name!r}; its last kind must fit any name")


def scope_said(name: str, titles: Sequence[str], text: str) -> Scope | None:
    """Returns the scope that a report states for all its numbers, None if it states none.

    Args:
        name: Full name of who reports.
        titles: The lines of its title; what they say of it counts first.
        text: Its words, where a sentence may be about its own numbers.
    """
    kind, _ = _kind_of(name)
    asked = _table().report_scope
    titled = (
        words
        for title in titles
        for words in (*_BRACKETS.findall(title), *asked.title.findall(_BRACKETS.sub("", title)))
        if not asked.signs.search(words)
    )
    for words in chain(titled, asked.on_its_numbers(text)):
        for said in asked.says:
            if kind in said.of and said.pattern.search(words):
                return said.scope
    return None


def is_for_all(words: str) -> bool:
    """Whether a sentence on what an office received tells what its whole region did."""
    return _table().report_scope.for_all.search(words) is not None


def is_with_departments(words: str) -> bool:
    """Whether a sentence on a government's own level counts its departments in."""
    return _table().report_scope.with_departments.search(words) is not None


def _sentences_with(sign: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    """Where the sentences of a text that hold a sign begin and end."""
    end = 0
    for found in sign.finditer(text):
        at = found.start()
        if at >= end:
            start = max(text.rfind(mark, end, at) for mark in _ENDS) + 1
            behind = _END.search(text, at)
            end = behind.start() if behind else len(text)
            yield start, end


@lru_cache(maxsize=64)
def _bodies(text: str, reporter: Reporter) -> tuple[tuple[int, Body], ...]:
    """Every mention of a body in a sentence: where it ends, and which."""
    kind, unit = _kind_of(reporter.name)
    kind = _table().speaks_as.get(kind, {}).get(reporter.scope, kind)
    found = []
    for entry in _table().bodies:
        if not any(word in text for word in entry.words):
            continue
        for match in entry.pattern.finditer(text):
            start = match.start()
            acts = text[start - 1 : start] == "由" and _ACTS.match(text, match.end())
            is_object = _table().object.search(text, 0, start) or _table().held_for.are_around(
                match
            )
            if acts or not is_object:
                what = _by_field(match, reporter.name) if entry.what == "field" else entry.what
                body = _body(what, match, kind, unit, reporter.scope)
                found.append((match.start(), match.end(), body))
    found.sort(key=lambda mention: mention[:2])
    return tuple((end, body) for _, end, body in found)


@lru_cache(maxsize=256)
def _kind_of(name: str) -> tuple[str, str]:
    return kind_of(name)


def _by_field(match: re.Match[str], name: str) -> str:
    """Whose acts in a field are: an office's that is named after it, others' else."""
    return "office" if match.group() in name else "others"


def _body(what: str, match: re.Match[str], kind: str, unit: str, report: Scope) -> Body:
    if what == "others":
        if _ALL_OF.search(match.string, 0, match.start()):
            what = "territory"
        else:
            below = _BELOW.search(match.group())
            return Body(Scope.SYSTEM if below else Scope.REGION, BodyRelation.OTHER)
    if what == "unit":
        what = _compared(match["unit"], kind, unit)
    relation = _table().relations[kind][what]
    is_seat = what in _SEATS and relation is BodyRelation.OWN
    return Body(_scope(relation, what, kind, report), relation, is_seat)


def _compared(said: str, kind: str, own: str) -> str:
    if kind == "zone" and said in _table().zone_units:
        return "same"
    size = _table().size
    if said in own:
        return "same"
    return "larger" if size[said] <= size.get(own, _SMALLEST_WIDER) else "smaller"


def _scope(relation: BodyRelation, what: str, kind: str, report: Scope) -> Scope:
    if relation is BodyRelation.OWN:
        if report is not Scope.UNKNOWN:
            return report
        return Scope.REGION if kind == "government" else Scope.AGENCY
    if relation is BodyRelation.SYSTEM:
        return Scope.SYSTEM
    if relation is BodyRelation.NARROWER:
        return Scope.AGENCY if what in ("desk", "cabinet", "office") else Scope.SYSTEM
    return Scope.REGION


@cache
def _table() -> _Table:
    return declared("pipeline.extract.prose", "bodies", _Table)
