"""Whether what somebody says of a number is what a report prints: VERIFIED, REFUTED, CANNOT SAY.

A verdict is never a guess. A sentence is read by the rules that read reports, and only where
every number in it is read for certain and every other word is one declared for what it counts;
a number that is disputed, doubtful, worked out or not exact verifies and refutes nothing, nor
does one beside which the report prints another.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import NamedTuple

import duckdb
from msgspec import structs

from pipeline.agencies.finding import government_of
from pipeline.agencies.regions import named_first, named_last
from pipeline.agencies.resolver import Certainty, Resolution, resolve
from pipeline.declared import Bilingual
from pipeline.extract.identity.mentions import in_opening
from pipeline.extract.prose.kinds import are_alike
from pipeline.extract.prose.passages import sentences
from pipeline.extract.prose.sentence_reader import observe_narrative
from pipeline.forms.catalogue import indicators
from pipeline.lexis.normalise import fold
from pipeline.lexis.units import read_unit
from pipeline.lexis.years import spoken_of
from pipeline.model.observation import Observation, Qualifier, Scope, Status
from pipeline.readers.text.plain_text import blocks_of
from pipeline.warehouse.queries.claim_reasons import reason, views_for
from pipeline.warehouse.queries.claim_words import (
    OWN,
    Said,
    bare,
    is_opening,
    meant_by,
    unchecked,
)
from pipeline.warehouse.queries.lineage import Story, tell
from pipeline.warehouse.queries.name_lookup import NotFoundError, find_agency
from pipeline.warehouse.records import Record, records
from pipeline.warehouse.standing_levels import least_confidence, standings

_PRINTED = frozenset({"table", "narrative", "reviewed"})
_WORDS = 4
_CASE = "件"
"""What requests, reviews and cases in court are counted in."""
_NUMBER = re.compile(
    r"\d[\d,.]*|[〇零一二两三四五六七八九十百千]+(?=[万亿]|件|条|次|个|人|元|份|期|篇)"
)
_AMOUNT = re.compile(r"(?P<number>[-+]?\d[\d,]*(?:\.\d+)?)\s*(?P<unit>[^\W\d]*)")
"""A value with the unit it is counted in, if it says one."""
_COUNTS = frozenset({"reported", "zero_statement"})
_FORMS = """
SELECT DISTINCT form, scope FROM fact_indicator WHERE agency_id = $agency AND year = $year
"""
_ROWS = """
SELECT indicator_id FROM fact_indicator
WHERE agency_id = $agency AND year = $year AND NOT contains(indicator_id, ':')
"""


class ClaimFinding(StrEnum):
    """What can be said of a claim."""

    VERIFIED = "VERIFIED"
    REFUTED = "REFUTED"
    CANNOT_SAY = "CANNOT SAY"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What can be said of one number that somebody claims.

    Attributes:
        finding: The verdict.
        reason: Why, in a sentence.
        claim_id: Id of the number that the warehouse holds, None where it holds none.
        said: The number claimed.
        printed: The number held, None where there is none.
        unit: Its unit.
        printed_as: The same as its place prints it, with the unit there; None where it was
            worked out.
        quote: The row or sentence it was read from.
        other_quote: Another place that prints another number, None where none is known.
        source_path: The file that prints it.
        agency_id: The agency whose number it is, None where there is none.
        year: The year of that number.
        indicator_id: The indicator of that number.
        warnings: What checks of that number say against it, though they leave it undisputed.
        reason_zh: The reason in Chinese.
        warnings_zh: The warnings in Chinese.
    """

    finding: ClaimFinding
    reason: str
    claim_id: str | None = None
    said: Decimal | None = None
    printed: Decimal | None = None
    unit: str | None = None
    printed_as: str | None = None
    quote: str | None = None
    other_quote: str | None = None
    source_path: str | None = None
    agency_id: str | None = None
    year: int | None = None
    indicator_id: str | None = None
    warnings: tuple[str, ...] = ()
    reason_zh: str = ""
    warnings_zh: tuple[str, ...] = ()


def verify(connection: duckdb.DuckDBPyConnection, claim: Sequence[str]) -> tuple[Verdict, ...]:
    """Returns a verdict for each number of a claim, or one that says why there is none.

    Args:
        connection: The published warehouse.
        claim: One sentence of ordinary Chinese with an agency, a year and numbers; or agency,
            year, indicator and value, each id or name, the value in the unit of the indicator
            or in the one that it names.

    Returns:
        Nothing where the claim is neither.
    """
    if len(claim) == 1:
        found = _of_sentence(connection, claim[0])
        views = ", ".join(views_for(claim[0]))
        is_open = overall(found) is ClaimFinding.CANNOT_SAY
        return (
            tuple(_with(one, "asked_of", views=views) for one in found)
            if views and is_open
            else found
        )
    if len(claim) != _WORDS or not claim[1].isdecimal():
        return ()
    agency, year, indicator, value = claim
    return (_of_number(connection, agency, int(year), indicator, value),)


