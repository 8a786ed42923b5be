"""What sentences of a short report are read as, in few words.

An observation is written ``id value unit``, a label that no indicator has in brackets, then the
year where it is another, what is less than plain, and the label above it behind ``<``.
"""

from pipeline.extract.prose.passages import sentences
from pipeline.extract.prose.sentence_reader import observe_narrative
from pipeline.model.observation import Observation, Qualifier, Scope
from pipeline.readers.text.plain_text import blocks_of


def shown(one: Observation) -> str:
    said = one.indicator_id or f"[{one.label_raw}]"
    number = one.value_status.value if one.value is None else format(one.value, "f")
    words = [f"{said} {number}{one.unit_raw or ''}"]
    words += [str(one.year)] if one.year else []
    words += [one.qualifier.value] if one.qualifier is not Qualifier.EXACT else []
    words += [one.scope.value] if one.scope is not Scope.UNKNOWN else []
    words += ["doubted"] if one.indicator_id and one.confidence < 0.8 else []
    above = one.above.rpartition(" > ")[2]
    return " ".join(words) + (f" <{above}" if above else "")


def told(text: str, template: str = "D") -> list[str]:
    """What is observed in a paragraph of a report on 2022 by a county's water bureau."""
    blocks = blocks_of(f"一、总体情况\n{text}\n")
    seen = observe_narrative(
        sentences(blocks), 2022, template=template, reporter="石门县水务局", scope=Scope.AGENCY
    )
    return [shown(one) for one in seen]
