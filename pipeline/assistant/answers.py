"""What each tool answers."""

from collections.abc import Sequence
from itertools import chain, product
from typing import TYPE_CHECKING, Any

from pipeline.assistant.numbers import Key, cited, gaps, records, rows, without_gaps
from pipeline.explorer.console import Answer
from pipeline.warehouse.queries.claim_verdicts import overall
from pipeline.warehouse.queries.lineage import Story
from pipeline.warehouse.queries.name_lookup import NotFoundError
from pipeline.warehouse.records import Record

if TYPE_CHECKING:
    from gongkai import Warehouse

MOST = 50
"""Numbers of one answer; the rest is left out, and said to be."""

Names = str | list[str] | None
Years = int | list[int] | None


class NothingAskedError(Exception):
    """A question that names nothing; the message says what it may name."""


def find(warehouse: "Warehouse", words: str) -> Record:
    """Returns what words may mean, by kind; where they mean nothing, things of similar names."""
    found = _by_kind(records(warehouse.find(words)))
    return {"found": found, "near": _by_kind([] if found else records(warehouse.near(words)))}


def facts(warehouse: "Warehouse", **asked: Any) -> Record:
    """Returns numbers, and why there is none where one was asked for.

    Raises:
        NotFoundError: An agency is unknown or ambiguous, or nothing is called so.
        NothingAskedError: Neither agency nor indicator is named.
    """
    if not (asked["agency"] or asked["indicator"]):
        raise NothingAskedError("name an agency or an indicator; `find` tells their names")
    keys = _keys(records(warehouse.facts(**asked, limit=MOST + 1)))
    answer = _listed(warehouse, keys)
    if asked["agency"] and asked["indicator"]:
        return answer | {"gaps": gaps(warehouse, _missing(warehouse, asked, keys))}
    return answer | _without(warehouse, asked) if asked["indicator"] else answer


def rates(warehouse: "Warehouse", **asked: Any) -> Record:
    """Returns rates, each with the numbers it was made of.

    Raises:
        NotFoundError: An agency or a rate is not there.
        NothingAskedError: Neither agency nor rate is named.
    """
    if not (asked["agency"] or asked["rate"]):
        raise NothingAskedError("name an agency or a rate; `find` tells their names")
    found = records(warehouse.rates(**asked, limit=MOST + 1))
    answer: Record = {"rates": _made_of(warehouse, found[:MOST]), "is_cut": len(found) > MOST}
    if found or not (asked["agency"] and asked["rate"]):
        return answer
    ids = warehouse.rate_ids(asked["rate"]) or []
    terms = [row["indicator_id"] for row in rows(warehouse, _TERMS, ids=ids)]
    return answer | {"gaps": gaps(warehouse, _missing(warehouse, asked | {"indicator": terms}, []))}


def compare(warehouse: "Warehouse", indicator: str, year: int, **peers: Names) -> Record:
    """Returns one number of agencies that may be compared, the largest first, with their ranks.

    Raises:
        NotFoundError: Nothing is called so.
    """
    ranks = records(warehouse.compare(indicator, year, **peers, limit=MOST + 1))
    answer = _listed(warehouse, _keys(ranks))
    ranked = dict(zip(_keys(ranks), ranks, strict=True))
    for one, key in zip(answer["numbers"], _keys(answer["numbers"]), strict=True):
        one["compared"] = {name: ranked[key][name] for name in _COMPARED if name in ranked[key]}
    return answer | _without(warehouse, {"indicator": indicator, "year": year, **peers})


def explain(warehouse: "Warehouse", agency: str, year: int, indicator: str) -> Record:
    """Returns the story of one number, or why there is none.

    Raises:
        NotFoundError: The agency or the indicator is unknown or ambiguous.
    """
    agency_ids, ids = warehouse.agency_ids(agency, year), warehouse.indicator_ids(indicator)
    (agency_id,) = agency_ids or []
    try:
        story = warehouse.explain(agency_id, year, indicator)
    except NotFoundError as error:
        missing = gaps(warehouse, [(agency_id, year, one) for one in ids or []])
        return {"numbers": [], "gaps": missing, "why": str(error)}
    key = (agency_id, year, story.fact["indicator_id"])
    numbers = cited(warehouse, [key])
    return {
        "numbers": numbers,
        "gaps": [] if numbers else gaps(warehouse, [key]),
        **_around(story),
    }


def verify(warehouse: "Warehouse", claim: Sequence[str | int]) -> Record:
    """Returns what can be said of a claim, number by number.

    Raises:
        TypeError: It is neither a sentence nor agency, year, indicator and value.
    """
    verdicts = warehouse.verify(*claim)
    each = [{name: getattr(one, name) for name in one.__slots__} for one in verdicts]
    keys = _keys([one for one in each if one["claim_id"]])
    shown = [without_gaps({name: one[name] for name in _VERDICT}) for one in each]
    return {
        "finding": str(overall(verdicts)),
        "verdicts": shown,
        "numbers": cited(warehouse, keys),
    }


