"""What is printed as the agency is kept, however it is set and wherever it stands."""

from collections.abc import Callable

import pytest

from pipeline.extract.identity.identify import ReportIdentity, identify
from pipeline.extract.identity.segmentation import split
from pipeline.model.document import Document
from pipeline.readers.text.plain_text import read_text

_BODY = (
    "\n一、总体情况\n全年主动公开政府信息117条，其中政府网站公开67条。\n"
    "全年收到政府信息公开申请3件，均已按期办结。\n"
    "二、存在的问题\n公开的内容还不够充实，今后将加以改进。\n"
)
_PERIOD = "本报告所列数据的统计期限为2020年1月1日至2020年12月31日。"
_TITLE = "2020年政府信息公开工作年度报告"
NAMES = {
    "嵩明县水务局": "嵩明县水务局",
    "临夏州人民政府办公室": "临夏回族自治州人民政府办公室",
    "阿坝州汶川县映秀镇人民政府": "汶川县映秀镇人民政府",
    "克拉玛依市独山子区": "克拉玛依市独山子区人民政府",
    "石景山区八角街道": "北京市石景山区八角街道办事处",
    "乐东黎族自治县": "乐东黎族自治县人民政府",
    "长白山保护开发区管委会": "长白山保护开发区管理委员会",
    "国家税务总局伊春市税务局": "国家税务总局伊春市税务局",
    "福贡县马吉乡": "福贡县马吉乡人民政府",
    "楚雄师范学院": "楚雄师范学院",
    "西藏自治区林芝市巴宜区": "林芝市巴宜区人民政府",
}
HEADS: dict[str, Callable[[str], str]] = {
    "letters apart": lambda name: (
        f"{' '.join(name)}\n2 0 2 0 年 政 府 信 息 公 开 工 作 年 度 报 告"
    ),
    "year in brackets": lambda name: f"{name}〔2020〕年政府信息公开年报",
    "name in brackets": lambda name: f"{_TITLE}（{name}）",
    "name in front, in brackets": lambda name: f"【{name}】{_TITLE}",
    "年报": lambda name: f"{name}2020年年报",
    "several lines": lambda name: f"{name}\n政府信息公开\n工作年度报告\n（2020年度）",
    "furniture": lambda name: (
        f"首页 > 政务公开 > 政府信息公开年报\n{name}{_TITLE}\n发布时间：2021-01-20 浏览次数：12"
    ),
    "behind a dash": lambda name: f"{_TITLE}——{name}",
    "below": lambda name: f"{_TITLE}\n{name}\n（2021年1月）",
    "a letter": lambda name: f"{name}关于报送2020年政府信息公开年度报告的报告",
    "year first": lambda name: f"二○二○年度{name}政府信息公开工作年度报告",
    "published": lambda name: f"{name}发布{_TITLE}",
    "cover": lambda name: (
        f"{name}\n\n二〇二一年一月\n\n目 录\n一、总体情况\n二、存在的问题\n\n{_TITLE}"
    ),
    "publisher": lambda name: f"索引号：000014349/2021-00012\n发布机构：{name}\n{_TITLE}",
}
LEADS: dict[str, Callable[[str], str]] = {
    "whose work": lambda name: f"现将{name}2020年政府信息公开工作情况公布如下。",
    "by whom": lambda name: f"本报告由{name}编制。",
    "who publishes": lambda name: f"{name}现向社会公布年度报告。",
    "its own report": lambda name: f"特编制《{name}2020年政府信息公开工作年度报告》。",
    "as it is there": lambda name: f"按照规定，结合{name}实际，编制本报告。",
    "whose report it is": lambda name: f"本报告是{name}发布的第十三个年度报告。",
    "for its work": lambda name: f"为切实做好{name}政府信息公开工作，特编制本报告。",
    "what it sums up": lambda name: f"本报告总结{name}2020年政府信息公开工作情况。",
    "what it does": lambda name: f"2020年，{name}加大公开力度。",
}


def identified(head: str, lead: str, end: str = "") -> ReportIdentity:
    document = read_text(f"{head}\n{lead}{_PERIOD}{_BODY}{end}".encode())
    assert isinstance(document, Document)
    (part,) = split(document)
    return identify(part, document)


def named(found: ReportIdentity) -> str | None:
    return found.agency.name_zh if found.agency else None


@pytest.mark.parametrize("form", HEADS)
@pytest.mark.parametrize("name", NAMES)
def test_whatever_the_head_looks_like_it_names_the_agency(form: str, name: str) -> None:
    assert named(identified(HEADS[form](name), "编制本报告。")) == NAMES[name]


@pytest.mark.parametrize("form", LEADS)
@pytest.mark.parametrize("name", NAMES)
def test_whatever_the_lead_says_of_it_names_the_agency(form: str, name: str) -> None:
    assert named(identified(_TITLE, LEADS[form](name))) == NAMES[name]


@pytest.mark.parametrize("name", NAMES)
def test_a_signature_names_the_agency(name: str) -> None:
    assert named(identified(_TITLE, "编制本报告。", f"\n{name}\n2021年1月20日\n")) == NAMES[name]


@pytest.mark.parametrize(
    "name", ["经济开发区管委会", "街道办事处", "水务集团", "中心学校", "长岛综合试验区"]
)
def test_a_name_of_which_nothing_is_known_is_kept(name: str) -> None:
    found = identified(_TITLE, f"现公布{name}2020年度政府信息公开工作年度报告。")
    assert found.agency is not None
    assert not found.agency.is_placed
    assert found.agency_stated == name


