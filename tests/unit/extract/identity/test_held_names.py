"""Names that agencies really use, held: who reports, and which year, from little print."""

import csv
from functools import cache
from pathlib import Path

import pytest

from pipeline.extract.identity.identify import ReportIdentity, identify
from pipeline.extract.identity.segmentation import split
from pipeline.model.document import Document
from pipeline.model.report import DocType
from pipeline.readers.text.plain_text import read_text

TABLE = Path(__file__).parents[3] / "golden" / "identity" / "names_held.csv"
SUFFIXED = ("zone", "corps", "vertical", "institution")
"""Kinds whose region may be written as that of the city or province they are in."""
SAME_BODY = {
    "大连金州新区管理委员会": "大连金普新区管理委员会",
    "中国银行业监督管理委员会云南监管局": "中国银行保险监督管理委员会云南监管局",
    "上海市黄浦区公安分局": "上海市公安局黄浦分局",
    "南京市江北新区管理委员会": "南京江北新区管理委员会",
    "大冶市城管执法局": "大冶市城市管理执法局",
    "厦门火炬高新区管理委员会": "厦门火炬高技术产业开发区管理委员会",
    "敦煌市文体广电和旅游局": "敦煌市文化体育广电和旅游局",
    "国家煤矿安全监察局": "国家矿山安全监察局",
    "高平市行政审批局": "高平市行政审批服务管理局",
    "常州市外事办公室": "常州市人民政府外事办公室",
    "旌德县经济开发区管理委员会": "安徽旌德经济开发区管理委员会",
    "瑞丽国家重点开发开放试验区管理委员会": "云南瑞丽重点开发开放试验区管理委员会",
    "国家食品药品监督管理总局": "国家药品监督管理局",
    "西藏自治区人民政府国有资产监督管理委员会": "西藏自治区国有资产监督管理委员会",
    "中国—马来西亚钦州产业园区管理委员会": "中马钦州产业园区管理委员会",
    "第一师阿拉尔市十六团新开岭镇": "第一师阿拉尔市十六团",
    "洪雅县教育体育局": "洪雅县教育和体育局",
    "宁夏宁东能源化工基地管理委员会": "宁东能源化工基地管理委员会",
    "北屯市人民政府": "第十师北屯市",
    "安丘市行政审批局": "安丘市行政审批服务局",
    "中国银行业监督管理委员会": "中国银行保险监督管理委员会",
    "秀山土家族苗族自治县文化和旅游委员会": "秀山土家族苗族自治县文化和旅游发展委员会",
}
"""Names that a body has in another row, or had before: one id."""
Row = dict[str, str]


@cache
def rows() -> list[Row]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def report(row: Row) -> str:
    """A small report that names its agency where the row says so, and nowhere else."""
    year, extra = int(row["year"]), row["extra"]
    lines = [row["title"].replace("⏎", "\n"), ""]
    if extra.endswith("：") or extra.startswith("来源"):
        lines.append(extra)
        extra = ""
    subject, law = "政府信息公开", "《条例》"
    if "学年" in row["title"]:
        subject, law = "信息公开", "《高等学校信息公开办法》"
    lead = f"根据{law}要求，现公布{row['lead'] or '本机关'}{year}年度{subject}工作年度报告。"
    if "学年" in row["title"]:
        lead = f"根据{law}编制本报告。"
    if row["lead"].startswith("!"):
        lead = row["lead"][1:]
    period = row["period"] or f"{year}年1月1日至{year}年12月31日"
    lines += [
        f"{lead}本报告所列数据的统计期限为{period}。{extra}",
        "一、总体情况",
        f"全年主动公开{subject.removesuffix('公开')}117条，其中政府网站公开67条。",
        f"全年收到{subject}申请3件，均已按期办结。",
        "二、存在的问题",
        "公开的内容还不够充实，今后将加以改进。",
        "",
        *filter(None, [row["signature"]]),
        f"{year + 1}年1月18日",
    ]
    return "\n".join(lines)


@cache
def identified(number: int) -> ReportIdentity:
    document = read_text(report(rows()[number]).encode())
    assert isinstance(document, Document)
    (part,) = split(document)
    return identify(part, document)


def bare(name: str) -> str:
    """A name as two tables may both write it."""
    for mark in ("中国共产党", "中共", "中华人民共和国", "新疆生产建设兵团"):
        name = name.replace(mark, "")
    return name.partition("(")[0].partition("（")[0]


def name_of_body(name: str) -> str:
    return SAME_BODY.get(name, name)


def is_one_body(names: set[str]) -> bool:
    """Whether all are one name, with more or fewer of the regions above in front."""
    fullest = max(names, key=len)
    return all(fullest.endswith(name) for name in names)


def is_right_name(row: Row, found: str) -> bool:
    wanted, name = bare(row["agency"]), bare(found)
    return wanted.endswith(name) or name.endswith(wanted)


def is_right_region(row: Row, code: str | None) -> bool:
    wanted = row["region_code"]
    if not wanted or code == wanted:
        return True
    return row["kind"] in SUFFIXED and code is not None and code[:2] == wanted[:2]


def is_right(row: Row, found: ReportIdentity) -> bool:
    agency = found.agency
    if row["outcome"] != "placed":
        return agency is not None and not agency.is_placed
    return (
        agency is not None
        and agency.is_placed
        and is_right_name(row, agency.name_zh)
        and is_right_region(row, agency.region_code)
    )


def test_the_table_is_large_and_reaches_every_province() -> None:
    assert len(rows()) >= 4295
    assert len({row["region_code"][:2] for row in rows() if row["region_code"]}) >= 31


def test_every_agency_is_right_or_rightly_unresolved() -> None:
    wrong = [
        f"{row['title']}: {identified(number).agency}"
        for number, row in enumerate(rows())
        if not is_right(row, identified(number))
    ]
    assert wrong == []


def test_what_is_printed_is_never_lost() -> None:
    lost = [row["title"] for number, row in enumerate(rows()) if not identified(number).agency]
    assert lost == []


@pytest.mark.parametrize("point", ["year", "doc_type"])
def test_every_year_and_kind_is_right(point: str) -> None:
    wrong = []
    for number, row in enumerate(rows()):
        found = identified(number)
        right = (
            found.year == int(row["year"])
            if point == "year"
            else found.doc_type is DocType.ANNUAL_REPORT
        )
        if not right:
            wrong.append(f"{row['title']}: {getattr(found, point)}")
    assert wrong == []


def test_every_function_is_known_and_right() -> None:
    wrong = []
    for number, row in enumerate(rows()):
        agency = identified(number).agency
        if row["outcome"] == "placed" and row["function"] and agency:
            named = row["function"].split("|")
            if agency.function.removesuffix("_unit") not in named:
                wrong.append(f"{row['title']}: {agency.function}")
    assert wrong == []


def test_no_id_is_shared_by_two_agencies() -> None:
    named: dict[str, set[str]] = {}
    for number, row in enumerate(rows()):
        agency = identified(number).agency
        if row["outcome"] == "placed" and agency:
            named.setdefault(agency.agency_id, set()).add(bare(name_of_body(row["agency"])))
    shared = {agency_id: names for agency_id, names in named.items() if not is_one_body(names)}
    assert shared == {}
