"""Builds ``initials.csv``: the first letters that the characters of names are read with.

Run by hand::

    pip install pypinyin==0.55.0
    python -m builders.initials

Source: pypinyin (PyPI), every reading of every character that the names of regions, towns,
zones and functions are made of. A character of two readings stands in two lines: 重 under c and z.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator

from builders.regions import DATA
from pipeline.declared import Texts, declared_rows

_HAN = re.compile(r"[\u4e00-\u9fff]")
_FILES = (
    "regions",
    "region_names",
    "zones",
    "zone_places",
    "zone_places_listed",
    "towns",
    "functions",
    "seated_bodies",
    "central_offices",
    "universities",
)


def characters() -> set[str]:
    """Returns every Chinese character of the data files."""
    texts = (
        text
        for name in _FILES
        for row in declared_rows("pipeline.agencies", name, Texts)
        for text in row.values()
    )
    return {char for text in texts for char in _HAN.findall(text)}


def initials() -> Iterator[tuple[str, str]]:
    """Yields a letter and the characters that a reading of theirs begins with."""
    from pypinyin import Style, pinyin

    found: dict[str, set[str]] = defaultdict(set)
    for char in characters():
        for reading in pinyin(char, style=Style.NORMAL, heteronym=True)[0]:
            if reading[:1].isascii() and reading[:1].isalpha():
                found[reading[0]].add(char)
    for letter, chars in sorted(found.items()):
        yield letter, "".join(sorted(chars))


def main() -> None:
    """Writes ``initials.csv``."""
    with (DATA / "initials.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("letter", "characters"))
        writer.writerows(initials())


if __name__ == "__main__":
    main()
