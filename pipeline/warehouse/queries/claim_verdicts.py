"""Whether what somebody says of a number is what a report prints: VERIFIED, REFUTED, CANNOT SAY.

A verdict is never a guess. A sentence is read by the rules that read reports, and only where
every number in it is read for certain; a number that is disputed, doubtful, worked out or not
exact verifies and refutes nothing, nor does one beside which the report prints another.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import partial
from typing import NamedTuple

import duckdb

from pipeline.agencies.finding import government_of
from pipeline.agencies.regions import named_first
from pipeline.agencies.resolver import Certainty, Resolution, resolve
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
from pipeline.warehouse.queries.lineage import Story, tell
from pipeline.warehouse.queries.name_lookup import NotFoundError, find_agency
from pipeline.warehouse.records import Record, records
from pipeline.warehouse.standing_levels import least_confidence

_PRINTED = frozenset({"table", "narrative", "reviewed"})
_WORDS = 4
_CASE = "件"
"""What requests, reviews and cases in court are counted in."""
_NOBODY_ELSE = re.compile(
    "(?:全年|全[省市县区州旗盟]|各级行政机关|各级政府|共计?|总共|一共|累计|合计|,|，)*"
)
"""What may stand between a county's year and what is counted: 公安系统 makes it another's."""
_NUMBER = re.compile(
    r"\d[\d,.]*|[〇零一二两三四五六七八九十百千]+(?=[万亿]|件|条|次|个|人|元|份|期|篇)"
)
_AMOUNT = re.compile(r"(?P<number>[-+]?\d[\d,]*(?:\.\d+)?)\s*(?P<unit>[^\W\d]*)")
"""A value with the unit it is counted in, if it says one."""
_COUNTS = frozenset({"reported", "zero_statement"})
_SAYS_MORE = re.compile(
    "不是|并非|并不|没有|未必|是否|吗|[?？]|超过|超出|不到|不足|左右|大约|将近|接近|约|至少|至多|多于|少于|高于|低于|"
    "以上|以下|同比|增长|下降|减少|增加|比|占|平均|累计|历年|分别|预计|计划|可能|或者|如果|据说"
)
"""Words with which a sentence says more, or less, than that a number is so."""
_DENIES = re.compile(
    "(?<!尚)未(?!经|审|结)|没(?!收(?!到))|无(?!法|正当)|不[曾会再]|否认|[谎误声据]称|听说|[误虚]报"
    "|(?<![回响])应(?!诉|急)|拟|将|须|若|假如|倘"
)
"""With a number after it: that it is not so, is to be, or that only somebody says so."""
_OTHERS_TOO = re.compile("[和与及、暨等各]|以及|下属|所属|下设|系统|机关党委|全系统")
"""What makes a number that of others, or of part of the agency, after its name."""
_FORMS = """
SELECT DISTINCT form, scope FROM fact_indicator WHERE agency_id = $agency AND year = $year
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
        return _of_sentence(connection, claim[0])
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
        return _cannot(f"{value} is no number")
    return _judged(connection, agency, year, indicator, said, amount["unit"] if amount else None)


def _of_sentence(connection: duckdb.DuckDBPyConnection, sentence: str) -> tuple[Verdict, ...]:
    doubt = _SAYS_MORE.search(sentence)
    if doubt:
        return (_cannot(f"it says more than a number: {doubt.group()}"),)
    years = {spoken.year for spoken in spoken_of(sentence)}
    if len(years) != 1:
        return (_cannot("it does not name one year"),)
    (year,) = years
    named = _agency_in(sentence, year)
    if named is None:
        return (_cannot("it names no agency for certain"),)
    denied = _DENIES.search(sentence.replace(named.printed, ""))
    if denied and _numbers(sentence):
        return (_cannot(f"it denies a number, or reports what others say: {denied.group()}"),)
    try:
        agency = find_agency(connection, named.meant, year)
    except NotFoundError as error:
        return (_cannot(str(error)),)
    return tuple(_each(connection, sentence, agency, named, year))


def _each(
    connection: duckdb.DuckDBPyConnection, sentence: str, agency: str, named: "_Named", year: int
) -> Iterator[Verdict]:
    reported = records(connection, _FORMS, {"agency": agency, "year": year})
    if not reported:
        yield _cannot(f"no report of {named.meant} for {year} gives a number here")
        return
    if len(reported) > 1:
        yield _cannot(f"numbers of {named.meant} for {year} are of several reports")
        return
    scope = Scope(reported[0]["scope"])
    if named.is_region and scope is not Scope.REGION:
        yield _cannot(f"{named.printed} is all of it, the report of {named.meant} is not")
        return
    read = partial(
        observe_narrative,
        year=year,
        template=reported[0]["form"],
        reporter=named.meant,
        scope=scope,
    )
    found = read(sentences(blocks_of(sentence)))
    if any(one.indicator_id is None for one in found):
        # 甲局2018年收到申请: who it was is no part of what is counted.
        found = read(sentences(blocks_of(sentence.replace(named.printed, ""))))
    counted = [one for one in found if one.value_status is not Status.ZERO_STATEMENT]
    written = _numbers(sentence)
    if not found or len(counted) != written:
        yield _cannot(f"{len(counted)} of its {written} numbers can be read for certain")
        return
    if named.is_region and not _begins_with(sentence.replace(named.printed, ""), found[0]):
        yield _cannot("whose number it is, is not certain")
        return
    for one in found:
        yield _of_observation(connection, agency, year, one, scope)


