"""Who reports: the strongest mention of an agency, made whole by the others."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.agencies.agency import Agency
from pipeline.agencies.resolver import Certainty, Resolution, resolve, unknown
from pipeline.extract.identity.mentions import (
    Mention,
    Where,
    in_opening,
    in_title,
    own_papers,
    signatures,
)
from pipeline.extract.identity.page_header import Page
from pipeline.extract.identity.titles import signs

_PUBLISHER_FIELDS = ("发布机构", "来源", "信息来源", "公开主体", "发文机关", "发布单位")
_PLACE_END = (
    r"(?:省|市|自治区|自治州|县|区|旗)(?=”?(?:人民政府|政府)|委、|委员会|级机关|门户网站|政务)"
)
_PLACE_TAIL = re.compile(_PLACE_END)
_PLACE_HINT = re.compile(rf"[\u4e00-\u9fff]{{2,9}}?{_PLACE_END}")
_LONGEST_PLACE = 9
_LONGEST_SEAT = 4
_TELLING = frozenset({Where.TITLE, Where.TABLE, Where.SIGNATURE, Where.PAGE})
_SHORT = 40
_OFFICE = "government_office"
_SEAT = {"government", _OFFICE}
_DESK = re.compile("办公[室厅]$")
_SAY_NOTHING = {"单位", "部门", "机关", "园区"}
_TOWN = re.compile(r"(?:镇|乡|街道|街道办事处)(?:人民政府|办事处)?$")


def mentions(page: Page, year: int | None) -> Iterator[Mention]:
    """Yields whom a report names as its author, strong places first."""
    around = []
    for title in page.titles[:3]:
        if title.is_own:
            yield from in_title(title, Where.TITLE, year)
        else:
            around.append(title)
    for table in page.tables[:3]:
        yield from in_title(table, Where.TABLE, year)
    yield from signatures(page.text, year)
    for title in around:
        yield from in_title(title, Where.PAGE, year)
    own = _self_name(page.text)
    for mention in in_opening(page.text[:1500], year):
        agency = mention.name.agency
        if agency is None or own in agency.name_zh:
            yield mention if own else _of_whom_it_answers_for(mention, page, year)


def _of_whom_it_answers_for(mention: Mention, page: Page, year: int | None) -> Mention:
    """The government itself, where its office answers questions on a report of 我县 or 全区."""
    agency = mention.name.agency
    is_desk = mention.where is Where.CONTACT and agency and agency.function == _OFFICE
    if not is_desk or not signs().self_region.search(page.text[:6000]):
        return mention
    return replace(mention, name=resolve(_DESK.sub("", mention.name.name), year=year))


def _self_name(text: str) -> str:
    """What the writer calls itself most, such as 局 for 我局; empty where it does not.

    Who answers questions or compiles reports in its place is another office.
    """
    names = ["".join(found) for found in signs().self_agency.findall(text[:6000])]
    telling = Counter(name for name in names if name not in _SAY_NOTHING)
    return max(telling, key=telling.__getitem__, default="")


def reporter(
    seen: Sequence[Mention], page: Page, year: int | None
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
    if masked:
        return None, masked.text[:_SHORT], [f"the agency is masked: {masked.text[:_SHORT]}"]
    named = [m for m in seen if m.name.certainty is not Certainty.NOT_A_NAME]
    if not named:
        named = list(own_papers(page.text, year))
    first: Mention | None = None
    unplaced: Resolution | None = None
    for mention in named:
        if mention.name.certainty is Certainty.JOINT:
            return _unplaced(mention.name)
        if first and not _may_be_same(first, mention):
            continue
        found = _made_whole(mention, named, page, year)
        if found.agency and found.certainty in {Certainty.CERTAIN, Certainty.HINTED}:
            return _settled(mention, found, named, page)
        first, unplaced = first or mention, unplaced or found
    if not named:
        unplaced = next(filter(None, (unknown(title.text) for title in page.titles[:3])), None)
    return _unplaced(unplaced) if unplaced and unplaced.agency else (None, None, [])


def _may_be_same(one: Mention, other: Mention) -> bool:
    """Whether a later mention may name in full whom the first one names in part.

    An unplaced 海坛街道 in the title is not the county office that answers questions.
    """
    if one.name.name in other.name.name:
        return True
    if one.name.function:
        return other.name.function == one.name.function
    return not _TOWN.search(one.name.name) and other.where is not Where.CONTACT


def _unplaced(found: Resolution) -> tuple[Agency | None, str | None, list[str]]:
    why = f"the agency {found.name} could not be placed: {found.found}"
    return found.agency, found.name, [why]


def _made_whole(
    mention: Mention, named: Sequence[Mention], page: Page, year: int | None
) -> Resolution:
    """A name in full: from the name, from another mention of the same agency, from hints."""
    found = mention.name
    if found.certainty is Certainty.CERTAIN:
        return found
    if found.certainty is Certainty.REGION_ONLY:
        found = _government(found, year)
        if found.certainty is Certainty.CERTAIN:
            return found
    for other in named:
        same = other.name.function == found.function and found.function
        if same and other.name.certainty is Certainty.CERTAIN:
            return other.name
    publisher = _publisher(page, year)
    if publisher and publisher.function == found.function and _speaks_of(page, publisher):
        return publisher
    placed = [other.name.name for other in named if other.name.certainty is Certainty.CERTAIN]
    hints = [*placed, *_place_hints(page.text), *_publisher_names(page)]
    return resolve(found.name, year=year, hints=hints) if hints else found


def _government(found: Resolution, year: int | None) -> Resolution:
    """A report of a region is its government's."""
    if found.region is None:
        return resolve(f"{found.name}人民政府", year=year)
    body = "管理委员会" if found.region.is_zone else "人民政府"
    return resolve(found.name + body, year=year)


def _settled(
    mention: Mention, found: Resolution, named: Sequence[Mention], page: Page
) -> tuple[Agency | None, str | None, list[str]]:
    agency = found.agency
    assert agency is not None
    stated = agency.name_zh if agency.name_zh in page.text else found.name
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
        notices.append(f"{mention.name.name} was placed by other names in the document")
    return agency, stated, notices


def _is_its_office(one: Agency, other: Agency) -> bool:
    """Whether a government and the office that writes its report are named."""
    return one.region_code == other.region_code and {one.function, other.function} == _SEAT


def _publisher(page: Page, year: int | None) -> Resolution | None:
    """What the page says its publisher is, if that is one agency."""
    for name in _publisher_names(page):
        found = resolve(name, year=year)
        if found.certainty is Certainty.CERTAIN:
            return found
    return None


def _publisher_names(page: Page) -> list[str]:
    return [name for field in _PUBLISHER_FIELDS if (name := page.fields.get(field))]


def _speaks_of(page: Page, publisher: Resolution) -> bool:
    """Whether the text itself, not only the page around it, names the publisher's region."""
    region = publisher.region
    return region is not None and region.name[:2] in page.text


def _place_hints(text: str) -> list[str]:
    """Regions named in the text, each once; sought from their last words."""
    said = text[:4000]
    found: dict[str, None] = {}
    behind = 0
    for tail in _PLACE_TAIL.finditer(said):
        first = max(behind, tail.start() - _LONGEST_PLACE)
        place = _PLACE_HINT.search(said, first, tail.end() + _LONGEST_SEAT)
        if place:
            found[place.group()] = None
            behind = place.end()
    return list(found)[:12]
