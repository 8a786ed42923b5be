"""Originals and observations as the pages on evidence speak of them."""

import streamlit as st

from pipeline.explorer.context import Explorer
from pipeline.explorer.elements import number
from pipeline.explorer.originals import NotFoundError, Original, file_of, find
from pipeline.storage import StoragePath, look
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
    try:
        file = file_of(explorer.settings.raw, report["source_path"])
        with st.spinner(explorer.say("evidence.reading")):
            return _read(file, look(file).mtime_ns, report["document_id"])
    except NotFoundError as error:
        return explorer.say(str(error))
    except FileNotFoundError:
        return explorer.say("evidence.gone")
    except OSError:
        return explorer.say("evidence.unreachable")


@st.cache_resource(max_entries=12, show_spinner=False)
def _read(file: StoragePath, changed: int, document_id: str) -> Original:
    return find(file, document_id)


def shown_value(seen: Record) -> str:
    """Returns a number as seen, with its unit as printed."""
    unit = f" {seen['unit_raw']}" if seen["unit_raw"] else ""
    return f"{number(seen['value']) if seen['value'] is not None else seen['value_raw']}{unit}"
