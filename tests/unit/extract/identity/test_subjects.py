"""Whom a report without a named title is about, and whom only its sentences mention."""

import pytest

from pipeline.extract.identity.identify import ReportIdentity, identify
from pipeline.extract.identity.segmentation import split
from pipeline.readers.text.plain_text import read_text

_TITLE = "2022年政府信息公开工作年度报告"
_OPENING = "根据《条例》要求，现公布本机关2022年度政府信息公开工作年度报告。"
_BODY = (
    "一、总体情况\n全年主动公开政府信息117条，其中政府网站公开67条。\n"
    "全年收到政府信息公开申请3件，均已按期办结。\n二、存在的问题\n公开的内容还不够充实。\n"
)


def identified(said: str, *, head: str = _TITLE, opening: str = _OPENING) -> ReportIdentity:
    document = read_text(f"{head}\n\n{opening}{said}\n{_BODY}".encode())
    (part,) = split(document)
    return identify(part, document)


def name(found: ReportIdentity) -> str | None:
    return found.agency.name_zh if found.agency else None


def placed(found: ReportIdentity) -> str | None:
    return found.agency.region_code if found.agency else None


@pytest.mark.parametrize(
    ("whole", "own"),
    [
        ("昌黎县审计局", "局"),
        ("会东县综合行政执法局", "局"),
        ("宝鸡市陈仓区数据局", "局"),
        ("遂溪县建新镇人民政府", "镇"),
        ("淮北市人民医院", "院"),
        ("大连市住房公积金管理中心", "中心"),
        ("桐乡市水务集团有限公司", "公司"),
    ],
)
@pytest.mark.parametrize(
    "said",
    [
        "{0}将政府信息公开工作摆在重要位置，专门组建了审查小组。",
        "为保障公民知情权，{0}制定了信息公开制度。",
        "截止到12月，{0}主动公开社会救助等方面信息423条。",
        "{0}成立了以主要负责人为组长的政务公开领导小组。",
        "{0}主要负责人高度重视政务公开工作。",
        "增加{0}副主任为领导小组副组长。",
        "全年{0}共公开信息30条。",
    ],
)
def test_the_one_body_that_acts_is_the_writer(whole: str, own: str, said: str) -> None:
    assert name(identified(f"{said.format(whole)}\n我{own}依法公开信息。")) == whole


@pytest.mark.parametrize(
    "said",
    [
        "昌黎县审计局对我局政府信息公开工作进行了检查。",
        "昌黎县审计局印发了公开工作的通知，我局认真落实。",
        "昌黎县审计局、昌黎县水务局等部门公开信息3条。",
        "申请人向昌黎县审计局提出公开申请，后转我局办理。",
        "昌黎县审计局在全县通报政务公开，我局得分95分。",
        "昌黎县审计局对公开工作的考核结果为优秀。",
        "昌黎县审计局原有公开申请2件由我局承接。",
        "根据改革方案，昌黎县审计局不再保留，公开工作由我局承担。",
        "昌黎县审计局主动公开的数据被我局引用3次。",
        "昌黎县审计局网站公开我局信息30条。",
        "昌黎县审计局每季度对政府网站的公开情况进行检查。",
        "昌黎县审计局高度重视公开。昌黎县水务局主动公开信息3条。",
        "国家统计局制定了政府信息公开指南。",
        "秦皇岛市审计局推进政务公开，县局跟进。",
        "昌黎县委高度重视政务公开。昌黎县人民政府推进政务公开。",
    ],
)
def test_whoever_has_to_do_with_the_open_government_of_others_is_no_writer(said: str) -> None:
    assert name(identified(f"{said}\n我局依法公开信息。")) is None


def test_a_government_that_acts_is_the_writer_only_where_no_body_speaks() -> None:
    acts = "莒南县人民政府成立了政务公开领导小组。我县依法公开信息。"
    assert name(identified(acts, opening="")) == "莒南县人民政府"
    assert name(identified(f"{acts}我局也公开信息。", opening="")) is None
    assert name(identified(acts.replace("我县", "我市"), opening="")) is None


