"""Tables of the forms, of which one report gives all rows or none: ``data/blocks.yml``."""

from functools import cache

from pipeline.declared import Declaration, declared


class _Block(Declaration):
    zh: str
    en: str
    measures: tuple[str, ...]


class _File(Declaration):
    blocks: dict[str, _Block]


def block_of(measure: str) -> str:
    """Returns the table of the form that a measure is in."""
    path = measure.split(".")
    ahead = (".".join(path[:length]) for length in range(len(path), 0, -1))
    return next((_blocks()[one] for one in ahead if one in _blocks()), path[0])


@cache
def _blocks() -> dict[str, str]:
    said = declared("pipeline.forms", "blocks", _File).blocks
    return {measure: name for name, block in said.items() for measure in block.measures}
