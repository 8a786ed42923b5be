"""What a report says about its place, its year and its kind beside its own name."""

import pytest

from pipeline.extract.identity.identify import ReportIdentity, identify
from pipeline.extract.identity.segmentation import split
from pipeline.model.document import Reading, Rejection
from pipeline.model.report import DocType
from pipeline.readers.reading import read


def identified(title: str, said: str = "", *, year: int = 2021, signed: str = "") -> ReportIdentity:
    """A small report with a title, a sentence behind the period, and a signature."""
    text = (
        f"{title}\n\n根据《条例》要求，现公布本机关{year}年度政府信息公开工作年度报告。"
        f"本报告所列数据的统计期限为{year}年1月1日至{year}年12月31日。{said}\n一、总体情况\n"
        "全年主动公开政府信息135条。\n全年收到政府信息公开申请3件，均已按期办结。\n"
        f"二、存在的问题\n公开的内容还不够充实。\n\n{signed}\n{year + 1}年1月12日\n"
    )
    (reading,) = read("report.txt", text.encode())
    assert isinstance(reading, Reading)
    assert not isinstance(reading.content, Rejection)
    return identify(split(reading.content)[0], reading.content)


def name(found: ReportIdentity) -> str:
    assert found.agency is not None
    return found.agency.name_zh if found.agency.is_placed else "unresolved"


TITLE = "2021年政府信息公开工作年度报告"


@pytest.mark.parametrize(
    ("own", "said", "full"),
    [
        ("市教育局", "本报告电子版可在宣城市人民政府网站下载。", "宣城市教育局"),
        ("县教育局", "本报告电子版可从歙县人民政府门户网站查阅。", "歙县教育局"),
        ("县教育局", "本报告的电子版可以从莆田市人民政府门户网站查阅。", "unresolved"),
        ("唐村镇", "电子版可通过济宁市人民政府门户网站下载。", "邹城市唐村镇人民政府"),
        ("县统计局", "在“中国如东”政府门户网站发布信息。", "如东县统计局"),
        ("县统计局", "在“中国朝阳”政府门户网站发布信息。", "unresolved"),
        ("县统计局", "在“中国信息”网发布信息。", "unresolved"),
        ("唐村镇", "", "unresolved"),
        ("青龙镇", "地址：建水县青龙镇人民政府。", "建水县青龙镇人民政府"),
        ("财政局", "本报告可通过武汉市人民政府网站查阅。", "unresolved"),
        ("财政局", "地址：武汉市，本报告可通过武汉市人民政府网站查阅。", "unresolved"),
        ("财政局", "地址：武汉市，可在武汉市人民政府网站查阅。服务全市发展。", "武汉市财政局"),
        ("财政局", "地址：武汉市，可在武汉市人民政府网站查阅。区委、区政府重视。", "unresolved"),
        ("财政局", "地址：湖北省，可在湖北省人民政府网站查阅。", "unresolved"),
        ("财政局", "地址：歙县，本报告可通过歙县人民政府网站查阅。", "歙县财政局"),
        ("财政局", "地址：歙县，可通过歙县人民政府网站查阅。我市重视。", "unresolved"),
        ("财政局", "地址：诸城市，可通过诸城市人民政府网站查阅。我市重视。", "诸城市财政局"),
        ("市财政局", "可在三河市人民政府网站查阅，并报送廊坊市财政局。", "unresolved"),
        ("市审计局", "按《天津市人民政府办公厅关于印发编制办法的通知》编制。", "天津市审计局"),
        ("朝阳区卫生健康局", "地址：朝阳市双塔区。", "unresolved"),
        ("江北区审计局", "本报告可在宁波市江北区审计网下载。", "宁波市江北区审计局"),
        ("市场监督管理局", "本报告可在苏州市人民政府网站查阅。", "unresolved"),
        ("市监局", "地址：内蒙古自治区呼伦贝尔市中山路12号。", "unresolved"),
        ("住房和城乡建设局", "本报告可在衢州市人民政府网站查阅。", "unresolved"),
        ("旧城乡", "本报告可在平果市人民政府网站查阅。", "平果市旧城乡人民政府"),
        (
            "财政局",
            "本报告可在西安区政府网站查阅，并报送牡丹江市人民政府办公室。",
            "牡丹江市西安区财政局",
        ),
        ("翠山湖管委会", "见信息公开目录“开平市翠山湖管委会”栏目。", "开平市翠山湖管委会"),
        ("翠山湖管委会", "", "unresolved"),
        ("南湖新区财政局", "本报告可在岳阳市南湖新区网站下载。", "岳阳市南湖新区财政局"),
        ("南湖新区财政局", "岳阳市南湖新区与嘉兴市南湖新区结对。", "unresolved"),
        ("巴州财政局", "请与巴音郭楞蒙古自治州财政局办公室联系。", "巴音郭楞蒙古自治州财政局"),
    ],
)
def test_places_said_place_a_name_together_not_alone(own: str, said: str, full: str) -> None:
    found = identified(own + TITLE, said)
    assert name(found) == full
    if full == "unresolved":
        assert found.agency_stated == own


