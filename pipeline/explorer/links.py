"""Addresses of pages: on a server, in a folder of files, and in a file that stands alone."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import quote, urlencode

from pipeline.settings import Language

Choice = Mapping[str, object]


class Links(Protocol):
    """Gives the address of a page."""

    def to(self, page: str, language: Language, choice: Choice) -> str | None:
        """Returns the address of a page, None where there is none to go to.

        Args:
            page: Its name, empty for the first one.
            language: The language to show it in.
            choice: What is chosen on it.
        """

    def file(self, name: str) -> str | None:
        """Returns the address of a style or a script, None where it is in the page."""


@dataclass(frozen=True, slots=True)
class ServerLinks:
    """Addresses relative to the page's own, so that the server may stand behind any path.

    Attributes:
        depth: How deep below the first page the page lies that the addresses stand on.
    """

    depth: int = 0

    def to(self, page: str, language: Language, choice: Choice) -> str:
        """Returns the address of a page; Chinese is not stated."""
        stated = {**choice, **({} if language == "zh" else {"lang": language})}
        query = urlencode(stated, doseq=True)
        where = "../" * self.depth + page or "./"
        return f"{where}?{query}" if query else where

    def file(self, name: str) -> str:
        """Returns the address of a style or a script."""
        return f"{'../' * self.depth}static/{name}"


class NoLinks:
    """A page that stands alone."""

    def to(self, page: str, language: Language, choice: Choice) -> None:
        """Returns None: there is nowhere to go."""

    def file(self, name: str) -> None:
        """Returns None: it is in the page."""


@dataclass(frozen=True, slots=True)
class FileLinks:
    """Addresses in a folder of files, which need no server.

    Attributes:
        known: Every file there is or will be, relative to the folder.
        depth: How deep below the folder the page lies that the addresses stand on.
        year: The year that rankings are of; there are none of another.
    """

    known: Collection[str]
    depth: int = 0
    year: int | None = None

    def to(self, page: str, language: Language, choice: Choice) -> str | None:
        """Returns the address of the file of a page, None where none was written."""
        if page in ("", "compare") and str(choice.get("year")) == str(self.year):
            choice = {name: one for name, one in choice.items() if name != "year"}
        name, _, anchor = file_of(page, choice).partition("#")
        if name not in self.known:
            return None
        return "../" * self.depth + quote(name) + (f"#{quote(anchor)}" if anchor else "")

    def file(self, name: str) -> str:
        """Returns the address of a style or a script."""
        return "../" * self.depth + name


_RANKED_BY = ("rate", "indicator", "level", "province", "scope")


def file_of(page: str, choice: Choice) -> str:
    """Returns the file that a page of the site is written to."""
    stated = {name: str(one) for name, one in choice.items() if not isinstance(one, list)}
    if page == "" and not stated:
        return "index.html"
    if page == "agency" and stated.keys() == {"id"}:
        return f"agency/{file_name(stated['id'])}.html"
    if page == "evidence" and stated.keys() == {"agency", "year", "indicator"}:
        return (
            f"evidence/{file_name(stated['agency'])}.html"
            f"#{anchor_of(stated['year'], stated['indicator'])}"
        )
    if page == "compare" and stated.keys() <= set(_RANKED_BY):
        named = [stated.get(one, "") for one in _RANKED_BY]
        return f"compare/{'.'.join(file_name(one) for one in named if one)}.html"
    return ""


def anchor_of(year: object, indicator_id: object) -> str:
    """Returns what a number of an agency's page of evidence is called."""
    return f"{year}.{indicator_id}"


def file_name(name: str) -> str:
    """Returns a name as files may bear it."""
    return "".join(one if one.isalnum() or one in "._-" else "_" for one in name)