@pytest.mark.parametrize(
    "head",
    [
        f"首页 > 政务公开 > 昌黎县审计局 > 政府信息公开年报\n{_TITLE}",
        f"当前位置：首页>部门>昌黎县审计局>政府信息公开年报>正文\n{_TITLE}",
        f"{_TITLE}_昌黎县审计局",
        f"{_TITLE} | 昌黎县审计局",
        f"昌黎县审计局文件\n{_TITLE}",
        f"{_TITLE}\n2023-01-20 10:20 昌黎县审计局 字体：大 中 小",
        f"{_TITLE}\n单位：昌黎县审计局",
    ],
)
def test_a_bureau_set_apart_at_the_head_of_its_page_is_the_writer(head: str) -> None:
    assert name(identified("我局依法公开信息。", head=head)) == "昌黎县审计局"


@pytest.mark.parametrize(
    "head",
    [
        f"监督单位：昌黎县审计局\n{_TITLE}",
        f"{_TITLE}\n抄送：昌黎县审计局",
        f"昌黎县审计局：\n{_TITLE}",
        f"首页>部门动态>昌黎县审计局\n{_TITLE}",
        f"{_TITLE}\n转自：昌黎县审计局",
        f"{_TITLE} | 昌黎县审计局 | 昌黎县水务局",
    ],
)
def test_whom_a_page_mentions_beside_the_report_is_no_writer(head: str) -> None:
    assert name(identified("我局依法公开信息。", head=head)) is None


@pytest.mark.parametrize(
    ("head", "said", "code"),
    [
        ("县医保局", "昌黎县医疗保障局高度重视政务公开工作。", "130322"),
        ("统计局", "全年凤城市统计局主动公开信息117条。", "210682"),
        ("县医保局", "昌黎县统计局高度重视政务公开工作。", None),
        ("县医保局", "昌黎县医疗保障局对公开工作进行了考核。", None),
        ("市医保局", "昌黎县医疗保障局高度重视政务公开工作。", None),
    ],
)
def test_a_short_title_is_placed_by_the_acts_of_its_bureau(
    head: str, said: str, code: str | None
) -> None:
    assert placed(identified(said, head=f"{head}{_TITLE}")) == code


def test_a_town_is_in_the_one_county_that_keeps_its_site_and_has_one_of_its_name() -> None:
    above = "网站标识码：6302230002 主办单位：{}人民政府办公室\n发布机构：威远镇 公文时效：是\n"
    title = f"威远镇{_TITLE}"
    assert placed(identified("", head=above.format("互助县") + title)) == "630223"


def test_a_day_above_the_title_gives_it_no_year() -> None:
    head = "岳阳市住房和城乡建设局\n2011年12月22日\n政府信息公开年度报告"
    said = "由岳阳市住房和城乡建设局编制的《2012年度政府信息公开年度报告》。"
    period = "本报告所列数据的统计期限为2012年1月1日至2012年12月31日。"
    found = identified(said + period, head=head, opening="")
    assert (name(found), found.year) == ("岳阳市住房和城乡建设局", 2012)


def test_a_title_with_a_name_is_no_joint_one_below_the_heads_of_a_site() -> None:
    heads = "杭州市国防动员办公室\n杭州市人民防空办公室\n"
    own = f"{heads}杭州市人民防空办公室{_TITLE}"
    assert name(identified("", head=own)) == "杭州市人民防空办公室"
    assert placed(identified("", head=heads + _TITLE)) is None


def test_a_school_year_longer_than_a_year_is_filed_by_its_end_and_in_doubt() -> None:
    said = "长江大学编制本报告，统计期限为2019年9月1日至2020年10月31日。"
    found = identified(said, head="信息公开年度报告", opening="")
    assert found.year == 2020
    assert [one.rule_id for one in found.conflicts] == ["I-P1"]