@pytest.mark.parametrize(
    ("way", "own", "full"),
    [
        ("首页 > 信息公开年报 > 海伦市 > 海南乡", "海南乡", "海伦市海南乡人民政府"),
        ("位置：首页>>年报>>望奎县>>海南乡", "海南乡人民政府", "望奎县海南乡人民政府"),
        ("首页 / 年报 / 绥化市 / 海伦市", "海南乡", "海伦市海南乡人民政府"),
        ("首页 > 年报 > 海伦市 > 水务局", "水务局", "海伦市水务局"),
        ("首页 > 年报 > 海伦市", "市水务局", "海伦市水务局"),
        ("首页 > 年报 > 鼓楼区 > 水务局", "水务局", "unresolved"),
        ("首页 > 海伦市 > 望奎县 > 乡镇", "海岱乡", "unresolved"),
        ("首页 > 年报 > 海伦市 > 部门", "水务局", "unresolved"),
    ],
)
def test_the_way_to_a_page_says_where_it_is(way: str, own: str, full: str) -> None:
    assert name(identified(f"{way}\n{own}{TITLE}")) == full


@pytest.mark.parametrize(
    ("title", "full"),
    [
        (f"【辽阳县】下达河乡{TITLE}", "辽阳县下达河乡人民政府"),
        (f"【年度报告】嘉祥县教育局{TITLE}", "嘉祥县教育局"),
        (f"2022年1月发布：嘉祥县教育局{TITLE}", "嘉祥县教育局"),
        (f"[2022-01-12]嘉祥县教育局{TITLE}", "嘉祥县教育局"),
        (f"内江市隆昌生态环境局{TITLE}", "内江市隆昌生态环境局"),
        (f"济宁市嘉祥教育局{TITLE}", "嘉祥县教育局"),
        ("2021年下达河乡政府信息公开工作年度报告（辽阳县）", "辽阳县下达河乡人民政府"),
        (f"西安市\n市场监督管理局\n{TITLE}", "西安市市场监督管理局"),
        ("湘潭市雨湖区\n教育局2021年\n政府信息公开工作年度报告", "湘潭市雨湖区教育局"),
        (f"济宁市\n嘉祥县教育局\n{TITLE}", "嘉祥县教育局"),
        (f"汕尾市\n城区司法局\n{TITLE}", "汕尾市城区司法局"),
        (f"芒市\n西山乡{TITLE}", "芒市西山乡人民政府"),
        (f"{TITLE}——南溪县", "南溪县人民政府"),
        (f"{TITLE}——钦州市工商行政管理局", "钦州市工商行政管理局"),
        (f"{TITLE}（钦州市工商行政管理局）", "钦州市工商行政管理局"),
        ("（2021年度）青岛市市南区财政局政府信息公开年报", "青岛市市南区财政局"),
        ("嘉祥县教育局2021年政府信息年度报告", "嘉祥县教育局"),
        ("嘉祥县教育局2021年度报告", "嘉祥县教育局"),
        (f"六盘水市人民政府（市人民政府办公室）{TITLE}", "六盘水市人民政府办公室"),
        (f"新疆生产建设兵团{TITLE}", "新疆生产建设兵团"),
        (f"阿里地区{TITLE}", "阿里地区行政公署"),
    ],
)
def test_a_title_names_its_agency_wherever_it_stands(title: str, full: str) -> None:
    assert name(identified(title)) == full


