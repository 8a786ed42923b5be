"""What the elements of a page stand in."""

from collections.abc import Container, Iterator

from selectolax.lexbor import LexborNode


def outwards(node: LexborNode) -> Iterator[LexborNode]:
    """Yields an element and what is around it, from within."""
    around: LexborNode | None = node
    while around is not None and around.tag not in (None, "-document"):
        yield around
        around = around.parent


def is_within(node: LexborNode, others: Container[int], *, itself: bool = False) -> bool:
    """Whether an element stands in one of others."""
    first = node if itself else node.parent
    return first is not None and any(one.mem_id in others for one in outwards(first))