@pytest.mark.parametrize(
    ("upper", "lower", "name"),
    [
        ("政府信息公开", "嵩明县水务局", "嵩明县水务局"),
        ("云南省昆明市", "嵩明县水务局", "嵩明县水务局"),
    ],
)
def test_a_name_torn_at_the_end_of_a_line_is_whole(upper: str, lower: str, name: str) -> None:
    assert named(identified(f"{upper}\n{lower}\n{_TITLE}", "编制本报告。")) == name


@pytest.mark.parametrize(
    "said",
    [
        "综合2020年度丽水市各县（市、区）政府和市级各部门的年度报告编制而成。",
        "根据2020年丽水市各开发区管委会、市人民政府各部门等年度报告编制。请与丽水市人民政府办公室联系。",
        "由丽水市人民政府办公室根据各县市区政府、市政府各部门报告综合编制。",
        "汇总各县人民政府、市政府各部门年度报告编制。请与丽水市人民政府办公室联系。",
        "由丽水市人民政府办公室编制。我市重视公开。",
        "丽水市政务公开领导小组办公室编制了2020年丽水市人民政府信息公开工作年度报告。",
        "丽水市行政审批局编制了丽水市2020年政府信息公开年度报告。",
    ],
)
def test_whoever_wrote_the_report_of_a_region_it_is_its_governments(said: str) -> None:
    assert named(identified(_TITLE, f"本报告{said}")) == "丽水市人民政府"


@pytest.mark.parametrize("own", ["我办", "本机关"])
def test_an_office_that_speaks_of_itself_reports_for_itself(own: str) -> None:
    found = identified(_TITLE, f"本报告由丽水市人民政府办公室编制。{own}重视公开。")
    assert named(found) == "丽水市人民政府办公室"


@pytest.mark.parametrize(
    "said",
    [
        "我局编制。由南阳市编制了规划。",
        "本报告由本单位编制。由南阳市统一编制的权责清单已公布。",
        "本单位结合南阳市实际，编制本报告。",
        "本报告是根据国务院办公厅要求编制的。",
        "参照《河南省2019年政府信息公开工作年度报告》格式，本单位编制年报。",
        "为做好南阳市政府信息公开工作，我局编制本报告。",
        "按照南阳市2020年统一部署，现将有关情况报告如下。",
        "按照南阳市2020年政务公开工作安排，现将有关情况报告如下。",
        "根据南阳市2020年政务公开工作要点，我单位认真落实。",
        "根据河南省人民政府2020年度工作部署，我单位认真落实。",
        "我局编制。数据来源：南阳市统计局。",
        "本报告综合各科室材料编制。我局在南阳市人民政府网站公开。",
        "2020年，国务院持续推进公开，我局落实。",
        "2021年，江苏省持续深化改革，我单位落实。",
        "赴贵州省考察，我镇落实。",
        "现将情况报告如下。国务院办公厅将年报格式统一，我单位落实。",
        "现将情况报告如下。河南省水利厅把我单位列为先进。",
        "现将情况报告如下。南阳市财政局加强指导，我单位落实。",
        "南阳市人民政府向社会公布了年度报告。我单位落实。",
        "反映2020年南阳市信息公开情况的报告已公布，我局落实。",
        "我局编制。参照南阳市人民政府网站向社会公布的年度报告。",
        "我局编制。南阳市人民政府网站共发布信息30条。",
        "我局编制。增加南阳市财政局局长为小组成员，由南阳市审计局局长任副组长。",
    ],
)
def test_whoever_else_is_spoken_of_is_not_the_writer(said: str) -> None:
    found = identified(_TITLE, said)
    assert found.agency is None or not found.agency.is_placed


@pytest.mark.parametrize(
    ("field", "said", "name"),
    [
        (
            "信息来源:平川区人民政府",
            "现公布《白银市平川区发展和改革局2020年度政府信息公开年报》。",
            "白银市平川区发展和改革局",
        ),
        ("来源：兴义市教育局", "本报告由兴义市人民政府办公室编制。", "兴义市人民政府办公室"),
    ],
)
def test_whose_page_it_is_does_not_sign_it(field: str, said: str, name: str) -> None:
    assert named(identified(f"{_TITLE}\n{field}", said)) == name


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("在县委、县政府的正确领导下，纳瓦乡充分发挥网站作用。", "洛浦县纳瓦乡人民政府"),
        ("现将本年度县水利局政府信息公开情况公布如下。", "洛浦县水利局"),
        ("现将我县2020年政府信息公开工作情况公布如下。", "洛浦县人民政府"),
        ("如有疑问，请与洛浦县政务服务局联系。", "洛浦县人民政府"),
    ],
)
def test_a_government_above_the_title_may_only_keep_the_site(said: str, name: str) -> None:
    assert named(identified(f"洛浦县人民政府\n{_TITLE}", said)) == name


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("本报告由交口县人民政府办公室编制。2020年，交口县人民政府推进公开。", "交口县人民政府"),
        ("由乌海市政务公开工作领导小组办公室综合各区、市直各部门年度报告编制。", "乌海市人民政府"),
        ("长江大学学校办公室结合学校实际情况，编制本报告。", "长江大学"),
        ("郑州市金水区双桥办事处向社会公布2020年度报告。", "郑州市金水区双桥办事处"),
    ],
)
def test_whose_work_it_is_counts_before_who_wrote_it(said: str, name: str) -> None:
    assert named(identified(_TITLE, said)) == name