def overall(verdicts: Sequence[Verdict]) -> ClaimFinding:
    """Returns the verdict on a sentence: refuted if one of its numbers is."""
    findings = {verdict.finding for verdict in verdicts}
    if ClaimFinding.REFUTED in findings:
        return ClaimFinding.REFUTED
    return ClaimFinding.VERIFIED if findings == {ClaimFinding.VERIFIED} else ClaimFinding.CANNOT_SAY


def _of_number(
    connection: duckdb.DuckDBPyConnection, agency: str, year: int, indicator: str, value: str
) -> Verdict:
    amount = _AMOUNT.fullmatch(fold(value))
    try:
        said = Decimal(amount["number"].replace(",", "") if amount else value)
    except InvalidOperation:
        return _cannot("no_number", value=value)
    return _judged(connection, agency, year, indicator, said, amount["unit"] if amount else None)


def _of_sentence(connection: duckdb.DuckDBPyConnection, sentence: str) -> tuple[Verdict, ...]:
    sentence = _without_opening("".join(fold(sentence).split()))
    years = {spoken.year for spoken in spoken_of(sentence)}
    if len(years) != 1:
        return (_cannot("no_year"),)
    (year,) = years
    named = _agency_in(sentence, year)
    if named is None:
        return (_cannot("no_agency"),)
    try:
        agency = find_agency(connection, named.meant, year)
    except NotFoundError as error:
        return (_not_found(error),)
    return tuple(_each(connection, _statement(sentence, named.printed), agency, named, year))


def _each(
    connection: duckdb.DuckDBPyConnection, statement: str, agency: str, named: "_Named", year: int
) -> Iterator[Verdict]:
    reported = records(connection, _FORMS, {"agency": agency, "year": year})
    if not reported:
        yield _cannot("no_report", agency=named.meant, year=year)
        return
    if len(reported) > 1:
        yield _cannot("several", agency=named.meant, year=year)
        return
    scope = Scope(reported[0]["scope"])
    if named.is_region and scope is not Scope.REGION:
        yield _cannot("whole", printed=named.printed, agency=named.meant)
        return
    # Who it was, and when, is no part of what is counted.
    said = f"{year}年,{statement.replace(OWN, '').strip(',')}"
    seen = observe_narrative(
        sentences(blocks_of(said)),
        year=year,
        template=reported[0]["form"],
        reporter=named.meant,
        scope=scope,
    )
    rows = records(connection, _ROWS, {"agency": agency, "year": year})
    known = [row["indicator_id"] for row in rows]
    seen = tuple(
        structs.replace(one, indicator_id=one.indicator_id or meant_by(one.label_raw, known))
        for one in seen
    )
    counted = [one for one in seen if one.value_status is not Status.ZERO_STATEMENT]
    written = [*_NUMBER.finditer(statement)]
    if not seen:
        yield _cannot("nothing_counted")
        return
    if len(counted) != len(written):
        yield _cannot("unread")
        return
    numbers = [
        Said(at.start(), _end(statement, at, one), one.indicator_id or "")
        for at, one in zip(written, counted, strict=True)
    ]
    absent = [one.indicator_id or "" for one in seen if one not in counted]
    left = unchecked(statement, numbers, absent, is_whole=scope is Scope.REGION)
    for one in seen:
        yield _without(left, _of_observation(connection, agency, year, one, scope))


def _without(left: str, verdict: Verdict) -> Verdict:
    """A verdict on a number whose sentence says more: whatever the number is, that stays open."""
    if not left or verdict.finding is ClaimFinding.CANNOT_SAY:
        return verdict
    return _with(verdict, "unchecked", left=left)


def _of_observation(
    connection: duckdb.DuckDBPyConnection, agency: str, year: int, seen: Observation, scope: Scope
) -> Verdict:
    if seen.indicator_id is None or seen.value is None or seen.confidence < least_confidence():
        return _cannot("label", label=seen.label_raw)
    if seen.year not in {None, year} or seen.scope not in {Scope.UNKNOWN, scope}:
        return _cannot("elsewhere")
    if seen.qualifier is not Qualifier.EXACT:
        return _cannot("inexact")
    return _judged(connection, agency, year, seen.indicator_id, seen.value, seen.unit_raw)


