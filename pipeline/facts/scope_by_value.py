"""Whose numbers a government's tables give where no words of the report say it of all of them.

市政府本级共收到申请41件 says nothing of a table. One that prints 41 is of the 本级 too, unless
a sentence on the whole region says 41 as well.
"""

from collections.abc import Sequence

from pipeline.extract.prose.attribution import OF_NARROWER, OPEN
from pipeline.extract.prose.whose import is_for_all, is_with_departments
from pipeline.facts.selection import PRINTED
from pipeline.forms.balance import balance
from pipeline.model.observation import Observation, Scope, Source


def scope_by_value(observations: Sequence[Observation], scope: Scope) -> Scope:
    """Returns the scope of those alone whom sentences give the requests that the table prints.

    Args:
        observations: Everything seen in the report.
        scope: The scope its kind of reporter has.
    """
    received = [one for one in observations if one.indicator_id == balance().received and one.value]
    printed = {one.value for one in received if one.source in PRINTED}
    if scope is not Scope.REGION or len(printed) != 1:
        return scope
    said = [one for one in received if one.source is Source.NARRATIVE and one.year is None]
    if any(is_for_all(one.quote) for one in said):
        return scope
    wholes = {one.section_path for one in said}
    parts = [one for one in observations if one.indicator_id is None and one.above in wholes]
    saying = [one for one in said if one.value in printed]
    own = [
        *(_narrower(one) for one in saying if _open_reasons(one) == {OF_NARROWER}),
        *(one.scope for one in parts if one.scope is Scope.AGENCY and one.value in printed),
    ]
    is_wholes = any(OF_NARROWER not in one.why for one in saying)
    return own[0] if own and not is_wholes else scope


def _narrower(one: Observation) -> Scope:
    return Scope.SYSTEM if is_with_departments(one.quote) else one.scope


def _open_reasons(one: Observation) -> set[str]:
    return {reason for reason in one.why if reason.startswith(OPEN)}
