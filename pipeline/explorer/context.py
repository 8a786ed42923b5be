"""What every page needs: the open warehouse, the language, what the address says, and links."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.agencies.finding import NamedAgency, ranked
from pipeline.explorer.links import Links
from pipeline.explorer.lru_cache import LruCache
from pipeline.explorer.opening import Opened
from pipeline.explorer.texts import Translator
from pipeline.model.document import Document
from pipeline.settings import Settings
from pipeline.warehouse.queries.agency_profile import AgencyProfile, read_profile
from pipeline.warehouse.queries.name_lookup import NAMES
from pipeline.warehouse.records import Record

_ROWS_KEPT = 60_000
_PROFILES_KEPT = 24
_DOCUMENTS_KEPT = 12
_RUN = "FROM ingest_run ORDER BY run_id DESC LIMIT 1"

Query = Mapping[str, Sequence[str]]
"""What the address says: each name with its values, in order."""


class Answers:
    """Answers of one or several publications, the latest asked for kept.

    Attributes:
        documents: Documents as they were read, by publication and id.
    """

    def __init__(self) -> None:
        self._rows: LruCache[list[Record]] = LruCache(_ROWS_KEPT, lambda rows: len(rows) + 1)
        self._profiles: LruCache[AgencyProfile] = LruCache(_PROFILES_KEPT)
        self.documents: LruCache[Document | None] = LruCache(_DOCUMENTS_KEPT)

    def get(self, opened: Opened, sql: str, parameters: Record) -> list[Record]:
        """Returns the rows of a query, from memory when the publication was asked before."""
        key = json.dumps([opened.key, sql, parameters], ensure_ascii=False, default=str)
        return self._rows.get(key, lambda: opened.records(sql, parameters))

    def profile(self, opened: Opened, agency_id: str) -> AgencyProfile:
        """Returns the profile of an agency, from the cache when it was asked for before.

        Raises:
            NotFoundError: There is no agency of that id.
        """

        def read() -> AgencyProfile:
            with opened.connection.cursor() as cursor:
                return read_profile(cursor, agency_id)

        return self._profiles.get((opened.key, agency_id), read)


@dataclass(frozen=True, slots=True)
class Context:
    """What a page is made from: one request of a server, or one file to be written.

    Attributes:
        settings: Where the warehouse and the raw files are.
        opened: The publication shown.
        say: Says things in the visitor's language.
        links: Gives the addresses of other pages.
        query: What the address says.
        answers: What was asked of the publication before.
    """

    settings: Settings
    opened: Opened
    say: Translator
    links: Links
    query: Query = field(default_factory=dict)
    answers: Answers = field(default_factory=Answers)

    def rows(self, sql: str, **parameters: object) -> list[Record]:
        """Returns the rows of a query; asked again, the same publication answers from memory."""
        return self.answers.get(self.opened, sql, parameters)

    def stated(self, name: str, usual: str = "") -> str:
        """Returns the value of a query parameter, the last one where it is given twice."""
        values = self.query.get(name) or [usual]
        return values[-1].strip()

    def all_stated(self, name: str) -> list[str]:
        """Returns everything the address says of a name, each once."""
        return [one for one in dict.fromkeys(self.query.get(name) or []) if one]

    def year(self, name: str = "year") -> int | None:
        """Returns a year of the address, None where it says none."""
        text = self.stated(name)
        return int(text) if text.isdecimal() and text.isascii() and len(text) == 4 else None

    def unfit(self, **known: Collection[str]) -> list[str]:
        """Returns the parameters of the address whose value is unknown."""
        return [name for name, ones in known.items() if self.stated(name) not in ("", *ones)]

    def first_row(self) -> int:
        """Returns from which row on a long table is shown."""
        text = self.stated("from")
        return int(text) if text.isdecimal() and text.isascii() and len(text) < 10 else 0

    def agencies_called(self, words: str) -> list[str]:
        """Returns the ids of the agencies that words may mean, the likeliest first."""
        return ranked(words, self.agencies())

    def agencies(self) -> list[NamedAgency]:
        """Returns every agency with what it is called."""
        return [
            NamedAgency(row["agency_id"], row["name_zh"], tuple(filter(None, row["aliases"])))
            for row in self.rows(NAMES)
        ]

    def profile(self, agency_id: str) -> AgencyProfile:
        """Returns what is known of an agency.

        Raises:
            NotFoundError: There is no agency of that id.
        """
        return self.answers.profile(self.opened, agency_id)

    def run(self) -> Record | None:
        """Returns the run that made the publication, None where it tells of none."""
        return next(iter(self.rows(_RUN)), None)

    def link(self, page: str, **choice: object) -> str | None:
        """Returns the address of a page in the visitor's language, None where there is none.

        Args:
            page: Its name, empty for the first one.
            choice: What is chosen on it; None and empty texts and lists are left out.
        """
        stated = {name: one for name, one in choice.items() if one not in (None, "", [], ())}
        return self.links.to(page, self.say.language, stated)

    def same(self, page: str, **changed: object) -> str | None:
        """Returns the address of this page with some of its choices changed."""
        kept = {name: list(values) for name, values in self.query.items()}
        for name in ("lang", "from"):
            kept.pop(name, None)
        return self.link(page, **{**kept, **changed})

    def evidence(self, agency_id: object, year: object, indicator_id: object) -> str | None:
        """Returns the address of what stands behind a fact."""
        return self.link("evidence", agency=agency_id, year=year, indicator=indicator_id)
