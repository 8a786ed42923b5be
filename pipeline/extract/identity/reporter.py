"""Who reports: the strongest mention of an agency, made whole by the others."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pipeline.agencies.functions import governing
from pipeline.agencies.region import Region
from pipeline.agencies.regions import has_alike_below, named_first
from pipeline.agencies.resolver import Certainty, Resolution, of_one_agency, resolve, unknown
from pipeline.extract.identity import desks
from pipeline.extract.identity.fullest_name import fullest_name
from pipeline.extract.identity.in_passing import NAME_OF_TOWN, in_passing, is_for_others
from pipeline.extract.identity.mentions import (
    NameMention,
    Where,
    above_unit,
    at_work,
    in_its_place,
    in_opening,
    in_title,
    own_papers,
    publishers,
    regions_in_its_place,
    signatures,
    sources,
    whose_report,
)
from pipeline.extract.identity.name_patterns import BELOW
from pipeline.extract.identity.own_media import local_media
from pipeline.extract.identity.page_header import Page
from pipeline.extract.identity.place_hints import SAID_OF_ITSELF, place_hints, tiers_said
from pipeline.extract.identity.subjects import acting, set_apart
from pipeline.extract.identity.titles import HEAD, LEAD, OPENING, Title, doc_type, signs
from pipeline.extract.identity.whole_name import (
    PLACED,
    government,
    made_whole,
    printed_whole,
)
from pipeline.model.agency import Agency, Level
from pipeline.model.report import NOT_PLACED, DocType

_TELLING = frozenset({Where.TITLE, Where.TABLE, Where.SIGNATURE, Where.PAGE})
_ANSWERING = frozenset({Where.CONTACT, Where.COMPILED})
_SHORT = 40
_DATA = "pipeline/agencies/data"
_GOVERNMENT, _OFFICE = "government", "government_office"
_COMMITTEE = "管委会"
_SERVICES = "government_services"
"""Whose office of open government writes the report of its region."""
_OF_ALL = re.compile(
    f"(?:综合|汇总)[^。；;]{{0,30}}?{BELOW}|(?:综合|汇总)了?全[省市县区州旗](?:政府信息|政务|信息)|"
    f"(?:根据|依据)[^。；;通要]{{0,30}}?{BELOW}[^。；;]{{0,60}}?(?:综合|汇总|报告[^。；;]{{0,6}}编制)"
)
"""Whose reports an office puts together is whose report it writes."""
_LED = re.compile("([省市县区州旗盟])(?:人民)?政府的?(?:正确|坚强|统一)*领导下")
_SAY_NOTHING = {"单位", "部门", "机关", "园区"}
_BUREAUS = frozenset("局委厅办")
_IN_NAMES = {"校": "学"}
"""What stands in the names of those that call themselves otherwise: 我校 is a 中学 or 大学."""
_ITS_OWN = frozenset({"site", "paper"})
"""Kinds of hints that a government gives of itself; its address names the city as well."""
_SOME_TOWN = re.compile(r"(?:镇|乡|街道)(?:人民)?(?:政府|办事处)?")
"""How a town calls itself that does not say which it is."""


def mentions(page: Page, year: int | None) -> Iterator[NameMention]:
    """Yields whom a report names as its author, strong places first."""
    around, headers = [], []
    for title in _without_notice(page.titles[:3]):
        if not title.is_own:
            around.append(title)
            continue
        for mention in in_title(title, Where.TITLE, year):
            if _is_of_site(mention, title):
                headers.append(mention)
            else:
                yield mention
    for table in page.tables[:3]:
        yield from in_title(table, Where.TABLE, year)
    yield from signatures(page.text, year)
    for title in around:
        yield from in_title(title, Where.PAGE, year)
    opening = list(_in_opening(page, year))
    if headers:
        yield from (one for one in opening if one.where is Where.SUBJECT)
        if any(_is_led_by(one.name.region, page.text) for one in headers):
            yield from _who_works(page.text, year)
    yield from headers
    yield from opening


def _in_opening(page: Page, year: int | None) -> Iterator[NameMention]:
    """Bodies named in the opening, with the bureau or government in the place of its office."""
    own = _self_name(page.text)
    for said in in_opening(page.text[:OPENING], year):
        mention = _of_its_bureau(said, own, year)
        agency = mention.name.agency
        if agency is None or own in agency.name_zh:
            yield mention if own else _of_whom_it_answers_for(mention, page, year)


def _is_of_site(mention: NameMention, title: Title) -> bool:
    """Whether a mention is a government above a title, on whose site all agencies publish."""
    return mention.name.function == _GOVERNMENT and mention.text in title.near


def _is_led_by(region: Region | None, text: str) -> bool:
    """Whether a report thanks a region's government, as only agencies below it do."""
    led = _LED.search(text[:SAID_OF_ITSELF])
    return led is not None and region is not None and region.name.endswith(led[1])


