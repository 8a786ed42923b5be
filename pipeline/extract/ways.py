"""What ``why`` of an observation names: how a row was read, the rule of a sentence, a reason.

Identities stand in ``forms.rules``, what people decided in ``warehouse.reviewed``.
"""

from collections.abc import Collection
from functools import cache
from typing import Literal

from pipeline.declared import Declaration, declared
from pipeline.extract.prose.attribution import Explanation, reasons
from pipeline.extract.prose.balanced import BALANCED, ONLY_WAY
from pipeline.extract.prose.indicator_rules import ROW, counted_by
from pipeline.extract.prose.vocabulary import Topic, vocabulary
from pipeline.forms.catalogue import indicators

Kind = Literal["row", "sentence", "absence", "open"]

Language = Literal["zh", "en"]

_MOST_NAMED = 3
_COMMA: dict[Language, tuple[str, str]] = {"zh": ("、", "等"), "en": (", ", ", …")}


class Way(Explanation):
    """A way to read a number.

    Attributes:
        kind: Of a table's ``row``, of a ``sentence``, of one that says there was none
            (``absence``); ``open`` says why a number gives no fact.
        indicators: What it counts, empty where the surroundings say.
    """

    kind: Kind
    indicators: tuple[str, ...] = ()


class _OfRows(Declaration):
    ways: tuple[Explanation, ...]


@cache
def ways() -> dict[str, Way]:
    """Returns every way by its id."""
    of_rows = declared("pipeline.extract.tables", "ways", _OfRows).ways
    found = [Way(kind="row", **one.model_dump()) for one in of_rows]
    found += [Way(kind="open", **one.model_dump()) for one in reasons().values()]
    found += [_of_sentence(rule, ids) for rule, ids in sorted(counted_by().items())]
    found += [_CALLED_AS_ROW, _HANDLED_IS_CLOSED, _ONLY_WAY]
    found += [_of_absence(topic) for topic in vocabulary().topics if topic.name]
    return {way.id: way for way in found}


_CALLED_AS_ROW = Way(
    id=ROW,
    kind="sentence",
    title_zh="正文：用词同表式的行名",
    title_en="Sentence: called as the form's row",
    statement_zh="句中之数，其名称与表式中某一行相同",
    statement_en="a number in a sentence that is called as a row of the form",
)
_HANDLED_IS_CLOSED = Way(
    id=BALANCED,
    kind="sentence",
    title_zh="正文：“办理”为办结",
    title_en="Sentence: handled means closed",
    statement_zh="句中各数之和表明所称办理即为办结",
    statement_en="the sums of the paragraph say that what was handled was closed",
)

_ONLY_WAY = Way(
    id=ONLY_WAY,
    kind="sentence",
    title_zh="正文：唯一渠道即全部申请",
    title_en="Sentence: the only way is that of all requests",
    statement_zh="正文只述一种渠道收到的申请，且未另述总数，即为全部申请",
    statement_en="the text tells of requests by one way only, and of no whole: these are all",
)


def _of_sentence(rule: str, ids: Collection[str]) -> Way:
    return Way(
        id=rule,
        kind="sentence",
        title_zh=f"正文：{_named(ids, 'zh') or '指标随上文'}",
        title_en=f"Sentence: {_named(ids, 'en') or 'what was told before says what it counts'}",
        statement_zh="句中之数，其用词合于该规则",
        statement_en="a number in a sentence whose words fit the rule",
        indicators=tuple(sorted(ids)),
    )


def _of_absence(topic: Topic) -> Way:
    ids = {one for one in (topic.id, *topic.ids.values()) if one}
    return Way(
        id=topic.rule,
        kind="absence",
        title_zh=f"正文称无：{_named(ids, 'zh')}",
        title_en=f"Denied: {_named(ids, 'en')}",
        statement_zh="句中称没有，计为 0",
        statement_en="a sentence says that there was none, which counts as 0",
        indicators=tuple(sorted(ids)),
    )


def _named(ids: Collection[str], language: Language) -> str:
    """The labels of some indicators, the first of them where there are many."""
    known = indicators()
    labels = list(dict.fromkeys(getattr(known[one], f"label_{language}") for one in sorted(ids)))
    comma, more = _COMMA[language]
    return comma.join(labels[:_MOST_NAMED]) + more * (len(labels) > _MOST_NAMED)
