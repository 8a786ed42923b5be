"""Asset checks: blocking ones, which hold back a publication, and others, which only report."""

import dagster as dg

from pipeline.orchestration.assets import UnderWay
from pipeline.orchestration.figures import as_table
from pipeline.warehouse.publishing.checks import (
    BLOCKING,
    Check,
    corpus_is_covered,
    corrections_meet_their_values,
    identities_hold,
    keys_are_unique,
    overrides_are_needed,
    quarantine_is_empty,
    references_are_met,
    schema_is_declared,
)

_ASSETS: dict[Check, str] = {
    keys_are_unique: "fact_indicator",
    references_are_met: "fact_indicator",
    schema_is_declared: "facts",
    identities_hold: "contradictions",
    corpus_is_covered: "coverage",
    quarantine_is_empty: "quarantine",
    overrides_are_needed: "check_result",
    corrections_meet_their_values: "correction",
}
"""Which asset each check is shown at."""


def _asset_check(check: Check, asset: str) -> dg.AssetChecksDefinition:
    blocking = check in BLOCKING
    severity = dg.AssetCheckSeverity.ERROR if blocking else dg.AssetCheckSeverity.WARN

    @dg.asset_check(asset=asset, name=check.__name__, description=check.__doc__, blocking=blocking)
    def run(build: UnderWay) -> dg.AssetCheckResult:
        if not build.is_whole:
            asked = "asked of whole warehouses only; what was built here is not published"
            return dg.AssetCheckResult(passed=True, severity=severity, metadata={"note": asked})
        with build.candidate().read() as connection:
            outcome = build.asked(check, connection)
        rows = outcome.rows or [{"failure": line} for line in outcome.failures]
        return dg.AssetCheckResult(
            passed=outcome.passed,
            severity=severity,
            metadata={"failing": len(rows), "failures": as_table(rows), **outcome.measured},
        )

    return run


asset_checks = [_asset_check(check, asset) for check, asset in _ASSETS.items()]
