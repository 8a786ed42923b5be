"""A name made whole: what the report says elsewhere of the agency that it names in part."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from pipeline.agencies import functions, towns, zones
from pipeline.agencies.functions import HOW_IT_WORKS
from pipeline.agencies.parse import division_in_full
from pipeline.agencies.region import Region
from pipeline.agencies.regions import chains, has_alike_below, named_last, region_of
from pipeline.agencies.resolver import Certainty, Resolution, of_one_agency, resolve
from pipeline.agencies.sub_places import ZONE
from pipeline.extract.identity.in_passing import NAME_OF_TOWN
from pipeline.extract.identity.mentions import NameMention, leading_name, own_papers
from pipeline.extract.identity.own_media import region_of_media
from pipeline.extract.identity.page_header import PUBLISHER_FIELDS, SOURCE_FIELD, Page
from pipeline.extract.identity.place_hints import (
    Hint,
    cited,
    namesakes,
    place_hints,
    place_last,
    spoken_of,
    tiers_said,
    zone_said,
)
from pipeline.extract.identity.subjects import acting, meddles, sentence_from
from pipeline.extract.identity.titles import LEAD, signs
from pipeline.model.agency import Level

PLACED = frozenset({Certainty.CERTAIN, Certainty.HINTED})
_SAYS_TOWN = re.compile("镇|(?<!城)乡|城乡(?=人民政府|政府|$)|街道|苏木")
_ZONE_ALONE = re.compile("^.{1,8}区(?:管委会|管理委员会)$")
_KIND_OF_ZONE = re.compile(
    "(?:(?:工业|产业)?园区|工业集中区|(?:经济)?(?:技术)?开发区|高新区|经开区|新区|新城|示范区|度假区|保税区|"
    "(?:风景)?(?:名胜)?区|[试实]验区|管理区|合作区|片区|集聚区|保护区|旅游区)$"
)
_HAN, _COMMITTEE = "[\u4e00-\u9fff]", "(?:管委会|管理委员会)"
_BEGINS, _ACTS = r"(?:^|[，,。；;\n“”])", "按照|根据|通过|主动|全面|共"
_LONGEST_NAME = 24
_ORDERED = re.compile("(?:根据|按照|依据|遵照)[^。，,；;]{0,3}$")
_TELLING_KINDS = frozenset({"name", "publisher", "account"})
"""Kinds of hints of which one is enough: whoever is meant was named in full."""
_OWN_ACCOUNT = frozenset({"account"})
_OF_COUNTIES = frozenset("县区旗")
_HAS_NO_GOVERNMENT = re.compile("师(?:[一-鿿]{2,5}市)?$|行政委员会$")
"""A division of the corps and its city are one body; a committee governs in its own name."""


def made_whole(
    mention: NameMention, named: Sequence[NameMention], page: Page, year: int | None
) -> Resolution:
    """Returns an agency in full: from its name, from another mention of it, from hints."""
    found = mention.name
    if found.certainty in PLACED:
        return found
    if found.certainty is Certainty.REGION_ONLY:
        found = government(found, year)
        if found.certainty is Certainty.CERTAIN:
            return found
    for other in named:
        same = other.name.function == found.function and found.function
        if same and other.name.certainty is Certainty.CERTAIN:
            return other.name
    if own := _named_in_full(found, page, year):
        return own
    place = zone_said(page.text, found.name) if not found.candidates else ""
    in_zone = resolve(place + found.name, year=year) if place else None
    if in_zone and in_zone.certainty is Certainty.CERTAIN:
        return in_zone._replace(certainty=Certainty.HINTED, found=f"name {place}{found.name}")
    region = region_of_media(page.text, found, year) if _names_no_place(found) else None
    if region and not any(one.lies_in(region) for one in _spoken_of(page, year)):
        return _by(found, [Hint(_in_full(region), "account")], page, year)
    if zoned := _in_zone_in_full(found, page, year):
        return zoned
    if not (found.function or found.candidates) and (whole := printed_whole(found, page, year)):
        return whole
    publisher = _publisher(page, year)
    if publisher and publisher.function == found.function and _speaks_of(page, publisher):
        return publisher
    return _placed_by_hints(found, named, page, year)


def _named_in_full(found: Resolution, page: Page, year: int | None) -> Resolution | None:
    """The agency that papers of its own, or else its acts, name in full: 区发改委 in a guide.

    It does the same work and may be called by the tier in front of the name.
    """
    if not found.function or found.candidates:
        return None
    acts = () if functions.governs_place(found.function) else acting(page.text[:LEAD], year)
    for where, named in (
        ("own paper", (one.name for one in own_papers(page.text, year))),
        ("act", acts),
    ):
        whole = of_one_agency(one for one in named if one.function == found.function)
        if whole is None or whole.certainty is not Certainty.CERTAIN:
            continue
        placed = resolve(found.name, year=year, hints=(whole.name,))
        if placed.agency and of_one_agency((placed, whole)):
            return whole._replace(certainty=Certainty.HINTED, found=f"{where} of {whole.name}")
    return None


def _in_zone_in_full(found: Resolution, page: Page, year: int | None) -> Resolution | None:
    """The agency where the text prints the name of its zone in full.

    莲花山度假区 is the 长春莲花山生态旅游度假区 whose site it gives; of 工业园区管委会 the text has
    to say what 雅安工业园区管委会 did and not 我委, beside whom others do what they have to.
    """
    zone = ZONE.match(found.name) if not found.candidates else None
    kind = _KIND_OF_ZONE.search(zone[1]) if zone else None
    if zone is None or kind is None:
        return None
    stem, behind = zone[1][: kind.start()], re.escape(zone[2])
    if len(stem) > 1:
        core = f"{re.escape(stem)}{_HAN}{{0,8}}{kind[0]}"
        printed = f"({_HAN}{{0,6}})({core})(?={_COMMITTEE}|{behind})"
    elif not stem and _ZONE_ALONE.search(found.name) and not _says_we(page):
        printed = f"{_BEGINS}()({_HAN}{{2,12}}?{kind[0]}){_COMMITTEE}(?={HOW_IT_WORKS}|{_ACTS})"
    elif not stem and (forms := zones.forms(zone[1])):
        printed = f"({_HAN}{{2,6}})({'|'.join(forms)})"
    else:
        return None
    every = re.finditer(printed, page.text[:LEAD])
    before = named_last if stem else place_last
    said = {before(match[1]) + match[2] for match in every} - {zone[1]}
    named = (resolve(full + zone[2], year=year) for full in said)
    only = of_one_agency(one for one in named if one.certainty is Certainty.CERTAIN)
    return only and only._replace(certainty=Certainty.HINTED, found=f"name {only.name}")


def _says_we(page: Page) -> bool:
    return signs().self_agency.search(page.text[:LEAD]) is not None


def printed_whole(found: Resolution, page: Page, year: int | None) -> Resolution | None:
    """Returns the agency where the text prints the same name behind one region, or in full.

    Args:
        found: A name of which nothing is known: 翠山湖管委会 of 开平市翠山湖管委会, 经开区.
        page: The report.
        year: The year it is about.
    """
    places = {hint.place for hint in namesakes(page.text, found.name)}
    whole = resolve(places.pop() + found.name, year=year) if len(places) == 1 else None
    if whole is None or whole.certainty is not Certainty.CERTAIN:
        return _in_zone_in_full(found, page, year)
    return whole._replace(certainty=Certainty.HINTED, found=f"namesake {whole.name}")


def government(found: Resolution, year: int | None) -> Resolution:
    """Returns the government of a region; a report named after the region alone is its report."""
    if found.region is None:
        return resolve(f"{found.name}人民政府", year=year)
    body = "管理委员会" if found.region.is_zone else "人民政府"
    if found.region.name.endswith(("地区", "盟")):
        body = "行政公署"
    own = resolve(found.name + body, year=year)
    if own.agency and _HAS_NO_GOVERNMENT.search(found.name):
        return own._replace(agency=replace(own.agency, name_zh=division_in_full(found.name)))
    return own


def _placed_by_hints(
    found: Resolution, named: Sequence[NameMention], page: Page, year: int | None
) -> Resolution:
    """The agency where the regions that the report speaks of agree on one."""
    own = _namesakes(found, page, year) if not found.candidates else ()
    said = place_hints(page.above + page.text)
    placed = [m.name.name for m in named if m.name.certainty is Certainty.CERTAIN]
    every = (
        *(Hint(name, "name") for name in placed),
        *own,
        *said,
        *(Hint(name, "publisher") for name in _publisher_names(page)),
    )
    near = tuple(hint for hint in said if hint.kind != "paper")
    for hints in (every, (*own, *near), _cited(found, page, year)):
        chosen = _by(found, hints, page, year) if hints else found
        if chosen.certainty is Certainty.HINTED:
            return chosen
    if NAME_OF_TOWN.search(found.name):
        return _in_a_list(found, page, year)
    chosen = _by(found, _spoken_twice(found, page), page, year)
    return chosen if chosen.region and _is_its_own(chosen.region, page) else found


def _is_its_own(region: Region, page: Page) -> bool:
    """Whether 市 in front of a name is a city printed, and none of the county cities in it."""
    return not has_alike_below(region) or sum(one.has_site for one in spoken_of(page.text)) > 1


def _in_a_list(found: Resolution, page: Page, year: int | None) -> Resolution:
    """The town, where one alone of the counties that the text prints is known to have it."""
    places = [one.place for one in spoken_of(page.text)]
    said = {resolve(place, year=year).region: place for place in places}
    homes = [Hint(said[one], "text") for one in said if one and towns.first(found.name, (one,))]
    return _by(found, homes, page, year) if len(homes) == 1 else found


def _namesakes(found: Resolution, page: Page, year: int | None) -> tuple[Hint, ...]:
    """The regions of those who are called alike or do the same: 市住建局 and 宣城市住房和…局."""
    alike = namesakes(page.text, found.name)
    own = functions.read_function(functions.without_tier(found.name))
    if alike or own is None or own.unit or NAME_OF_TOWN.search(found.name):
        return alike
    same: dict[Hint, None] = {}
    for place, end, _ in spoken_of(page.text):
        start = end - len(place)
        name = leading_name(page.text[start : end + _LONGEST_NAME], year)
        if meddles(sentence_from(page.text, start)) or _ORDERED.search(page.text, 0, start):
            continue
        if name and name.certainty is Certainty.CERTAIN and name.function == found.function:
            same[Hint(place, "namesake")] = None
    return tuple(same)


def _spoken_twice(found: Resolution, page: Page) -> tuple[Hint, ...]:
    """The regions that a text prints, each more than once, for a name with a tier in front."""
    if found.candidates or functions.without_tier(found.name) == found.name:
        return ()
    said = Counter(one.place for one in spoken_of(page.text))
    if max(said.values(), default=0) < 2 or any(map(_may_be_no_name, said)):
        return ()
    return tuple(Hint(place, "text") for place in said)


def _may_be_no_name(place: str) -> bool:
    """Whether a district stands without its city, which may be any place's: 老城区."""
    return place.endswith("区") and not any(
        chain.length == len(place) and not chain.alone for chain in chains(place)
    )


