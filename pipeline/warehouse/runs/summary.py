"""A run's record as lines a person likes to read."""

from collections.abc import Iterator

from pipeline.warehouse.history.changes import Changes
from pipeline.warehouse.runs.record import RunRecord, counted

_SHOWN = 10


def lines(record: RunRecord) -> Iterator[tuple[str, str]]:
    """Yields label and text of each line of the summary."""
    seen = f"{record.files_seen} seen, {record.files_new} parsed"
    if record.files_retired:
        seen += f", {record.files_retired} gone or replaced"
    if record.files_moved:
        seen += f", {record.files_moved} moved"
    if record.files_passed_over:
        seen += f", {record.files_passed_over} passed over by name"
    yield "files", seen
    yield "quarantined", _quarantine(record)
    yield "reports", f"{record.reports}"
    yield "facts", f"{record.facts}{_fact_changes(record)}"
    yield "checks failed", f"{record.checks_failed}{_check_changes(record.changes)}"
    yield "unmapped labels", f"{record.unmapped_labels}"
    yield "unresolved agencies", _unresolved(record)
    yield "time", f"{record.seconds:.1f} s"


def details(record: RunRecord) -> Iterator[str]:
    """Yields what changed, one sentence each, and what an operator should know."""
    changes = record.changes
    if changes:
        for fact in changes.facts[:_SHOWN]:
            yield (
                f"{fact.name_zh} {fact.year} {fact.indicator_id}: {fact.old.normalize():f} → "
                f"{fact.new.normalize():f} ({fact.why}: {fact.source_path})"
            )
        if changes.facts_changed > _SHOWN:
            yield f"… and {changes.facts_changed - _SHOWN} more values changed"
        yield from _gone(changes)
        for check in changes.began[:_SHOWN]:
            yield f"fails now: {check.name_zh} {check.year or ''} {check.message_zh}"
        for check in changes.ended[:_SHOWN]:
            yield f"fails no more: {check.name_zh} {check.year or ''} {check.rule_id}"
    yield from record.notices


def _gone(changes: Changes) -> Iterator[str]:
    shown = changes.gone[:_SHOWN]
    for gone in shown:
        what = "1 fact" if gone.facts == 1 else f"{gone.facts} facts"
        yield f"went: {gone.name_zh} {gone.year} {what} ({gone.why}: {gone.source_path})"
    others = changes.facts_removed - sum(gone.facts for gone in shown)
    if shown and others:
        yield f"… and {others} more facts went"


def markdown(record: RunRecord) -> str:
    """Returns the summary as Markdown."""
    rows = [f"| {label} | {text} |" for label, text in lines(record)]
    points = [f"- {detail}" for detail in details(record)]
    return "\n".join(["| | |", "|---|---|", *rows, "", *points])


def _quarantine(record: RunRecord) -> str:
    reasons = counted(record.quarantine)
    return f"{record.files_quarantined}" + (f" ({reasons})" if reasons else "")


def _unresolved(record: RunRecord) -> str:
    reasons = counted(record.unresolved)
    return f"{record.unresolved_agencies}" + (f" (reports: {reasons})" if reasons else "")


def _fact_changes(record: RunRecord) -> str:
    if not record.is_published:
        return ", unchanged"
    changes = record.changes
    if changes is None:
        return ""
    causes = counted(changes.causes)
    return (
        f" ({changes.facts_added} came, {changes.facts_removed} went, "
        f"{changes.facts_changed} changed{': ' if causes else ''}{causes})"
    )


def _check_changes(changes: Changes | None) -> str:
    if changes is None or not (changes.checks_began or changes.checks_ended):
        return ""
    return f" ({changes.checks_began} began, {changes.checks_ended} ended)"
