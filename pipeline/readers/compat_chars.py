"""Characters that only look like those they are printed for.

A glyph of a font may serve several characters, and the program that prints a page tells one of
them: "⼯作" with the radical ⼯ for 工作. Who copies from such a page carries them into any format.
"""

import re
import unicodedata
from dataclasses import replace
from functools import cache

from msgspec import structs

from pipeline.declared import declared
from pipeline.model.document import Document, Paragraph, Table

# Radicals of both blocks, and ideographs that are in Unicode twice for other standards' sake.
_LOOKALIKE = re.compile("[\u2e80-\u2fdf\uf900-\ufaff]")


def with_plain_ideographs(document: Document) -> Document:
    """Puts the usual characters into a document, one for one: every place stays."""
    if not _LOOKALIKE.search(document.text):
        return document
    return replace(
        document,
        text=_plain(document.text),
        blocks=tuple([_plain_block(block) for block in document.blocks]),
        title=document.title and _plain(document.title),
        metadata={name: _plain(value) for name, value in document.metadata.items()},
    )


def _plain_block(block: Paragraph | Table) -> Paragraph | Table:
    if isinstance(block, Paragraph):
        return replace(block, text=_plain(block.text))
    cells = [structs.replace(cell, text=_plain(cell.text)) for cell in block.cells]
    return replace(block, cells=tuple(cells))


def _plain(text: str) -> str:
    return _LOOKALIKE.sub(lambda found: _usual(found.group()), text)


@cache
def _usual(char: str) -> str:
    """The everyday character that a compatibility character stands for; any other unchanged."""
    usual = _radicals().get(char) or unicodedata.normalize("NFKC", char)
    return usual if len(usual) == 1 else char


@cache
def _radicals() -> dict[str, str]:
    """The declared ones.

    Raises:
        pydantic.ValidationError: The data file is malformed.
    """
    return declared("pipeline.readers", "radicals", dict[str, str])
