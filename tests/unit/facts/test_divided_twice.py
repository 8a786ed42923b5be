"""One number divided in two ways, and kinds told one by one: no sum goes over both."""

import pytest

from tests.unit.facts.checks_of_sentences import told


def failing(text: str) -> list[str]:
    return [check for check in told(text) if " fail " in check]


@pytest.mark.parametrize(
    "text",
    [
        "受理政府信息公开申请58件（含上年结转8件），其中自然人申请51件，法人或其他组织申请7件。",
        "共办理政府信息公开申请58件（其中上年结转8件），按结果分，予以公开30件，不予公开28件。",
        "新收政府信息公开申请50件，上年结转8件，合计58件；其中自然人51件、法人7件。",
        "被申请行政复议3件，被提起行政诉讼5件，其中驳回起诉3件、驳回诉讼请求2件。",
        "行政复议4件、行政诉讼7件；诉讼中，驳回起诉2件，驳回诉讼请求4件，尚未审结1件。",
        "受理行政复议7件，审结6件，未审结1件。审结案件中，维持5件，确认违法1件。",
    ],
)
def test_what_is_divided_twice_is_not_added_up_over_both(text: str) -> None:
    assert failing(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "办理政府信息公开申请58件，其中新收55件、上年结转8件。",
        "收到政府信息公开申请58件，其中自然人51件、法人9件。",
        "被提起行政诉讼5件，其中驳回起诉3件、驳回诉讼请求4件。",
    ],
)
def test_what_is_divided_once_is_still_added_up(text: str) -> None:
    assert failing(text) != []
