"""A run's record as lines a person likes to read."""

from collections.abc import Iterator

from pipeline.warehouse.runs import RunRecord


def lines(record: RunRecord) -> Iterator[tuple[str, str]]:
    """Yields label and text of each line of the summary."""
    seen = f"{record.files_seen} seen, {record.files_new} parsed"
    if record.files_retired:
        seen += f", {record.files_retired} gone or replaced"
    yield "files", seen
    yield "quarantined", _quarantine(record)
    yield "reports", f"{record.reports}"
    yield "facts", f"{record.facts}" + ("" if record.is_published else ", unchanged")
    yield "checks failed", f"{record.checks_failed}"
    yield "unmapped labels", f"{record.unmapped_labels}"
    yield "unresolved agencies", f"{record.unresolved_agencies}"
    yield "time", f"{record.seconds:.1f} s"


def markdown(record: RunRecord) -> str:
    """Returns the summary as a Markdown table."""
    rows = [f"| {label} | {text} |" for label, text in lines(record)]
    notices = [f"- {notice}" for notice in record.notices]
    return "\n".join(["| | |", "|---|---|", *rows, "", *notices])


def _quarantine(record: RunRecord) -> str:
    reasons = ", ".join(f"{count} {reason}" for reason, count in record.quarantine.items())
    return f"{record.files_quarantined}" + (f" ({reasons})" if reasons else "")
