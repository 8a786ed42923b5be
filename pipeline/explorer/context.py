"""What every page needs: the open warehouse, the language, and addresses of other pages."""

from dataclasses import dataclass
from urllib.parse import urlencode

import streamlit as st

from pipeline.agencies.finding import Named, ranked
from pipeline.explorer.opening import Opened
from pipeline.explorer.texts import Speech
from pipeline.settings import Settings
from pipeline.warehouse.agency_names import NAMES
from pipeline.warehouse.lineage import Record
from pipeline.warehouse.pages.agency_profile import Portrait, read_portrait

_KEPT_ANSWERS = 400
_KEPT_PORTRAITS = 50


@dataclass(frozen=True, slots=True)
class Explorer:
    """One visit of one page.

    Attributes:
        settings: Where the warehouse and the raw files are.
        opened: The publication shown.
        say: Says things in the visitor's language.
    """

    settings: Settings
    opened: Opened
    say: Speech

    def rows(self, sql: str, **parameters: object) -> list[Record]:
        """Returns the rows of a query; asked again, the same publication answers from memory."""
        return _rows(self.opened, self.opened.key, sql, parameters)

    def agencies_called(self, words: str) -> list[str]:
        """Returns the ids of the agencies that words may mean, the likeliest first.

        Args:
            words: Part of a name, a short or former name, first letters of pinyin, or an id.
        """
        known = (
            Named(row["agency_id"], row["name_zh"], tuple(row["aliases"]))
            for row in self.rows(NAMES)
        )
        return ranked(words, known)

    def portrait(self, agency_id: str) -> Portrait:
        """Returns what is known of an agency, from memory when asked again.

        Raises:
            story.NotFoundError: There is no agency of that id.
        """
        return _portrait(self.opened, self.opened.key, agency_id)

    def address(self, page: str, **choice: object) -> str:
        """Returns the address of a page of the explorer.

        Args:
            page: Its name, empty for the overview.
            choice: What is chosen on it; None and empty lists are left out.
        """
        if self.say.language != "zh":
            choice["lang"] = self.say.language
        stated = {name: value for name, value in choice.items() if value not in (None, [], ())}
        query = urlencode(stated, doseq=True)
        return f"{page or './'}?{query}" if query else page or "./"

    def evidence(self, agency_id: object, year: object, indicator_id: object) -> str:
        """Returns the address of what stands behind a fact."""
        return self.address("evidence", agency=agency_id, year=year, indicator=indicator_id)


@st.cache_data(max_entries=_KEPT_ANSWERS, show_spinner=False)
def _rows(_opened: Opened, key: str, sql: str, parameters: Record) -> list[Record]:
    return _opened.records(sql, parameters)


@st.cache_data(max_entries=_KEPT_PORTRAITS, show_spinner=False)
def _portrait(_opened: Opened, key: str, agency_id: str) -> Portrait:
    with _opened.connection.cursor() as cursor:
        return read_portrait(cursor, agency_id)