def _of_its_bureau(mention: NameMention, own: str, year: int | None) -> NameMention:
    """The bureau, where an office inside it only wrote the report: 公安局指挥中心办公室."""
    wrote = mention.where is Where.COMPILED and desks.INSIDE.search(mention.name.name)
    if not wrote or own in desks.SELF_INSIDE:
        return mention
    bureau = above_unit(mention.name, year)
    return replace(mention, name=bureau) if bureau else mention


def _who_works(text: str, year: int | None) -> list[NameMention]:
    """Whom the opening says to have done something, unless the writer is another kind of body."""
    own = _self_name(text)
    is_bureau = signs().self_agency.search(text[:SAID_OF_ITSELF]) is not None
    return [
        mention
        for mention in at_work(text[:HEAD], year)
        if own in (mention.name.agency.name_zh if mention.name.agency else mention.name.name)
        and not (is_bureau and _is_of_region(mention.name))
    ]


def _is_of_region(name: Resolution) -> bool:
    """Whether a name is a region's or its government's, but no town's."""
    is_region = name.certainty is Certainty.REGION_ONLY or name.function == _GOVERNMENT
    return is_region and NAME_OF_TOWN.search(name.name) is None


def _without_notice(titles: Sequence[Title]) -> Sequence[Title]:
    """Titles without that of a notice above the report that it publishes."""
    brings = len(titles) > 1 and signs().bringing.search(titles[0].text)
    if brings and doc_type(titles[1].text) is DocType.ANNUAL_REPORT:
        return titles[1:]
    return titles


def _of_whom_it_answers_for(mention: NameMention, page: Page, year: int | None) -> NameMention:
    """The government itself, where its office answers questions on a report of 我县 or 全区.

    The same for a zone that the title names: its party office only answers questions.
    """
    agency = mention.name.agency
    if agency is None or mention.where not in _ANSWERING:
        return mention
    wrote = mention.where is Where.COMPILED
    whole = _zone_of_its_desk(mention.name, page, year) if wrote else None
    if whole is None:
        served = _whom_office_serves if agency.function == _OFFICE else _whom_bureau_serves
        whole = served(mention.name, page, year, wrote=wrote)
    return replace(mention, name=whole) if whole and whole.agency else mention


def _whom_bureau_serves(
    name: Resolution, page: Page, year: int | None, *, wrote: bool
) -> Resolution | None:
    """The government whose report a body that is not its office writes or answers for."""
    serves = _SERVICES in name.function
    if name.region is None:
        own = _region_at_work(page, year) if serves else None
        is_theirs = own and own.region and own.region.name.endswith(name.name[0])
        return own if is_theirs else None
    speaks = signs().self_region.search(page.text[:SAID_OF_ITSELF]) or (
        wrote and _OF_ALL.search(page.text[:OPENING])
    )
    reports = _is_reported_on(name.region, page, year)
    is_said = (serves or reports) and speaks
    writes_for_it = reports and (serves or wrote)
    if is_said or writes_for_it or desks.ONLY_OF_GOVERNMENT.search(name.name):
        return government(name._replace(name=name.region.name), year)
    return None