@pytest.mark.parametrize("own", ["青岭新区", "青岭县人民政府", "青岭县教育局"])
def test_a_name_of_which_nothing_is_known_is_kept_with_its_reason(own: str) -> None:
    found = identified(own + TITLE)
    assert found.agency_stated == own
    assert name(found) == "unresolved"
    assert any("could not be placed (unknown_name)" in notice for notice in found.notices)
    assert any(".csv" in notice for notice in found.notices)


@pytest.mark.parametrize("mark", [" ", "、", "\n"])
def test_two_heads_give_no_fact_to_either(mark: str) -> None:
    found = identified(f"北京市统计局{mark}国家统计局北京调查总队\n{TITLE}")
    assert name(found) == "unresolved"
    assert any("(joint)" in notice for notice in found.notices)


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("嘉祥县教育局2018年度(2019年公布)政府信息公开工作年度报告", 2018),
        ("嘉祥县教育局〔2010〕年度政府信息公开工作年度报告", 2010),
        ("嘉祥县教育局2 0 1 5年度政府信息公开工作年度报告", 2015),
        ("二〇一五年度嘉祥县教育局政府信息公开工作报告", 2015),
    ],
)
def test_a_year_is_read_however_it_is_printed(title: str, year: int) -> None:
    found = identified(title, year=year)
    assert (found.year, found.conflicts) == (year, ())
    assert name(found) == "嘉祥县教育局"


def test_when_a_title_was_put_there_is_neither_its_year_nor_its_kind() -> None:
    found = identified(f"2022年1月发布：嘉祥县教育局{TITLE}")
    assert (found.year, found.doc_type) == (2021, DocType.ANNUAL_REPORT)
    monthly = identified("嘉祥县教育局2021年1月政府信息公开工作报告")
    assert monthly.doc_type is DocType.OTHER


def test_a_list_of_links_is_no_heading() -> None:
    links = "\n".join(
        f"嘉祥县教育局{year}年政府信息公开工作年度报告{year + 1}-01-20" for year in (2023, 2019)
    )
    found = identified(f"历年年报\n{links}\n嘉祥县教育局{TITLE}")
    assert (found.year, found.conflicts) == (2021, ())


@pytest.mark.parametrize(
    "advert",
    [
        "【推荐阅读】2018年政务公开工作总结6篇 点击下载全文",
        "推荐阅读：2019年度政府信息公开工作总结（精选6篇）",
        "更多政务公开工作总结请关注公众号“写作帮”",
    ],
)
def test_an_advertisement_makes_no_summary(advert: str) -> None:
    found = identified(f"{advert}\n\n嘉祥县教育局{TITLE}")
    assert (found.doc_type, found.year) == (DocType.ANNUAL_REPORT, 2021)


@pytest.mark.parametrize("title", [f"深圳出入境边防检查总站{TITLE}", f"关于上报{TITLE}的报告"])
def test_a_report_is_no_inspection_and_no_letter(title: str) -> None:
    found = identified(title, signed="嘉祥县教育局")
    assert found.doc_type is DocType.ANNUAL_REPORT


@pytest.mark.parametrize(
    ("said", "full"),
    [
        ("请与东至县科技经济信息化局办公室联系。", "东至县科技经济信息化局"),
        ("请与东至县科技工业信息化局办公室联系。", "东至县科经局"),
        ("请与枞阳县科技经济信息化局办公室联系。", "东至县科经局"),
        (
            "请与东至县科技经济信息化局联系，也可与东至县科技和经济局联系。",
            "东至县科经局",
        ),
    ],
)
def test_a_name_of_unknown_words_is_short_for_the_one_it_is_spelled_out_as(
    said: str, full: str
) -> None:
    assert name(identified(f"东至县科经局{TITLE}", said)) == full


def test_the_head_of_a_site_with_the_day_is_no_title() -> None:
    head = "天津市武清区人民政府 2019年12月3日星期二\n武清区白古屯镇人民政府"
    found = identified(head + TITLE)
    assert name(found) == "天津市武清区白古屯镇人民政府"
    assert found.year == 2021