def _spoken_of(page: Page, year: int | None) -> list[Region]:
    """The regions that the sites, papers and addresses of a report name."""
    named = (resolve(hint.place, year=year).region for hint in place_hints(page.text))
    return [region for region in named if region]


def _cited(found: Resolution, page: Page, year: int | None) -> tuple[Hint, ...]:
    """Hints of papers and codes cited in a report that can only be those of its own region.

    A city's bureau may cite the papers of a greater city's, and a number may be no code.
    """
    if _SAYS_TOWN.search(found.name):
        kinds = {"rules", "code", "number", "press"}
    elif functions.without_tier(found.name) == found.name:
        return ()
    else:
        kinds = {"rules", "code"}
    hints = tuple(hint for hint in cited(page.text) if hint.kind in kinds)
    is_greater = kinds == {"rules", "code"} and found.name[0] not in _OF_COUNTIES
    return tuple(one for one in hints if not (is_greater and _may_be_above(one, year)))


def _may_be_above(hint: Hint, year: int | None) -> bool:
    """Whether papers of a city are cited, which a county city in it follows too."""
    region = resolve(hint.place, year=year).region if hint.kind == "rules" else None
    return region is not None and has_alike_below(region)


def _names_no_place(found: Resolution) -> bool:
    return not found.candidates and bool(found.function or NAME_OF_TOWN.search(found.name))