def _whom_office_serves(
    name: Resolution, page: Page, year: int | None, *, wrote: bool
) -> Resolution | None:
    """The government whose report its office writes or answers for."""
    said, region = page.text[:SAID_OF_ITSELF], name.region
    of_region = (
        (region is not None and _is_reported_on(region, page, year))
        or _is_said_to_work(region, page, year)
        or _OF_ALL.search(page.text[:OPENING]) is not None
    )
    if wrote and not (of_region or signs().for_region.search(said)):
        return None
    body = desks.OF_GOVERNMENT.sub("", name.name)
    places = filter(None, (_place_of(title.text) for title in page.titles))
    answers = wrote or of_region or signs().self_region.search(said)
    return resolve(body, year=year) if answers or any(map(body.endswith, places)) else None


def _zone_of_its_desk(name: Resolution, page: Page, year: int | None) -> Resolution | None:
    """The committee of a zone whose 党政办公室 wrote a report that tells what the committee did."""
    desk = desks.OF_ZONE.search(name.name)
    if desk is None or "党政" not in desk[0] or _COMMITTEE not in page.text[:SAID_OF_ITSELF]:
        return None
    found = resolve(name.name[: desk.start()].removesuffix(_COMMITTEE) + _COMMITTEE, year=year)
    return found if found.certainty is Certainty.CERTAIN else None


def _region_at_work(page: Page, year: int | None) -> Resolution | None:
    """The government of the one region that the opening says did something."""
    worked = (one.name for one in at_work(page.text[:OPENING], year))
    regions = {name.region: name for name in worked if _governs(name, name.region)}
    only = next(iter(regions.values())) if len(regions) == 1 else None
    return only and government(only, year)


def _is_said_to_work(region: Region | None, page: Page, year: int | None) -> bool:
    """Whether the text reports acts of a region's government, which its office writes for."""
    return any(_governs(one.name, region) for one in at_work(page.text[:OPENING], year))


def _governs(name: Resolution, region: Region | None) -> bool:
    """Whether a name is that of a region or of its government."""
    return region is not None and name.region == region and _is_of_region(name)


def _is_reported_on(region: Region, page: Page, year: int | None) -> bool:
    """Whether the opening says that the report is a region's: 编写沙洋县2017年度…报告."""
    return any(_governs(one.name, region) for one in whose_report(page.text[:OPENING], year))


def _place_of(title: str) -> str:
    """The name in a title that nothing is known of: ``洋河新区``."""
    found = unknown(title)
    return found.name if found else ""


def _self_name(text: str) -> str:
    """The word that the writer most often calls itself by, such as 局 of 我局; empty without one.

    Who answers questions or compiles reports in its place is another office.
    """
    names = ["".join(found) for found in signs().self_agency.findall(text[:SAID_OF_ITSELF])]
    telling = Counter(_IN_NAMES.get(name, name) for name in names if name not in _SAY_NOTHING)
    return max(telling, key=telling.__getitem__, default="")


def reporter(
    seen: Sequence[NameMention], page: Page, year: int | None
) -> tuple[Agency | None, str | None, list[str]]:
    """Finds the agency a report is of.

    Args:
        seen: Whom it names, strong places first.
        page: The report.
        year: The year it is about.

    Returns:
        The agency, its name as stated, and a notice for every doubt.
    """
    masked = next((m for m in seen if m.name.certainty is Certainty.MASKED), None)
    if masked and not (masked.where is Where.CONTACT and _is_told(seen)):
        return None, masked.text[:_SHORT], [f"the agency is masked: {masked.text[:_SHORT]}"]
    nobody = {Certainty.NOT_A_NAME, Certainty.MASKED}
    named = [m for m in seen if m.name.certainty not in nobody] or _named_aside(page, year)
    first: NameMention | None = None
    unplaced: Resolution | None = None
    for mention in named:
        if mention.name.certainty is Certainty.JOINT:
            return _unplaced(mention.name)
        if first and not _may_be_same(first, mention):
            continue
        found = made_whole(mention, named, page, year)
        if found.agency and found.certainty in PLACED:
            printed = [*named, *sources(page.text, year)]
            return _settled(mention, fullest_name(found, printed, year), named, page)
        first, unplaced = first or mention, unplaced or found
    if not named:
        others = (words for words in in_its_place(page.text) if named_first(words) != words)
        texts = (*(title.text for title in page.titles[:3]), *others)
        unplaced = next(filter(None, map(unknown, texts)), None)
        whole = printed_whole(unplaced, page, year) if unplaced else None
        if whole and unplaced:
            return _settled(NameMention(Where.TITLE, unplaced.name, unplaced), whole, named, page)
    return _unplaced(unplaced) if unplaced and unplaced.agency else (None, None, [])


