"""What a verdict says, in both languages, and which view holds what it leaves open."""

from collections.abc import Mapping
from functools import cache

from pipeline.declared import Bilingual, Declaration, declared


class _Said(Declaration):
    findings: dict[str, Bilingual]
    labels: dict[str, Bilingual]
    reasons: dict[str, Bilingual]
    views: dict[str, tuple[str, ...]]


def reason(name: str, **said: object) -> Bilingual:
    """Returns a reason with what it speaks of put in, each part in its language."""
    text, parts = _said().reasons[name], said.items()
    zh = {key: one.zh if isinstance(one, Bilingual) else one for key, one in parts}
    en = {key: one.en if isinstance(one, Bilingual) else one for key, one in parts}
    return Bilingual(zh=text.zh.format(**zh), en=text.en.format(**en))


def views_for(sentence: str) -> list[str]:
    """Returns the views that hold what a sentence says beside a number: ranks, changes, shares."""
    said = _said().views.items()
    return [view for view, words in said if any(word in sentence for word in words)]


def findings() -> Mapping[str, Bilingual]:
    """Returns what each verdict is called."""
    return _said().findings


def labels() -> Mapping[str, Bilingual]:
    """Returns what the lines below a verdict are called."""
    return _said().labels


@cache
def _said() -> _Said:
    return declared("pipeline.warehouse", "verdicts", _Said)
