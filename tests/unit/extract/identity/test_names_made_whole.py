"""A name made whole: what the report says elsewhere of the agency that it names in part.

Why is told with whom: the name itself, a paper or an act of its own, an account, a zone, hints.
"""

import pytest

from pipeline.agencies.resolver import Resolution, resolve
from pipeline.extract.identity.mentions import NameMention, Where
from pipeline.extract.identity.page_header import Page
from pipeline.extract.identity.whole_name import government, made_whole

GUIDE = "制定《嘉祥县教育局政府信息公开指南》"
ACT = "全年，嘉祥县教育局主动公开政府信息12条。"
ACCOUNT = "通过“济宁教育”微信公众号发布信息"
SPOKEN = "嘉祥公开信息。"


def mention(name: str) -> NameMention:
    return NameMention(Where.TITLE, name, resolve(name, year=2021))


def told(found: Resolution) -> str:
    """How sure it is, the agency's name and why."""
    if found.agency is None or not found.agency.is_placed:
        return str(found.certainty)
    why = found.found.partition(" in ")[0]
    return f"{found.certainty} {found.agency.name_zh}: {why}"


def whole(name: str, text: str = "", *others: str, **fields: str) -> str:
    page = Page(text, text, fields, (), ())
    return told(made_whole(mention(name), [mention(one) for one in others], page, 2021))


@pytest.mark.parametrize(
    ("name", "others", "expected"),
    [
        ("嘉祥县教育局", "金乡县教育局", "certain 嘉祥县教育局: 嘉祥县教育局"),
        ("嘉祥县", "金乡县教育局", "certain 嘉祥县人民政府: 嘉祥县人民政府"),
        # Another mention is the same agency's where it does the same and is placed for certain.
        ("教育局", "嘉祥县教育局", "certain 嘉祥县教育局: 嘉祥县教育局"),
        ("教育局", "县教育局 嘉祥县教育局", "certain 嘉祥县教育局: 嘉祥县教育局"),
        ("教育局", "嘉祥县财政局", "hinted 嘉祥县教育局: name 嘉祥县财政局"),
        ("教育局", "鼓楼区教育局", "unresolved"),
        ("教育局", "县教育局", "unresolved"),
        ("教育局", "", "unresolved"),
        ("鼓楼区", "", "unresolved"),
        # What nothing is known of is nobody's namesake.
        ("甲乙局", "嘉祥县丙丁局", "not_a_name"),
    ],
)
def test_a_name_is_whole_or_made_so_by_another_of_the_same_agency(
    name: str, others: str, expected: str
) -> None:
    assert whole(name, "", *others.split()) == expected


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        # Papers of its own, of one agency that does the same and is called by its tier.
        ("县教育局", f"{GUIDE}。", "hinted 嘉祥县教育局: own paper of 嘉祥县教育局"),
        ("教育局", f"{GUIDE}。", "hinted 嘉祥县教育局: own paper of 嘉祥县教育局"),
        ("市教育局", f"{GUIDE}。", "unresolved"),
        ("县财政局", f"{GUIDE}。", "unresolved"),
        ("县教育局", f"{GUIDE}和《金乡县教育局政府信息公开指南》。", "unresolved"),
        ("县教育局", "制定《鼓楼区教育局政府信息公开指南》。", "unresolved"),
        ("鼓楼区教育局", "制定《南京市鼓楼区教育局政府信息公开指南》。", "unresolved"),
        # Or acts, but none of a government's, of which every report tells.
        ("县教育局", ACT, "hinted 嘉祥县教育局: act of 嘉祥县教育局"),
        ("县财政局", ACT, "unresolved"),
        ("县政府", "全年，嘉祥县人民政府主动公开政府信息12条。",
         "hinted 嘉祥县人民政府: namesake 嘉祥县; paper 嘉祥县"),
        ("县教育局", "文" * 3970 + f"。{ACT}", "hinted 嘉祥县教育局: act of 嘉祥县教育局"),
        ("县教育局", "文" * 3990 + f"。{ACT}", "hinted 嘉祥县教育局: namesake 嘉祥县"),
        # A zone that the text puts one region in front of.
        ("南湖新区财政局", "岳阳市南湖新区。",
         "hinted 岳阳市南湖新区财政局: name 岳阳市南湖新区财政局"),
        ("南湖新区财政局", "岳阳市南湖新区和常德市南湖新区。", "unresolved"),
        # An account called by a place and the body's work, unless others below it are spoken of.
        ("市教育局", f"{ACCOUNT}。", "hinted 济宁市教育局: account 济宁市"),
        ("县教育局", "通过“嘉祥教育”微信公众号发布信息。",
         "hinted 嘉祥县教育局: account 济宁市嘉祥县"),
        ("市教育局", "关注“济宁教育”微信公众号。", "unresolved"),
        ("市财政局", f"{ACCOUNT}。", "unresolved"),
        ("市教育局", f"{ACCOUNT}，地址：嘉祥县建设路。", "unresolved"),
        ("朝阳区教育局", "通过“朝阳教育”微信公众号发布信息。", "unresolved"),
    ],
)  # fmt: skip
def test_a_report_names_in_full_whom_its_title_does_not(
    name: str, text: str, expected: str
) -> None:
    assert whole(name, text) == expected