def _is_told(seen: Sequence[NameMention]) -> bool:
    """Whether a head or signature names the agency; whom to ask may be a masked person."""
    return any(m.name.certainty is Certainty.CERTAIN and m.where in _TELLING for m in seen)


def _named_aside(page: Page, year: int | None) -> list[NameMention]:
    """Whom a report names elsewhere than where its author stands, the best kind of place alone.

    Of several whose work or accounts it speaks of, none is the author.
    """
    own = _self_name(page.text)
    is_body = bool(own) or _is_some_body(page)
    passing = {
        found.agency.agency_id: NameMention(Where.PASSING, found.name, found)
        for found in in_passing(page.text[:LEAD], year, calls_itself=is_body)
        if found.agency and own in found.agency.name_zh
    }
    whole = _without_short(list(passing.values()))

    def only(found: Iterable[Resolution]) -> list[NameMention]:
        """The one body of the writer's kind that is named."""
        said = (NameMention(Where.PASSING, one.name, one) for one in found)
        each = {one.name.agency: one for one in alike(said)}
        return list(each.values()) if is_body and len(each) == 1 else []

    def alike(found: Iterator[NameMention]) -> list[NameMention]:
        """Those of the writer's kind: it calls itself 我局, and no government."""
        named = (one for one in found if own in one.name.name)
        return [one for one in named if not (is_body and _is_of_region(one.name))]

    return (
        alike(own_papers(page.text, year))
        or (_of_two_papers(page, year) if own in _BUREAUS else [])
        or (whole if len(whole) == 1 else [])
        or alike(publishers(page.text, year))
        or only(one for one in acting(page.text[:LEAD], year) if not _is_thanked(one))
        or only(one for one in set_apart(page.text, year) if not is_for_others(one))
        or ([] if own else list(regions_in_its_place(page.text, year)))
        or _one_alone(_who_works(page.text, year))
        or list(_whose_sites(page, year))
    )


def _of_two_papers(page: Page, year: int | None) -> list[NameMention]:
    """The one body that several papers of the writer's are named by: 我局 was a 委员会 before."""
    papers = [one for one in own_papers(page.text, year) if not _is_of_region(one.name)]
    return papers if len(papers) > 1 and of_one_agency(one.name for one in papers) else []


def _without_short(passing: Sequence[NameMention]) -> list[NameMention]:
    """Names without those that are only a placed one's without its region: 县林业局."""
    placed = [one.name.name for one in passing if one.name.certainty is Certainty.CERTAIN]
    return [
        one
        for one in passing
        if one.name.certainty is Certainty.CERTAIN
        or not any(name.endswith(one.name.name) for name in placed)
    ]


def _is_some_body(page: Page) -> bool:
    """Whether the writer speaks of itself as 本单位 or 本机关, and not as of a region."""
    said = page.text[:SAID_OF_ITSELF]
    return bool(signs().self_agency.search(said)) and not signs().for_region.search(said)


def _whose_sites(page: Page, year: int | None) -> Iterator[NameMention]:
    """The government of 我县, where the report names nobody and one county's sites and papers."""
    said = signs().for_region.search(page.text[:SAID_OF_ITSELF])
    if said is None or signs().self_agency.search(page.text[:SAID_OF_ITSELF]):
        return
    tiers = set(filter(None, said.groups())) or tiers_said(page.text)
    hints = [hint for hint in place_hints(page.text) if hint.kind in _ITS_OWN]
    hints += local_media(page.text)
    named = {resolve(hint.place, year=year).region: hint for hint in hints}
    own = [region for region in named if region and _calls_itself(region, tiers)]
    others = [region for region in named if region and region not in own]
    if len(own) == 1 and all(own[0].lies_in(region) for region in others):
        hint = named[own[0]]
        whole = government(resolve(hint.place, year=year), year)
        why = f"{hint.kind} {hint.place}"
        name = whole._replace(certainty=Certainty.HINTED, found=why)
        yield NameMention(Where.PASSING, hint.place, name)


