"""Asset checks: those that hold back a publication, and those that only tell."""

import dagster as dg

from pipeline.warehouse.build import Build
from pipeline.warehouse.checks import (
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


def _asset_check(check: Check, asset: str, *, blocking: bool) -> dg.AssetChecksDefinition:
    severity = dg.AssetCheckSeverity.ERROR if blocking else dg.AssetCheckSeverity.WARN

    @dg.asset_check(asset=asset, name=check.__name__, description=check.__doc__, blocking=blocking)
    def run(build: dg.ResourceParam[Build]) -> dg.AssetCheckResult:
        with build.candidate().read() as connection:
            outcome = check(connection)
        failures = "\n".join(f"- {line}" for line in outcome.failures)
        return dg.AssetCheckResult(
            passed=outcome.passed,
            severity=severity,
            metadata={"failures": dg.MetadataValue.md(failures), **outcome.measured},
        )

    return run


asset_checks = [
    _asset_check(keys_are_unique, "fact_indicator", blocking=True),
    _asset_check(references_are_met, "fact_indicator", blocking=True),
    _asset_check(schema_is_declared, "facts", blocking=True),
    _asset_check(identities_hold, "contradictions", blocking=False),
    _asset_check(corpus_is_covered, "coverage", blocking=False),
    _asset_check(quarantine_is_empty, "quarantine", blocking=False),
    _asset_check(overrides_are_needed, "check_result", blocking=False),
    _asset_check(corrections_meet_their_values, "correction", blocking=False),
]