LAKE = "长春莲花山生态旅游度假区"
DID = "雅安工业园区管委会主动公开信息12条。"
YAAN = "hinted 雅安工业园区管理委员会: name 雅安工业园区管委会"


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        (
            "莲花山度假区管委会",
            f"{LAKE}管委会网站。",
            "hinted 莲花山生态旅游度假区管理委员会: name 莲花山生态旅游度假区管委会",
        ),
        ("莲花山度假区管委会", f"{LAKE}。", "unresolved"),
        ("莲花山度假区管委会", "莲花山度假区管委会网站。", "unresolved"),
        ("莲花山度假区管委会", "文" * 3995 + f"{LAKE}管委会网站。", "unresolved"),
        # Of a kind of zone alone it must be told what its committee did, and nobody says 我委.
        ("工业园区管委会", DID, YAAN),
        ("园区管委会", DID, YAAN),
        ("工业园区管委会", f"，{DID}", YAAN),
        ("工业园区管委会", f"在{DID}", "unresolved"),
        ("工业园区管委会", f"{DID}我委高度重视。", "unresolved"),
        ("工业园区管委会", "雅安工业园区管委会到访。", "unresolved"),
        ("工业园区财政局", DID, "unresolved"),
        # A name of which nothing is known, behind one region.
        ("翠山湖管委会", "开平市翠山湖管委会公开信息。",
         "hinted 开平市翠山湖管委会: namesake 开平市翠山湖管委会"),
        ("翠山湖管委会", "开平市翠山湖管委会和台山市翠山湖管委会。", "unresolved"),
        ("翠山湖管委会", "参照开平市翠山湖管委会。", "unresolved"),
    ],
)  # fmt: skip
def test_a_zone_is_the_one_whose_name_the_text_prints_in_full(
    name: str, text: str, expected: str
) -> None:
    assert whole(name, text) == expected


@pytest.mark.parametrize(
    ("text", "fields", "expected"),
    [
        # The publisher of the page is the writer where the text speaks of its region.
        (SPOKEN, {"发布机构": "嘉祥县教育局"}, "certain 嘉祥县教育局: 嘉祥县教育局"),
        ("公开信息。", {"发布机构": "嘉祥县教育局"}, "hinted 嘉祥县教育局: publisher 嘉祥县教育局"),
        (SPOKEN, {"发布机构": "嘉祥县财政局"}, "hinted 嘉祥县教育局: publisher 嘉祥县财政局"),
        (SPOKEN, {"来源": "嘉祥县教育局"}, "certain 嘉祥县教育局: 嘉祥县教育局"),
        # The first that is one agency for certain.
        (
            SPOKEN,
            {"发布机构": "鼓楼区教育局", "来源": "嘉祥县教育局"},
            "certain 嘉祥县教育局: 嘉祥县教育局",
        ),
        (SPOKEN, {"发布机构": "鼓楼区教育局"}, "unresolved"),
        (SPOKEN, {"标题": "嘉祥县教育局"}, "unresolved"),
    ],
)
def test_the_publisher_of_a_page_may_be_its_writer(
    text: str, fields: dict[str, str], expected: str
) -> None:
    assert whole("教育局", text, **fields) == expected


