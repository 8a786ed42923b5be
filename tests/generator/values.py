"""Values for a form that add up, or fail to in a known place."""

import random
from dataclasses import dataclass, field

APPLICANTS = (
    "natural_person",
    "enterprise",
    "research",
    "public_interest",
    "legal_service",
    "other_organisation",
)
REASONS = (
    "state_secret",
    "prohibited_by_law",
    "security_stability",
    "third_party_rights",
    "internal_affairs",
    "deliberative_process",
    "enforcement_file",
    "administrative_inquiry",
)
"""Why the forms since 2019 let an agency refuse."""
_P = "requests.processed"
_OUTCOMES = (
    f"{_P}.granted",
    f"{_P}.partly_granted",
    *(f"{_P}.denied.{reason}" for reason in REASONS),
    *(
        f"{_P}.not_available.{reason}"
        for reason in ("not_held", "no_existing_information", "still_unclear")
    ),
    *(
        f"{_P}.not_handled.{reason}"
        for reason in ("petition", "duplicate", "published_material", "excessive", "reconfirmation")
    ),
)
_OTHER = {
    "C": (f"{_P}.other",),
    "D": (f"{_P}.other.not_amended", f"{_P}.other.not_paid", f"{_P}.other.residual"),
}
_COURTS = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")


@dataclass
class Values:
    """Values by indicator, and the ids of the identities that they break."""

    form: str
    by_indicator: dict[str, int]
    broken: set[str] = field(default_factory=set)


def draw(form: str, rng: random.Random) -> Values:
    """Values of a report that satisfy every identity of its form."""
    numbers = {"A": _form_a, "B": _form_b}.get(form)
    return Values(form, numbers(rng) if numbers else _form_cd(form, rng))


def break_one(values: Values, rng: random.Random) -> None:
    """Changes one value so that known identities fail."""
    if values.form in "CD":
        measure = rng.choice(_OUTCOMES)
        kind = rng.choice(APPLICANTS)
        values.by_indicator[f"{measure}:{kind}"] += 1
        values.broken |= {f"CD-E3:{measure}", f"CD-E2:{kind}"}
    elif values.form == "B":
        total, rule = rng.choice(
            [
                ("requests.received", "B-E1"),
                ("requests.closed", "B-E2"),
                ("requests.answered", "B-E3"),
                ("staff.total", "B-E7"),
                ("reconsideration.total", "B-E5:reconsideration"),
                ("litigation.total", "B-E5:litigation"),
            ]
        )
        values.by_indicator[total] += 1000
        values.broken.add(rule)
        if total in ("requests.received", "requests.closed"):
            values.broken.add("B-I7")
    else:
        values.by_indicator["requests.received"] += 1
        values.broken.add("A-E1")


def _count(rng: random.Random, most: int = 60) -> int:
    return 0 if rng.random() < 0.5 else rng.randint(1, most)


def _form_a(rng: random.Random) -> dict[str, int]:
    channels = {
        f"requests.received.{name}": _count(rng)
        for name in ("in_person", "fax", "email", "online", "mail", "other_form")
    }
    answers = {
        f"requests.answered.{name}": _count(rng) for name in ("granted", "partly_granted", "denied")
    }
    items = rng.randint(5, 900)
    return {
        "disclosure.items": items,
        "disclosure.channel.website": items,
        "disclosure.channel.gazette": _count(rng),
        "requests.received": sum(channels.values()),
        **channels,
        "requests.answered": sum(answers.values()),
        **answers,
        "reconsideration.total": _count(rng, 5),
        "litigation.total": _count(rng, 5),
        "appeals.total": _count(rng, 5),
    }


