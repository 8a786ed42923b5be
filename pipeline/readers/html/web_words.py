"""The names and phrases of web page furniture, from ``data/web_pages.yml``."""

import re
from functools import cache, lru_cache

from pydantic import field_validator

from pipeline.declared import Declaration, declared

_WHITE = re.compile(r"\s+")


class WebWords(Declaration):
    """What web pages say around their content.

    Attributes:
        skipped_tags: Elements that never hold the content.
        block_tags: Elements that begin a line of their own.
        furniture_names: Parts of class and id names of navigation, footers and the like.
        furniture_lines: Expressions that match lines of furniture from their start.
        labels: Labels under which a page states something about itself.
        technical_meta: Names of meta elements that are not about the document.
        attachment_endings: Endings of linked files that may be the document itself.
    """

    skipped_tags: frozenset[str]
    block_tags: frozenset[str]
    furniture_names: frozenset[str]
    furniture_lines: tuple[str, ...]
    labels: frozenset[str]
    technical_meta: frozenset[str]
    attachment_endings: tuple[str, ...]

    @field_validator("furniture_lines")
    @classmethod
    def _compiles(cls, lines: tuple[str, ...]) -> tuple[str, ...]:
        for line in lines:
            re.compile(line)
        return lines


@cache
def web_words() -> WebWords:
    """Returns the declared words.

    Raises:
        pydantic.ValidationError: The data file is malformed.
    """
    return declared("pipeline.readers", "web_pages", WebWords)


@cache
def furniture_line() -> re.Pattern[str]:
    """Returns the expression that matches a line of page furniture from its start."""
    return re.compile("|".join(f"(?:{line})" for line in web_words().furniture_lines))


@cache
def labelled_value() -> re.Pattern[str]:
    """Returns the expression that finds ``label: value`` in a line, groups in this order."""
    labels = "|".join(
        r"\s*".join(label) for label in sorted(web_words().labels, key=len, reverse=True)
    )
    opening = r"[\[【(（\s]*"
    any_label = r"[^\s\d:：]{2,8}\s*[\]】]?\s*[:：]"
    return re.compile(
        rf"(?:^|(?<=[\s\]】)）;；|]))({opening}(?:{labels}))\s*[\]】]?\s*[:：]\s*"
        rf"(.*?)(?=$|[\]】]?[\s;；|]+{opening}{any_label}|\s{{2,}}|\u3000)"
    )


@lru_cache(maxsize=4096)
def label_in(text: str) -> str | None:
    """Returns the label a short text consists of, None where it is none."""
    if text.isdecimal():
        return None
    bare = _WHITE.sub("", text).strip("[]【】()（）:：")
    return bare if bare in web_words().labels else None