def _in_full(region: Region) -> str:
    """The name of a county behind its city's, which makes it unique; any other region's alone."""
    above = region_of(region.parent)
    return above.name + region.name if above and region.level is Level.COUNTY else region.name


def _by(found: Resolution, hints: Sequence[Hint], page: Page, year: int | None) -> Resolution:
    """The agency placed by hints, with these as reason; unplaced where the hints are too weak."""
    places = tuple(dict.fromkeys(hint.place for hint in hints))
    chosen = resolve(found.name, year=year, hints=places)
    if chosen.certainty is not Certainty.HINTED:
        return chosen
    kinds = {hint.kind for hint in hints}
    is_enough = bool(kinds & _TELLING_KINDS) or len(kinds) > 1 or _is_in_county(found, chosen)
    is_its_own = kinds == _OWN_ACCOUNT or _may_be_its_tier(chosen.region, page)
    if _says_little(found) and not (is_enough and is_its_own):
        return found
    why = "; ".join(dict.fromkeys(f"{hint.kind} {hint.place}" for hint in hints))
    return chosen._replace(found=why)


def _is_in_county(found: Resolution, chosen: Resolution) -> bool:
    """Whether it is the committee of a county's zone: a city's is not on a county's site."""
    is_committee = found.function == "management_committee" and _ZONE_ALONE.search(found.name)
    home = chosen.region
    return bool(is_committee) and home is not None and home.level is Level.COUNTY


