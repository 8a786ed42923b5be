"""What is checked in a sentence, in few words."""

from pipeline.extract.identity.segmentation import split
from pipeline.extract.prose.passages import sentences
from pipeline.extract.prose.sentence_reader import observe_narrative
from pipeline.facts.prose_checks import compare_sources
from pipeline.model.document import Document
from pipeline.model.observation import Scope
from pipeline.readers.text.plain_text import read_text


def told(text: str) -> list[str]:
    """Every check of a sentence: its rule, its outcome, what is stated and what it should be."""
    document = read_text(f"一、总体情况\n{text}\n".encode())
    assert isinstance(document, Document)
    (part,) = split(document)
    seen = observe_narrative(
        sentences(part.blocks), 2022, template="D", reporter="石门县水务局", scope=Scope.AGENCY
    )
    return [
        f"{check.rule_id} {check.outcome} {check.actual:f}/{check.expected:f}"
        for check in compare_sources(seen, (), Scope.AGENCY)
        if check.actual is not None and check.expected is not None
    ]