def _of_observation(
    connection: duckdb.DuckDBPyConnection, agency: str, year: int, seen: Observation, scope: Scope
) -> Verdict:
    if seen.indicator_id is None or seen.value is None or seen.confidence < least_confidence():
        return _cannot(f"what is counted is not certain: {seen.label_raw}")
    if seen.year not in {None, year} or seen.scope not in {Scope.UNKNOWN, scope}:
        return _cannot("its number is of another year, or of others")
    if seen.qualifier is not Qualifier.EXACT:
        return _cannot("it gives no exact number")
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
        return _cannot(str(error))
    fact = story.fact
    if "claim_id" not in fact:
        return _cannot(f"the report gives no usable number there: {story.status}")
    factor = _factor(unit, fact["unit"], fact["indicator_id"])
    held = None if factor is None else said * factor
    other = _contradiction(story, year, held)
    doubt = _doubt(fact) or _unit_in_doubt(story, said, unit)
    if factor is None:
        doubt = f"it counts in {unit}, the report in {fact['unit']}"
    elif other is not None:
        doubt = other.reason
    finding, reason = (ClaimFinding.CANNOT_SAY, doubt) if doubt else _compared(story, held)
    return Verdict(
        finding=finding,
        reason=reason,
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
    )


def _compared(story: Story, held: Decimal | None) -> tuple[ClaimFinding, str]:
    """Whether a fact that nothing speaks against has the value claimed, and why that is said."""
    same = held == story.fact["value"]
    reason = "the report prints it" if same else "the report prints another number"
    if story.is_left_out_now:
        reason += "; another report counts for the year and leaves the number out"
    return ClaimFinding.VERIFIED if same else ClaimFinding.REFUTED, reason


class _Contradiction(NamedTuple):
    reason: str
    quote: str | None


def _contradiction(story: Story, year: int, said: Decimal | None) -> _Contradiction | None:
    """Where reports print another number than the fact: by a check, or the very one claimed."""
    own = story.observation["observation_id"]
    quotes = {one["observation_id"]: one["quote"] for one in story.others}
    for check in story.checks:
        named = check["observation_ids"]
        if (
            check["kind"] == "cross_source"
            and check["outcome"] == "fail"
            and check["severity"] != "info"
            and check["override_reason"] is None
            and own in named
        ):
            quote = next((quotes[one] for one in named if one in quotes), None)
            return _Contradiction(f"what is printed differs: {check['message_en']}", quote)
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
            place = "another place" if one["is_current"] else "a report replaced since"
            return _Contradiction(f"{place} prints it, this one another number", one["quote"])
    return None


def _unit_in_doubt(story: Story, said: Decimal, unit: str | None) -> str:
    """Why a number without a unit may be meant as printed; empty where it cannot."""
    seen, fact = story.observation, story.fact
    if unit or said == fact["value"] or said != seen["value"]:
        return ""
    return f"in which unit? {_as_printed(story)} is {fact['value'].normalize():f} {fact['unit']}"


def _as_printed(story: Story) -> str | None:
    seen = story.observation
    if seen["source"] not in _PRINTED:
        return None
    return f"{seen['value_raw']} {seen['unit_raw'] or story.fact['unit']}"


def _doubt(fact: Record) -> str:
    """Why a number verifies and refutes nothing; empty where it does."""
    if fact["standing"] != "undisputed":
        return f"the number is {fact['standing']}"
    if fact["qualifier"] != "exact":
        return f"the report gives it as {fact['qualifier']}"
    return "" if fact["source"] in _PRINTED else f"the number is {fact['source']}"


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


def _begins_with(sentence: str, seen: Observation) -> bool:
    """Whether a sentence goes from its year to what is counted, and names nobody between."""
    (spoken, *_) = spoken_of(sentence)
    between, label, _ = sentence[spoken.end :].partition(seen.label_raw)
    return bool(label) and _NOBODY_ELSE.fullmatch(between) is not None


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
    before = resolve(sentence[: first.start], year=year) if first.start else None
    found = [before] if before else [one.name for one in in_opening(sentence, year)]
    # 2022年高青县收到: a county or city may stand behind the year, too.
    region = named_first(sentence[first.end :].lstrip("，, ")) if not found else ""
    found += [resolve(region, year=year)] if region else []
    if not found:
        return None
    name = found[0].name
    meant = _in_full(found[0], year)
    _, printed, after = sentence.partition(name)
    place = found[0].region.name if found[0].region else name
    if first.start and any(in_opening(f"{year}年{place}{sentence[first.end :]}", year)):
        return None  # 安吉县2018年教育局收到: whose county it is, and not who received
    return _Named(name, meant) if meant and printed and not _OTHERS_TOO.match(after) else None


def _in_full(found: Resolution, year: int) -> str | None:
    """The agency that a name stands for; a county or city alone stands for its government."""
    if found.certainty is Certainty.CERTAIN:
        return found.name
    government = government_of(found.name, year=year)
    return government.name if government else None


def _numbers(sentence: str) -> int:
    """How many numbers a sentence writes, its year aside."""
    years = [(spoken.start, spoken.end) for spoken in spoken_of(sentence)]
    return sum(
        not any(start <= match.start() < end for start, end in years)
        for match in _NUMBER.finditer(sentence)
    )


def _cannot(reason: str) -> Verdict:
    return Verdict(ClaimFinding.CANNOT_SAY, reason)
