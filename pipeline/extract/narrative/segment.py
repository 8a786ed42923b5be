"""Words of a clause, by jieba with a dictionary of the forms' own terms."""

import logging
import os
from contextlib import suppress
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path

import jieba

from pipeline.extract.narrative.vocabulary import vocabulary

_TERM_FREQUENCY = 100_000


@lru_cache(maxsize=8192)
def words(text: str) -> tuple[str, ...]:
    """Cuts a clause into words; reports share most of their clauses."""
    return tuple(_tokenizer().cut(text, HMM=False))


def warm_up() -> None:
    """Loads the dictionaries, so that the first document does not pay for it."""
    _tokenizer()


@cache
def _tokenizer() -> jieba.Tokenizer:
    """One private tokenizer a process: user words of the shared one are global."""
    jieba.setLogLevel(logging.CRITICAL)
    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = str(_cache_folder())
    tokenizer.initialize()
    for term in _terms():
        tokenizer.add_word(term, _TERM_FREQUENCY)
    return tokenizer


def _cache_folder() -> Path:
    """A folder of this user alone: jieba's default, the temp folder, is anybody's."""
    home = os.environ.get("XDG_CACHE_HOME")
    folder = (Path(home) if home else Path.home() / ".cache") / "gongkai"
    # Without a cache the dictionary is only read more slowly.
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
    return folder


def _terms() -> list[str]:
    path = files("pipeline.extract") / "data" / "narrative_terms.txt"
    verbs = vocabulary().verbs | vocabulary().own_verbs
    return [*path.read_text(encoding="utf-8").split(), *(verb for verb in verbs if len(verb) > 1)]