SITE = "可在{}人民政府网站查阅。"


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("鼓楼区", SITE.format("南京市"), "hinted 南京市鼓楼区人民政府: site 南京市"),
        # A site alone places what has a tier in front, two kinds of hints what has none.
        ("市教育局", SITE.format("宣城市"), "hinted 宣城市教育局: site 宣城市"),
        ("教育局", SITE.format("宣城市"), "unresolved"),
        ("教育局", f"地址：歙县，{SITE.format('歙县')}",
         "hinted 歙县教育局: address 歙县; site 歙县"),
        # If its writer speaks of its own tier; a county's may keep silent on it.
        ("教育局", f"地址：宣城市，{SITE.format('宣城市')}", "unresolved"),
        ("教育局", f"地址：宣城市，{SITE.format('宣城市')}服务全市发展。",
         "hinted 宣城市教育局: address 宣城市; site 宣城市"),
        ("教育局", f"地址：宣城市，{SITE.format('宣城市')}服务全市，区委、区政府重视。",
         "unresolved"),
        ("教育局", f"地址：歙县，{SITE.format('歙县')}服务全市发展。", "unresolved"),
        ("教育局", f"地址：歙县，{SITE.format('歙县')}服务全县发展。",
         "hinted 歙县教育局: address 歙县; site 歙县"),
        ("教育局", f"地址：安徽省，{SITE.format('安徽省')}", "unresolved"),
        # Hints of several regions place nobody.
        ("县教育局", f"{SITE.format('歙县')}{SITE.format('嘉祥县')}", "unresolved"),
        ("县教育局", f"地址：金乡县。{SITE.format('嘉祥县')}", "unresolved"),
        # The committee of a zone on a county's site is the county's, on a city's may be anybody's.
        ("开发区管委会", SITE.format("嘉祥县"), "hinted 嘉祥县开发区管理委员会: site 嘉祥县"),
        ("开发区管委会", SITE.format("宣城市"), "unresolved"),
        # Papers and codes that are cited, by what the name says of its tier.
        ("县教育局", "按《嘉祥县人民政府关于公开的意见》编制。",
         "hinted 嘉祥县教育局: paper 嘉祥县"),
        ("市教育局", "按《宣城市人民政府关于公开的意见》编制。",
         "hinted 宣城市教育局: paper 宣城市"),
        ("教育局", "按《嘉祥县2012年度政府信息公开工作要点》编制。", "unresolved"),
        ("县教育局", "按《嘉祥县2012年度政府信息公开工作要点》编制。",
         "hinted 嘉祥县教育局: rules 嘉祥县"),
        ("市教育局", "按《宣城市2012年度政府信息公开工作要点》编制。", "unresolved"),
        ("县教育局", "索引号：11370829004321/2019-5", "hinted 嘉祥县教育局: code 济宁市嘉祥县"),
        ("县教育局", "索引号：370829004321/2019-5", "unresolved"),
        ("教育局", "索引号：11370829004321/2019-5", "unresolved"),
        ("县教育局", "嘉祥县融媒体中心报道。", "unresolved"),
    ],
)  # fmt: skip
def test_regions_that_a_report_speaks_of_place_a_name_if_they_say_enough(
    name: str, text: str, expected: str
) -> None:
    assert whole(name, text) == expected


@pytest.mark.parametrize(
    ("name", "year", "expected"),
    [
        ("济宁市", 2021, "certain 济宁市人民政府"),
        ("大兴安岭地区", 2021, "certain 大兴安岭地区行政公署"),
        ("锡林郭勒盟", 2021, "certain 锡林郭勒盟行政公署"),
        ("平潭综合实验区", 2021, "certain 平潭综合实验区管理委员会"),
        # A division of the corps is one body with its city.
        ("第九师", 2021, "certain 第九师"),
        ("鼓楼区", 2021, "unresolved"),
    ],
)
def test_a_region_alone_is_its_government(name: str, year: int, expected: str) -> None:
    assert told(government(resolve(name, year=year), year)).partition(":")[0] == expected
