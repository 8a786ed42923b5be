"""What an export says of itself: licence, source, citation, and how its numbers are read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from pipeline.declared import Bilingual, Declaration, declared
from pipeline.warehouse.exports.choice import Choice
from pipeline.warehouse.standing_levels import standings


class _License(Bilingual):
    id: str
    url: str


class _File(Declaration):
    title: Bilingual
    source: Bilingual
    license: _License
    notes: tuple[Bilingual, ...]


@dataclass(frozen=True, slots=True)
class About:
    """What is exported.

    Attributes:
        publication: Id of the publication.
        choice: What of it was asked for.
        as_of: The moment (UTC) it answers as of, where that is not the present.
    """

    publication: str
    choice: Choice
    as_of: datetime | None = None

    @property
    def title(self) -> Bilingual:
        """What the data is called."""
        return _file().title

    @property
    def source(self) -> Bilingual:
        """Where the numbers come from."""
        return _file().source

    @property
    def license(self) -> _License:
        """The licence."""
        return _file().license

    @property
    def published(self) -> date:
        """The day of the publication, with which its id begins."""
        return date.fromisoformat(self.publication.partition("T")[0])

    @property
    def citation(self) -> str:
        """How it is cited; the publication says which state of the data is meant."""
        return f"gongkai 公开, {self.title.both}, publication {self.publication}"

    def lines(self) -> Iterator[tuple[str, str]]:
        """Yields label and text of the lines that precede the data where people read it."""
        yield "题名 Title", self.title.both
        yield "来源 Source", self.source.both
        yield "许可 Licence", f"{self.license.both} ({self.license.url})"
        yield "引用 Citation", self.citation
        if self.as_of:
            yield "截至 As of", f"{self.as_of:%Y-%m-%d %H:%M} UTC"
        for name, asked in self.choice.as_dict().items():
            yield f"所选 {name}", ", ".join(map(str, asked))
        for note in _file().notes:
            yield "注意 Note", note.both
        for name, one in standings().items():
            yield f"standing = {name}", f"{one.zh}：{one.meaning_zh} | {one.meaning_en}"


@cache
def _file() -> _File:
    return declared("pipeline.warehouse.exports", "about", _File)