def test_a_bureau_whose_name_begins_like_a_verb_is_not_its_government() -> None:
    found = identified("会东县综合行政执法局认真落实条例。", opening="我县依法公开信息。")
    assert name(found) in {"会东县综合行政执法局", None}


@pytest.mark.parametrize(
    ("said", "writer"),
    [
        ("编制《通榆县2023年政府信息公开工作年度报告》。", "通榆县人民政府"),
        ("学习《通榆县2023年政府信息公开工作年度报告》。", "通榆县人民政府办公室"),
    ],
)
def test_a_report_titled_by_its_region_is_its_governments(said: str, writer: str) -> None:
    asked = "请与通榆县人民政府办公室联系（地址：开通镇民主路1037号）。"
    assert name(identified(said + asked, opening="")) == writer


def test_what_stands_on_a_site_is_no_part_of_whose_site_it_is() -> None:
    said = "行政许可办理信息在福建省农业农村厅门户网站公开。我厅依法公开信息。"
    assert name(identified(said)) == "福建省农业农村厅"


@pytest.mark.parametrize(
    ("said", "writer"),
    [
        ("发布管委会文件41件。", "临沂高新技术产业开发区管理委员会"),
        ("发布文件41件。", "临沂高新技术产业开发区党政办公室"),
    ],
)
def test_the_office_of_a_zone_writes_for_the_committee_whose_papers_it_tells(
    said: str, writer: str
) -> None:
    opening = "本报告由临沂高新区党政办公室编制。"
    assert name(identified(said, opening=opening)) == writer


@pytest.mark.parametrize("words", ["编制并向社会公开", "特编制并向社会公布", "现整理公布了"])
def test_verbs_in_front_of_a_name_are_no_part_of_it(words: str) -> None:
    whole = "安溪县城市管理局"
    found = identified("", opening=f"{words}{whole}2022年政府信息公开工作年度报告。")
    assert name(found) == whole


def test_two_papers_of_its_own_name_a_bureau_that_was_a_committee() -> None:
    papers = "制定《2022年衡阳市农业委员会信息报送制度》《衡阳市农业委员会政务信息公开制度》。"
    assert name(identified(f"我局{papers}")) == "衡阳市农业委员会"
    assert name(identified(f"我校{papers}")) is None
    assert name(identified("我局制定《衡阳市农业委员会信息报送制度》。")) is None


def test_a_body_is_named_by_the_accounts_it_publishes() -> None:
    whole = "大英县玉峰镇人民政府"
    assert name(identified(f"将{whole}预算决算在政府网站公开。")) == whole
    assert name(identified(f"转发{whole}预算公开通知。")) is None


def test_what_a_body_did_in_the_year_names_no_body_it_speaks_for() -> None:
    found = identified("", opening="现公布本街道2022年政府信息公开工作年度报告。")
    assert found.agency is None


@pytest.mark.parametrize("own", ["", "我局依法公开信息。"])
@pytest.mark.parametrize(
    "said",
    [
        "金乡县水务局公开做法值得借鉴。",
        "2022年，金乡县水务局公开经验得到推广。",
        "金乡县水务局的政务公开经验在全市推广。",
        "金乡县水务局公开工作走在前列，值得学习。",
        "金乡县的公开做法值得借鉴。",
    ],
)
def test_whose_open_government_is_praised_is_another(said: str, own: str) -> None:
    assert name(identified(said + own)) is None
    assert name(identified(own, opening=said)) is None


@pytest.mark.parametrize(
    "said",
    [
        "《北京市司法局政府信息主动公开标准》总计80条，制定《北京市司法局主动公开全清单》。",
        "北京市司法局政务公开工作领导小组办公室设在局办公室。",
        "关注北京市司法局微信公众号，信息及时发布。",
    ],
)
def test_what_a_body_has_of_its_own_names_it(said: str) -> None:
    assert name(identified(f"我局依法公开信息。{said}")) == "北京市司法局"