def _may_be_its_tier(region: Region | None, page: Page) -> bool:
    """Whether a bureau without a place in its name may be of the tier of a region that hints name.

    A district's bureau gives those of its city: only 我市 or 市政府 tells that it is the city's.
    """
    if region is None:
        return False
    said = tiers_said(page.text)
    if region.level is Level.COUNTY and not said:
        return True
    below = set() if region.level is Level.COUNTY else _OF_COUNTIES
    return region.name[-1] in said and not said & below


def _says_little(found: Resolution) -> bool:
    """Whether neither a region nor a tier is in a name, which any place may have one of."""
    name = found.name
    is_bare = functions.read_function(name) or not _SAYS_TOWN.search(name)
    return not found.candidates and functions.without_tier(name) == name and bool(is_bare)


def _publisher(page: Page, year: int | None) -> Resolution | None:
    """The publisher that the page states, if that is one agency."""
    for name in _publisher_names(page):
        found = resolve(name, year=year)
        if found.certainty is Certainty.CERTAIN:
            return found
    return None


def _publisher_names(page: Page) -> list[str]:
    fields = (*PUBLISHER_FIELDS, SOURCE_FIELD)
    return [name for field in fields if (name := page.fields.get(field))]


def _speaks_of(page: Page, publisher: Resolution) -> bool:
    """Whether the text itself, not only the page around it, names the publisher's region."""
    region = publisher.region
    return region is not None and region.name[:2] in page.text
