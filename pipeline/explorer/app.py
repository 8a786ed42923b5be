"""The script that Streamlit runs for each visit; ``gongkai serve`` starts it."""

import logging
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

import duckdb
import streamlit as st

from pipeline.explorer.context import Explorer
from pipeline.explorer.elements import alert, empty
from pipeline.explorer.markup import begin, el, link, show
from pipeline.explorer.opening import NoWarehouseError, Published
from pipeline.explorer.screens.agency import agency
from pipeline.explorer.screens.compare import compare
from pipeline.explorer.screens.console import console
from pipeline.explorer.screens.evidence import evidence
from pipeline.explorer.screens.overview import overview
from pipeline.explorer.screens.quality import quality
from pipeline.explorer.texts import LANGUAGES, Speech
from pipeline.settings import Settings
from pipeline.warehouse.pages.function_names import Language

_LOG = logging.getLogger("gongkai.explorer")
_LOOK_EVERY = 5

_STYLE = """<style>
[data-testid="stMainBlockContainer"] { max-width: 84rem; padding-top: 3.6rem; }
.stTextArea textarea { font-family: ui-monospace, "Noto Sans Mono CJK SC", monospace; }
@media (max-width: 640px) {
  [data-testid="stMainBlockContainer"] { padding-left: 0.8rem; padding-right: 0.8rem; }
}
</style>"""
"""Streamlit's own frame, which leaves more margin than a page of tables can spare."""

Page = Callable[[Explorer], None]
_PAGES: dict[str, Page] = {
    "": overview,
    "compare": compare,
    "agency": agency,
    "quality": quality,
    "sql": console,
    "evidence": evidence,
}


def main() -> None:
    """Shows the page that the address names."""
    settings = Settings.from_environment()
    published = _published(settings.database)
    say = Speech(_language())
    begin(say.language)
    st.set_page_config(page_title="gongkai 公开", layout="wide")
    st.html(_STYLE)
    pages = [
        st.Page(
            _guarded(page, settings, published, say),
            title=say(f"page.{name or 'overview'}"),
            url_path=name,
            default=not name,
        )
        for name, page in _PAGES.items()
    ]
    chosen = st.navigation(pages, position="top")
    _switch(say, chosen.url_path)
    # Looked at before the page is: what is published while it is made is then noticed.
    shown = published.key()
    chosen.run()
    _watch(published, shown)


def _guarded(
    page: Page, settings: Settings, published: Published, say: Speech
) -> Callable[[], None]:
    """Returns the page as Streamlit calls it; whatever goes wrong is told in a sentence."""

    def run() -> None:
        try:
            with st.spinner(say("query.working")):
                page(Explorer(settings, published.current(), say))
        except NoWarehouseError as error:
            show(empty(say("trouble.no_warehouse", path=str(error)), say("trouble.build_first")))
        except duckdb.OutOfMemoryException:
            show(alert(say("trouble.memory"), say("trouble.narrow"), severity="error"))
        except Exception:
            _LOG.exception("the page could not be shown")
            show(alert(say("trouble.page"), say("trouble.page_remedy"), severity="error"))

    return run


def _language() -> Language:
    """Returns the language of the address, or the one chosen before in this session."""
    stated = st.query_params.get("lang")
    kept: Language = st.session_state.get("language", "zh")
    language: Language = next((one for one in LANGUAGES if one == stated), kept)
    st.session_state["language"] = language
    if language == "zh" and stated:
        del st.query_params["lang"]
    elif language != "zh" and stated != language:
        st.query_params["lang"] = language
    return language


def _switch(say: Speech, page: str) -> None:
    """Links to the same page and choice in the other language."""
    choice = {name: st.query_params.get_all(name) for name in st.query_params}
    choice["lang"] = ["en" if say.language == "zh" else "zh"]
    where = f"{page or './'}?{urlencode(choice, doseq=True)}"
    other = el("span", say("language.other"), lang=choice["lang"][0])
    show(el("p", link(other, where), class_="language"))


@st.fragment(run_every=_LOOK_EVERY)
def _watch(published: Published, shown: str | None) -> None:
    """Shows the page anew when something new has been published."""
    if published.key() != shown:
        st.rerun()


@st.cache_resource(show_spinner=False)
def _published(database: Path) -> Published:
    return Published(database)


if __name__ == "__main__":
    main()
