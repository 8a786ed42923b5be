"""What labels say by the words they are made of, in whatever order."""

import pytest

from pipeline.extract.prose.concepts import concept_names, concepts_of


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("网上依申请公开政府信息", {"online", "by_request"}),
        ("依申请公开政府信息的网上受理量", {"online", "by_request", "come"}),
        ("因本机关不掌握无法提供", {"because", "not_held", "not_available"}),
        ("来自自然人的申请", {"from", "natural_person", "request"}),
    ],
)
def test_every_word_of_a_label_is_understood(label: str, said: set[str]) -> None:
    assert frozenset(said) in concepts_of(label)


@pytest.mark.parametrize("label", ["网上留言申请", "种植面积", "收到户籍证明申请", ""])
def test_one_unknown_word_leaves_a_label_unread(label: str) -> None:
    assert concepts_of(label) == ()


def test_a_filling_word_is_no_concept_of_a_label() -> None:
    assert "filler" in concept_names()
    assert concepts_of("办结量") == (frozenset({"closed"}),)
