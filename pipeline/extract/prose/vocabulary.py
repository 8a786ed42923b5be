"""The words of ``data/vocabulary.yml``, checked and compiled once a process."""

import re
from functools import cache, cached_property

from pydantic import Field

from pipeline.declared import Declaration, declared


class CountingWord(Declaration):
    """A counting word, and the characters behind it that make it another word."""

    not_before: str = ""


class Topic(Declaration):
    """What a statement of absence may be about.

    Attributes:
        label: Name to keep instead of the printed words, where these need their context.
        pattern: How it is written.
        name: Part of the id of the rule, where it has an indicator.
        id: Indicator, the same in every form.
        ids: Indicator by form.
        eras: Forms the indicator belongs to, empty for all.
        split: Labels of the two things one phrase names.
        request: Whether it is the requests themselves, which other topics modify.
        verbs: What must be said to be absent for the topic to hold.
        unless: Words before it that narrow it down to less than the indicator.
        beside: Words of the sentence beside which it is something else.
    """

    pattern: str
    name: str = ""
    label: str | None = None
    id: str | None = None
    ids: dict[str, str] = Field(default_factory=dict)
    eras: tuple[str, ...] = ()
    split: tuple[str, ...] = ()
    request: bool = False
    verbs: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None
    beside: re.Pattern[str] | None = None

    @property
    def rule(self) -> str:
        """The id of the rule, in ``why`` of what it gives."""
        return f"A-{self.name}"


class Vocabulary(Declaration):
    """Everything prose is searched for. See the comments in the data file."""

    units: dict[str, CountingWord]
    money: frozenset[str]
    misprint: re.Pattern[str]
    misprints: tuple[tuple[re.Pattern[str], str], ...]
    masked_units: frozenset[str]
    han_units: tuple[str, ...]
    han_before: re.Pattern[str]
    han_one_before: re.Pattern[str]
    han_end_units: frozenset[str]
    han_end_veto: re.Pattern[str]
    han_case_units: frozenset[str]
    han_case_veto: re.Pattern[str]
    structure: re.Pattern[str]
    exclusions: dict[str, str]
    exclusions_begin: str
    plan: re.Pattern[str]
    plan_ahead: re.Pattern[str]
    plan_heading: re.Pattern[str]
    plan_mood: re.Pattern[str]
    done: re.Pattern[str]
    told: re.Pattern[str]
    approximate_before: tuple[str, ...]
    at_least_before: tuple[str, ...]
    neutral_before: tuple[str, ...]
    approximate_after: tuple[str, ...]
    at_least_after: tuple[str, ...]
    fuzz: tuple[str, ...]
    last_year: re.Pattern[str]
    not_last_year: re.Pattern[str]
    since: re.Pattern[str]
    added_up: re.Pattern[str]
    added_this_year: re.Pattern[str]
    sum: re.Pattern[str]
    part_of_year: re.Pattern[str]
    mean: re.Pattern[str]
    mean_alone: re.Pattern[str]
    whole_year: re.Pattern[str]
    actor: re.Pattern[str]
    own_name: re.Pattern[str]
    own_desk: re.Pattern[str]
    parts: re.Pattern[str]
    absence: re.Pattern[str]
    absence_veto: re.Pattern[str]
    zero_value: re.Pattern[str]
    undeniable: re.Pattern[str]
    topics: tuple[Topic, ...]
    topics_begin: str
    bare_heading: re.Pattern[str]
    own_verbs: frozenset[str]
    first_verbs: frozenset[str]
    term_stop: frozenset[str]
    front_stop: frozenset[str]
    back_stop: frozenset[str]
    verbs: frozenset[str]
    around: frozenset[str]
    around_marks: re.Pattern[str]
    narrows: re.Pattern[str]
    change: re.Pattern[str]
    persons: re.Pattern[str]
    subject_end: re.Pattern[str]
    askers: re.Pattern[str]
    subject: re.Pattern[str]
    unrelated: re.Pattern[str]
    told_before: re.Pattern[str]
    more_sites: re.Pattern[str]
    more_ways: re.Pattern[str]

    @cached_property
    def excluded(self) -> re.Pattern[str]:
        """Spans that hold no statistic."""
        any_of = "|".join(f"(?:{pattern})" for pattern in self.exclusions.values())
        return re.compile(f"(?=[{self.exclusions_begin}])(?:{any_of})")

    @cached_property
    def topic(self) -> re.Pattern[str]:
        """Any topic; the name of the group is its index."""
        any_of = "|".join(f"(?P<t{n}>{topic.pattern})" for n, topic in enumerate(self.topics))
        return re.compile(f"(?=[{self.topics_begin}])(?:{any_of})")

    @cached_property
    def unit(self) -> str:
        """Any counting word, longest first, guarded against longer words it begins."""
        ordered = sorted(self.units.items(), key=lambda item: -len(item[0]))
        return "|".join(
            re.escape(word) + (f"(?![{unit.not_before}])" if unit.not_before else "")
            for word, unit in ordered
        )


@cache
def vocabulary() -> Vocabulary:
    """Returns the vocabulary, read once a process.

    Raises:
        pydantic.ValidationError: The data file misses a key or holds a bad pattern.
    """
    return declared("pipeline.extract.prose", "vocabulary", Vocabulary)