def _judged(
    connection: duckdb.DuckDBPyConnection,
    agency: str,
    year: int,
    indicator: str,
    said: Decimal,
    unit: str | None = None,
) -> Verdict:
    try:
        story = tell(connection, agency, year, indicator)
    except NotFoundError as error:
        return _not_found(error)
    fact = story.fact
    if "claim_id" not in fact:
        return _cannot("gap", status=story.status)
    factor = _factor(unit, fact["unit"], fact["indicator_id"])
    held = None if factor is None else said * factor
    other = _contradiction(story, year, held)
    doubt = _doubt(fact) or _unit_in_doubt(story, said, unit) or _rounded(story, said, factor)
    if factor is None:
        doubt = reason("units", unit=unit, own=fact["unit"])
    elif other is not None:
        doubt = other.reason
    finding, why = (ClaimFinding.CANNOT_SAY, doubt) if doubt else _compared(story, held)
    warnings = [one for one in story.checks if _warns(story, one)]
    return Verdict(
        finding=finding,
        reason=why.en,
        reason_zh=why.zh,
        claim_id=fact["claim_id"],
        said=said,
        printed=fact["value"],
        unit=fact["unit"],
        printed_as=_as_printed(story),
        quote=story.observation["quote"],
        other_quote=other.quote if other else None,
        source_path=story.report["source_path"],
        agency_id=fact["agency_id"],
        year=fact["year"],
        indicator_id=fact["indicator_id"],
        warnings=tuple(one["message_en"] for one in warnings),
        warnings_zh=tuple(one["message_zh"] for one in warnings),
    )


def _warns(story: Story, check: Record) -> bool:
    """Whether a check of a number fails that does not make it disputed."""
    return (
        check["outcome"] == "fail"
        and check["severity"] != "info"
        and check["override_reason"] is None
        and story.observation["observation_id"] in check["observation_ids"]
    )


def _compared(story: Story, held: Decimal | None) -> tuple[ClaimFinding, Bilingual]:
    """Whether a fact that nothing speaks against has the value claimed, and why that is said."""
    same = held == story.fact["value"]
    why = reason("same" if same else "other")
    if story.is_left_out_now:
        why = reason("left_out", reason=why)
    return ClaimFinding.VERIFIED if same else ClaimFinding.REFUTED, why


class _Contradiction(NamedTuple):
    reason: Bilingual
    quote: str | None


def _contradiction(story: Story, year: int, said: Decimal | None) -> _Contradiction | None:
    """Where reports print another number than the fact: by a check, or the very one claimed."""
    quotes = {one["observation_id"]: one["quote"] for one in story.others}
    for check in story.checks:
        named = check["observation_ids"]
        if check["kind"] == "cross_source" and _warns(story, check):
            quote = next((quotes[one] for one in named if one in quotes), None)
            message = Bilingual(zh=check["message_zh"], en=check["message_en"])
            return _Contradiction(reason("differs", message=message), quote)
    if said is None or said == story.fact["value"]:
        return None
    for one in story.others:
        factor = _factor(one["unit_raw"], story.fact["unit"], story.fact["indicator_id"])
        if (
            one["value_status"] in _COUNTS
            and one["year"] in {None, year}
            and factor is not None
            and one["value"] * factor == said
        ):
            place = "another_place" if one["is_current"] else "replaced"
            return _Contradiction(reason(place), one["quote"])
    return None


def _unit_in_doubt(story: Story, said: Decimal, unit: str | None) -> Bilingual | None:
    """Why a number without a unit may be meant as printed; None where it cannot."""
    seen, fact = story.observation, story.fact
    if unit or said == fact["value"] or said != seen["value"]:
        return None
    held = f"{fact['value'].normalize():f}"
    return reason("unit", printed=_as_printed(story), held=held, own=fact["unit"])


def _rounded(story: Story, said: Decimal, factor: Decimal | None) -> Bilingual | None:
    """Why a number of fewer digits is not another than the printed one; None where it is."""
    digits, held = int(said.as_tuple().exponent), story.fact["value"]
    if factor is None or said * factor == held:
        return None
    near = abs(said * factor - held) < Decimal(1).scaleb(digits) * factor
    return reason("digits", printed=_as_printed(story)) if near else None


def _as_printed(story: Story) -> str | None:
    seen = story.observation
    if seen["source"] not in _PRINTED:
        return None
    raw, unit = seen["value_raw"], seen["unit_raw"] or story.fact["unit"]
    return raw if raw.endswith(unit) else f"{raw} {unit}"