def table(answer: Answer) -> Record:
    """Returns the rows of a query."""
    return {"rows": [without_gaps(row) for row in answer.records()], "is_cut": answer.is_cut}


def _made_of(warehouse: "Warehouse", found: list[Record]) -> list[Record]:
    """Rates with the numbers of their numerators and denominators."""
    keys = {
        (at, role): [(row["agency_id"], row["year"], one) for one in row.pop(f"{role}_ids", [])]
        for at, row in enumerate(found)
        for role in ("numerator", "denominator")
    }
    numbers = cited(warehouse, chain.from_iterable(keys.values()))
    by_key = dict(zip(_keys(numbers), numbers, strict=True))
    for (at, role), parts in keys.items():
        found[at][f"{role}_numbers"] = [by_key[key] for key in parts if key in by_key]
    return found


def _by_kind(found: Sequence[Record]) -> Record:
    kinds: Record = {}
    for row in found:
        kinds.setdefault(row["kind"], []).append({"id": row["id"], "name": row["name"]})
    return kinds


def _listed(warehouse: "Warehouse", keys: Sequence[Key]) -> Record:
    return {"numbers": cited(warehouse, keys[:MOST]), "is_cut": len(keys) > MOST}


def _keys(found: Sequence[Record]) -> list[Key]:
    return [(row["agency_id"], row["year"], row["indicator_id"]) for row in found]


def _missing(warehouse: "Warehouse", asked: Record, found: Sequence[Key]) -> list[Key]:
    """Keys asked for that have no fact, at most as many as an answer may hold."""
    agencies = warehouse.agency_ids(asked["agency"]) or []
    ids = warehouse.indicator_ids(asked["indicator"]) or []
    years = [asked["year"]] if isinstance(asked["year"], int) else asked["year"]
    years = years or [row["year"] for row in rows(warehouse, _YEARS, ids=agencies)]
    # A label that several indicators bear asks for whichever of them is there.
    answered = {key[:2] for key in found} if len(ids) > 1 else set()
    return [
        key for key in product(agencies, years, ids) if key not in found and key[:2] not in answered
    ][:MOST]


def _without(warehouse: "Warehouse", asked: Record) -> Record:
    """How many agencies have no number, by the reason."""
    given: Record = {"indicator_id": warehouse.indicator_ids(asked["indicator"])}
    for name in ("year", "level", "function", "province"):
        if asked[name]:
            given[name] = asked[name] if isinstance(asked[name], list) else [asked[name]]
    kept = " AND ".join(f"list_contains(${name}, {name})" for name in given)
    counted = rows(warehouse, _WITHOUT.format(kept=kept), **given)
    return {"without_a_number": {row["status"]: row["agencies"] for row in counted}}


def _around(story: Story) -> Record:
    """The context of a number: other prints, checks, decisions, earlier values."""
    return {
        "others": [without_gaps({name: one[name] for name in _OTHER}) for one in story.others],
        "checks": [without_gaps({name: one[name] for name in _CHECK}) for one in story.checks],
        "decisions": [
            without_gaps({name: one[name] for name in _DECIDED}) for one in story.decisions
        ],
        "history": [without_gaps({name: one[name] for name in _EARLIER}) for one in story.history],
    }


_COMPARED = (
    "rank",
    "n",
    "percentile",
    "peer_median",
    "set_aside",
    "elsewhere",
    "without_number",
    "without_report",
)
_VERDICT = (
    "finding",
    "reason",
    "reason_zh",
    "said",
    "printed",
    "unit",
    "printed_as",
    "other_quote",
    "warnings",
    "claim_id",
)
_OTHER = ("value", "value_raw", "value_status", "source", "quote", "source_path", "is_current")
_CHECK = ("outcome", "severity", "rule_id", "message_zh", "message_en")
_DECIDED = ("decision_id", "kind", "reviewer", "decided_on", "reason")
_EARLIER = ("value", "valid_from", "valid_to", "source_path")

_YEARS = """
SELECT DISTINCT year FROM agency_year WHERE list_contains($ids, agency_id) ORDER BY year
"""
_TERMS = "SELECT DISTINCT indicator_id FROM rate_term WHERE list_contains($ids, rate_id)"

_WITHOUT = """
SELECT status, count(DISTINCT agency_id) AS agencies
FROM indicator_coverage
WHERE {kept} AND status NOT IN ('fact', 'zero')
GROUP BY status ORDER BY status
"""