def _one_alone(named: list[NameMention]) -> list[NameMention]:
    """Mentions without those of bodies, where these are several."""
    bodies = {one.name.agency for one in named if not _is_of_region(one.name)}
    return named if len(bodies) < 2 else []


def _is_thanked(name: Resolution) -> bool:
    """Whether a name is of those whom the reports of all below speak of: a ministry, the Party."""
    if name.agency and name.agency.level is Level.NATIONAL:
        return True
    thanked = name.function in governing("division", "party", offices=True)
    return thanked and NAME_OF_TOWN.search(name.name) is None


def _calls_itself(region: Region, tiers: set[str]) -> bool:
    """Whether 我市 is that city, and none of the county cities in it."""
    if tiers != {region.name[-1]} or region.name.endswith("自治区"):
        return False
    return not has_alike_below(region)


def _may_be_same(one: NameMention, other: NameMention) -> bool:
    """Whether a later mention may be the full name of the body that the first one names in part.

    An unplaced 海坛街道 in the title is not the county office that answers questions.
    """
    if one.name.name in other.name.name:
        return True
    if _SOME_TOWN.fullmatch(one.name.name):
        return NAME_OF_TOWN.search(other.name.name) is not None
    if one.name.function:
        return other.name.function == one.name.function
    return not NAME_OF_TOWN.search(one.name.name) and other.where is not Where.CONTACT


def _unplaced(found: Resolution) -> tuple[Agency | None, str | None, list[str]]:
    reason, remedy = _settled_by(found)
    why = f"the agency {found.name} {NOT_PLACED} ({reason}): {found.found}; {remedy}"
    return found.agency, found.name, [why]


def _settled_by(found: Resolution) -> tuple[str, str]:
    """Why a name has no region, in one word, and the line of data that would place it."""
    if found.certainty is Certainty.JOINT:
        return "joint", "its numbers are of none of them alone"
    line = f"{found.name},<region>{found.name},<why>"
    if found.candidates:
        line = f"{found.name},{found.candidates[0].name}{found.name},<why>"
        return "ambiguous", f"a line such as {line} in {_DATA}/placed.csv would settle it"
    if found.function:
        return "no_region", f"a line {line} in {_DATA}/placed.csv would settle it"
    return "unknown_name", (
        f"a zone: {found.name},,<code>,,<source> in {_DATA}/zone_places.csv; a region's name: "
        f"<name>,<code>,<why> in {_DATA}/region_names.csv; else {line} in {_DATA}/placed.csv"
    )


def _settled(
    mention: NameMention, found: Resolution, named: Sequence[NameMention], page: Page
) -> tuple[Agency | None, str | None, list[str]]:
    agency = found.agency
    assert agency is not None
    stated = next(
        (name for name in (agency.name_zh, found.name) if name in page.text), mention.name.name
    )
    others = {
        f"{m.where} names {m.name.agency.name_zh}"
        for m in named
        if m.name.certainty is Certainty.CERTAIN
        and m.where in _TELLING
        and m.name.agency
        and m.name.agency.agency_id != agency.agency_id
        and not _is_its_office(m.name.agency, agency)
    }
    notices = [f"the {mention.where} names {agency.name_zh}, but the {o}" for o in sorted(others)]
    if found.certainty is Certainty.HINTED:
        notices.append(f"{mention.name.name} was not placed by its name alone: {found.found}")
    return agency, stated, notices


def _is_its_office(one: Agency, other: Agency) -> bool:
    """Whether a government and the office that writes its report are named."""
    both = {one.function, other.function}
    return one.region_code == other.region_code and both == governing("division", offices=True)
