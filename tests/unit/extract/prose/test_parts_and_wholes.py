"""Which number another is told to be a part of."""

from pipeline.extract.identity.segmentation import split
from pipeline.extract.prose.passages import sentences
from pipeline.extract.prose.sentence_reader import observe_narrative
from pipeline.model.document import Document
from pipeline.model.observation import PATH_MARK
from pipeline.readers.text.plain_text import read_text


def paths(text: str) -> list[list[str]]:
    document = read_text(f"一、总体情况\n{text}\n".encode())
    assert isinstance(document, Document)
    (part,) = split(document)
    seen = observe_narrative(sentences(part.blocks), 2022)
    return [one.section_path.split(PATH_MARK)[1:] for one in seen]


def test_a_part_stays_one_though_its_label_was_asked_for_before() -> None:
    """公开19项 takes over the label of its whole, which asks whose part it is, too."""
    text = "因一件申请包含多项内容，分项作出答复43项，其中公开19项。"
    assert paths(text) == [["分项作出答复"], ["分项作出答复", "分项作出答复"]]


def test_a_part_before_brackets_is_none_of_the_next_paragraph() -> None:
    text = "收到申请24件，其中网络申请19件(含\n二、办理情况\n受理申请7件。"
    assert paths(text)[-1] == ["受理申请"]


def test_a_number_of_something_else_is_no_part_though_one_was_before_it() -> None:
    text = "收到申请24件其中网络申请9件、发生行政复议3件。"
    assert paths(text)[1:] == [["收到申请", "网络申请"], ["发生行政复议"]]
