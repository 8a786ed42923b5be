"""Shows what documents are now read as, and keeps it: ``make accept``, or with words of names.

What is published of the town is kept likewise, under the word ``town``.
"""

import difflib
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import click

from tests.golden.places import PAGES as KINDS
from tests.golden.places import kinds, places_of
from tests.golden.snapshot import KEPT, documents, snapshot_of
from tests.golden.town import PAGES as TOWN
from tests.golden.town import Town
from tests.golden.town_told import Told


@click.command()
@click.argument("words", nargs=-1)
def main(words: tuple[str, ...]) -> None:
    """Prints every difference it takes over; WORDS narrow the pages by their names."""
    changed = 0
    for folder, name_of, pages in (
        (KEPT, str, _each(documents(), snapshot_of, words)),
        (KINDS, str, _each(kinds(), places_of, words)),
        (TOWN, lambda _: "town", _of_town() if _is_of(words, "town") else {}),
    ):
        before = {one: page for one, page in kept(folder).items() if _is_of(words, name_of(one))}
        told = list(differences(before, pages))
        changed += len(told)
        click.echo("".join(f"{one}\n" for one in told), nl=False)
        for name in before.keys() - pages.keys():
            (folder / f"{name}.txt").unlink()
        for name, page in pages.items():
            if before.get(name) != page:
                path = folder / f"{name}.txt"
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(page, "utf-8")
    click.echo(f"{changed} pages are otherwise than before", err=True)


def kept(folder: Path) -> dict[str, str]:
    """The pages that a folder keeps, by name."""
    return {
        path.relative_to(folder).as_posix().removesuffix(".txt"): path.read_text("utf-8")
        for path in sorted(folder.rglob("*.txt"))
    }


def differences(before: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    """What two sets of pages differ in, a text a page."""
    for name in sorted(before.keys() | now.keys()):
        sides = (before.get(name, "").splitlines(), now.get(name, "").splitlines())
        if lines := list(difflib.unified_diff(*sides, name, name, n=0, lineterm="")):
            yield "\n".join(lines)


def _is_of(words: tuple[str, ...], name: str) -> bool:
    return not words or any(word in name for word in words)


def _each(
    read: Mapping[str, Path], page_of: Callable[[Path], str], words: tuple[str, ...]
) -> dict[str, str]:
    return {name: page_of(path) for name, path in read.items() if _is_of(words, name)}


def _of_town() -> dict[str, str]:
    with tempfile.TemporaryDirectory() as folder:
        return dict(Told(Town(Path(folder))).pages())


if __name__ == "__main__":
    main()