def _doubt(fact: Record) -> Bilingual | None:
    """Why a number verifies and refutes nothing; None where it does."""
    if fact["standing"] != "undisputed":
        worth = standings()[fact["standing"]]
        return reason("standing", standing=Bilingual(zh=worth.zh, en=fact["standing"]))
    if fact["qualifier"] != "exact":
        return reason("qualifier", qualifier=fact["qualifier"])
    return None if fact["source"] in _PRINTED else reason("derived", source=fact["source"])


def _factor(unit: str | None, own: str, indicator_id: str) -> Decimal | None:
    """How many of the fact's units one of the claim's is, None where nobody can tell."""
    if not unit:
        return Decimal(1)
    said, held = read_unit(unit), read_unit(own)
    # 138条 and 138件 are the same requests; of items, a 条 may be one of several in a 件.
    is_of_cases = read_unit(indicators()[indicator_id].unit).one == _CASE
    is_same = said.one == held.one or (is_of_cases and are_alike(said.one, held.one))
    if not is_same or said.factor is None or held.factor is None:
        return None
    return said.factor / held.factor


class _Named(NamedTuple):
    """Whom a sentence is about: as it says, and by the full name of the agency meant."""

    printed: str
    meant: str

    @property
    def is_region(self) -> bool:
        """Whether a county or city is named, and its government is meant."""
        return self.printed != self.meant


def _agency_in(sentence: str, year: int) -> _Named | None:
    """The one agency that a sentence names, in front of its year or after it."""
    first = next(iter(spoken_of(sentence)))
    before = next(
        filter(None, (_resolved(one, year) for one in bare(sentence[: first.start]))), None
    )
    found = [before] if before else [one.name for one in in_opening(sentence, year)]
    # 2022年高青县收到: a county or city may stand behind the year, too.
    region = named_first(sentence[first.end :].lstrip(",")) if not found else ""
    found += [resolve(region, year=year)] if region else []
    if not found:
        return None
    name, meant = found[0].name, _in_full(found[0], year)
    full = found[0].agency.name_zh if found[0].agency else name
    # 岳阳市人民政府办理: a name ends where the agency's does.
    name = full if name.startswith(full) else name
    ahead, printed, _ = sentence.partition(name)
    if not meant or not printed:
        return None
    above = named_last(ahead)
    longer = resolve(f"{above}{name}", year=year) if above else None
    is_same = longer is not None and _in_full(longer, year) == meant
    return _Named(f"{above}{name}" if is_same else name, meant)


def _resolved(name: str, year: int) -> Resolution | None:
    found = resolve(name, year=year) if name else None
    return found if found and _in_full(found, year) else None


def _in_full(found: Resolution, year: int) -> str | None:
    """The agency that a name stands for; a county or city alone stands for its government."""
    if found.certainty is Certainty.CERTAIN:
        return found.name
    government = government_of(found.name, year=year)
    return government.name if government else None


def _without_opening(sentence: str) -> str:
    """A sentence without clauses in front that only say where, or up to when, it was told."""
    clause, comma, rest = sentence.partition(",")
    if comma and next(spoken_of(rest), None) and is_opening(_statement(clause)):
        return _without_opening(rest) if _years(clause) <= _years(rest) else sentence
    return sentence


def _years(text: str) -> set[int]:
    return {spoken.year for spoken in spoken_of(text)}


def _statement(sentence: str, printed: str = "") -> str:
    """A sentence with ``OWN`` in place of its agency and its years."""
    for spoken in reversed([*spoken_of(sentence)]):
        sentence = f"{sentence[: spoken.start]}{OWN}{sentence[spoken.end :].removeprefix('度')}"
    return sentence.replace(printed, OWN) if printed else sentence


def _end(statement: str, number: re.Match[str], seen: Observation) -> int:
    """Where a number ends that a statement writes, its unit included."""
    unit = seen.unit_raw or ""
    return number.end() + (len(unit) if statement.startswith(unit, number.end()) else 0)


def _cannot(name: str, **said: object) -> Verdict:
    return _told(reason(name, **said))


def _not_found(error: NotFoundError) -> Verdict:
    return _told(Bilingual(zh=error.zh, en=str(error)))


def _told(why: Bilingual) -> Verdict:
    return Verdict(ClaimFinding.CANNOT_SAY, why.en, reason_zh=why.zh)


def _with(verdict: Verdict, name: str, **said: object) -> Verdict:
    """A verdict left open for one more reason."""
    before = Bilingual(zh=verdict.reason_zh, en=verdict.reason)
    why = reason(name, reason=before, **said)
    return replace(verdict, finding=ClaimFinding.CANNOT_SAY, reason=why.en, reason_zh=why.zh)