def _form_b(rng: random.Random) -> dict[str, int]:
    def parts(total: str, *names: str) -> dict[str, int]:
        members = {f"{total}.{name}": _count(rng) for name in names}
        return {total: sum(members.values()), **members}

    def cases(block: str) -> dict[str, int]:
        members = {f"{block}.{name}": _count(rng, 9) for name in ("upheld", "corrected", "other")}
        return {f"{block}.total": sum(members.values()), **members}

    def by_tier(block: str, *names: str) -> dict[str, int]:
        members = {f"{block}.{name}": _count(rng, 900) for name in names}
        return {f"{block}.total": sum(members.values()), **members}

    channels = {
        f"disclosure.channel.{name}": _count(rng, 3000)
        for name in ("gazette", "website", "weibo", "wechat", "other")
    }
    items = rng.randint(max(channels.values()), sum(channels.values()))
    denied = parts(
        "requests.answered.denied",
        "state_secret",
        "trade_secret",
        "privacy",
        "security_stability",
        "not_government_information",
        "other_legal",
    )
    answers = {
        f"requests.answered.{name}": _count(rng)
        for name in (
            "already_public",
            "granted",
            "partly_granted",
            "not_this_agency",
            "not_exist",
            "clarification_asked",
            "redirected",
        )
    }
    received = parts("requests.received", "in_person", "fax", "online", "mail", "other_form")
    on_time = rng.randint(0, received["requests.received"])
    issued = rng.randint(0, 40)
    press, talks = rng.randint(0, 30), rng.randint(0, 30)
    responses = {"response.weibo_wechat": _count(rng, 90), "response.other": _count(rng, 90)}
    sessions = rng.randint(1, 9)
    return {
        "disclosure.items": items,
        "disclosure.normative_documents": rng.randint(0, min(issued, items)),
        "normative_documents.issued_all": issued,
        **channels,
        "response.hot_topics": rng.randint(1, 50),
        "response.press_conferences": press,
        "response.press_conferences.by_principal": rng.randint(0, press),
        "response.online_interviews": talks,
        "response.online_interviews.by_principal": rng.randint(0, talks),
        "response.policy_explainers": _count(rng, 80),
        **responses,
        **received,
        "requests.closed": received["requests.received"],
        "requests.closed.on_time": on_time,
        "requests.closed.extended": received["requests.received"] - on_time,
        "requests.answered": sum(answers.values()) + denied["requests.answered.denied"],
        **answers,
        **denied,
        **cases("reconsideration"),
        **cases("litigation"),
        **cases("complaints"),
        **by_tier("library_deposits", "paper", "electronic"),
        **by_tier("websites", "county", "township"),
        "gazette.issues": _count(rng, 24),
        "gazette.copies": _count(rng, 90000),
        **by_tier("reading_points", "county", "township"),
        **by_tier("reading_point_visits", "county", "township"),
        "requests.fees_collected": 0,
        "offices.dedicated": rng.randint(1, 9),
        **_staff(rng),
        "budget.special_funds": _count(rng, 50),
        "meetings.held": _count(rng, 12),
        "training.sessions": sessions,
        "training.participants": sessions * rng.randint(5, 60),
    }


def _staff(rng: random.Random) -> dict[str, int]:
    full, part = _count(rng, 20), _count(rng, 20)
    return {"staff.total": full + part, "staff.full_time": full, "staff.part_time": part}


def _form_cd(form: str, rng: random.Random) -> dict[str, int]:
    values: dict[str, int] = {}

    def row(measure: str, numbers: dict[str, int]) -> None:
        values.update({f"{measure}:{kind}": number for kind, number in numbers.items()})
        values[measure] = sum(numbers.values())

    processed = dict.fromkeys(APPLICANTS, 0)
    for measure in (*_OUTCOMES, *_OTHER[form]):
        numbers = {kind: _sparse(rng) for kind in APPLICANTS}
        row(measure, numbers)
        for kind, number in numbers.items():
            processed[kind] += number
    carried_out = {kind: _sparse(rng) for kind in APPLICANTS}
    carried_in = {
        kind: rng.randint(0, processed[kind] + carried_out[kind]) // 5 for kind in APPLICANTS
    }
    received = {kind: processed[kind] + carried_out[kind] - carried_in[kind] for kind in APPLICANTS}
    row("requests.received", received)
    row("requests.carried_in", carried_in)
    row(_P, processed)
    row("requests.carried_out", carried_out)
    for block in _COURTS:
        results = {name: _sparse(rng) for name in ("upheld", "corrected", "other", "pending")}
        values.update({f"{block}.{name}": number for name, number in results.items()})
        values[f"{block}.total"] = sum(results.values())
    values.update(_table_2(form, rng))
    return values


def _sparse(rng: random.Random) -> int:
    return 0 if rng.random() < 0.75 else rng.choice((rng.randint(1, 9), rng.randint(1, 350)))


def _table_2(form: str, rng: random.Random) -> dict[str, int]:
    values = {}
    for kind in ("rules", "normative_documents"):
        new = _count(rng, 20)
        stock = new + _count(rng, 90)
        names = ("made", "disclosed", "disclosed_stock")
        if form == "D":
            names = ("issued", "repealed", "in_force")
        values |= dict(zip((f"{kind}.{name}" for name in names), (new, 0, stock), strict=True))
    if form == "D":
        for kind in ("licensing", "penalties", "coercive_measures"):
            values[f"{kind}.decisions"] = _count(rng, 9000)
        values["administrative_fees.amount"] = _count(rng, 9000)
        return values
    for kind in ("licensing", "other_services", "penalties", "coercive_measures"):
        values[f"{kind}.items_last_year"] = _count(rng, 300)
        values[f"{kind}.items_change"] = rng.choice((0, 3, -2))
        values[f"{kind}.decisions"] = _count(rng, 5000)
    values["administrative_fees.items_last_year"] = _count(rng, 9)
    values["administrative_fees.items_change"] = 0
    values["procurement.projects"] = _count(rng, 30)
    values["procurement.amount"] = 0
    return values
