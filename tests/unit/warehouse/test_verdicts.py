"""What can be said of a claim with several numbers."""

import pytest

from pipeline.warehouse.claim_verdicts import Finding, Verdict, overall

TRUE, FALSE, OPEN = Finding.VERIFIED, Finding.REFUTED, Finding.CANNOT_SAY


@pytest.mark.parametrize(
    ("findings", "expected"),
    [
        ([TRUE, TRUE], TRUE),
        ([TRUE, FALSE], FALSE),
        ([FALSE, OPEN], FALSE),
        ([TRUE, OPEN], OPEN),
        ([], OPEN),
    ],
)
def test_one_refuted_number_refutes_a_claim_and_one_in_doubt_leaves_it_open(
    findings: list[Finding], expected: Finding
) -> None:
    assert overall([Verdict(finding, "") for finding in findings]) is expected
