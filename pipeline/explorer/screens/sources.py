"""Originals and observations as the pages on evidence speak of them."""

import duckdb
import streamlit as st

from pipeline.explorer.context import Explorer
from pipeline.explorer.elements import number
from pipeline.explorer.originals import Original, bytes_of
from pipeline.model.document import Document
from pipeline.settings import Settings
from pipeline.warehouse.kept import kept_document
from pipeline.warehouse.lineage import IN_ITS_PLACE, Record

REPORT = """
SELECT r.*, a.name_zh FROM dim_report AS r LEFT JOIN dim_agency AS a USING (agency_id)
WHERE r.report_id = $report
"""


def nothing(explorer: Explorer) -> tuple[str, str]:
    """Returns why there is nothing to show, and what to try."""
    say = explorer.say
    asked = {name: st.query_params.get(name) for name in ("agency", "year", "indicator")}
    if all(asked.values()) and str(asked["year"]).isdecimal():
        for one in explorer.rows(IN_ITS_PLACE, **{**asked, "year": int(str(asked["year"])[:4])}):
            status = say.name("status", one["status"])
            return say("evidence.no_value", status=status), say("evidence.no_value_remedy")
    if st.query_params.keys() & {"agency", "observation", "report"}:
        return say("evidence.no_fact"), say("evidence.no_fact_remedy")
    return say("evidence.unchosen"), say("evidence.unchosen_remedy")


def original_of(explorer: Explorer, report: Record) -> Original | str:
    """Returns the document, or why it cannot be shown."""
    source_path, document_id = report["source_path"], report["document_id"]
    try:
        with st.spinner(explorer.say("evidence.reading")):
            document = _kept(explorer.settings, explorer.opened.key, document_id)
    except (OSError, duckdb.Error):
        return explorer.say("evidence.unreachable")
    if document is None:
        return explorer.say("evidence.not_kept")
    has_pages = document.media_type == "application/pdf"
    data = bytes_of(explorer.settings.raw, source_path, document_id) if has_pages else None
    return Original(document, data)


@st.cache_resource(max_entries=12, show_spinner=False)
def _kept(_settings: Settings, key: str, document_id: str) -> Document | None:
    return kept_document(_settings, document_id)


def shown_value(seen: Record) -> str:
    """Returns a number as seen, with its unit as printed."""
    unit = f" {seen['unit_raw']}" if seen["unit_raw"] else ""
    return f"{number(seen['value']) if seen['value'] is not None else seen['value_raw']}{unit}"
