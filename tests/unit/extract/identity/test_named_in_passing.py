"""Reports without a title: who reports is said somewhere else than where authors stand."""

import pytest

from pipeline.extract.identity.identify import ReportIdentity, identify
from pipeline.extract.identity.in_passing import PassingName, passing_names
from pipeline.extract.identity.segmentation import Part
from pipeline.model.document import Document
from pipeline.model.report import DocType
from pipeline.readers.text.plain_text import blocks_of

_BODY = (
    "一、总体情况\n（一）主动公开。2021年主动公开政府信息120条。\n"
    "（二）依申请公开。2021年收到政府信息公开申请3件。\n"
    "二、行政复议和行政诉讼情况\n没有发生。\n三、存在的主要问题\n公开的内容还不够充实。\n"
)
_OPENING = "根据《中华人民共和国政府信息公开条例》，特向社会公布2021年度报告。"


def identified(head: str, body: str = _BODY) -> ReportIdentity:
    text = f"{head}\n{body}"
    document = Document(text=text, blocks=blocks_of(text), media_type="text/plain")
    return identify(Part(1, document.blocks, 0, len(text)), document)


def name(found: ReportIdentity) -> str | None:
    return found.agency.name_zh if found.agency else None


@pytest.mark.parametrize(
    "said",
    [
        "如有疑问，请与松滋市水利局（地址：松滋市民主路18号；邮编：434200；电话：0716-6220000）联系。",
        "统计期限为2021年全年。松滋市水利局联系电话：0716-6220000。",
        "对本报告有疑问，请与松滋市水利局联系（联系电话：0716-6220000）。",
        "本报告根据条例要求，由松滋市水利局围绕2021年度政府信息公开工作情况编制而成。",
        "安排2名干部承担松滋市水利局政府信息公开工作。我局高度重视。",
        "我局成立了松滋市水利局政务公开领导小组。",
        "我局深化公开。松滋市水利局网站主动公开政府信息90条。",
        "发布机构 | 松滋市水利局 |",
        "本报告的电子版可在松滋市水利局网站（http://www.szslj.gov.cn）查阅或下载。我局高度重视。",
        "我局通过松滋市水利局子网站主动公开政策文件2条。",
        "我局按期编制年度报告，现通过松滋市水利局门户网站（http://www.szslj.gov.cn）予以公布。",
        "本报告的电子版可在松滋市水利局网站信息公开专栏查阅。我局高度重视。",
        "我局及时调整补充了松滋市水利局信息公开领导小组成员。",
        "我局运用松滋市水利局微信公众号及时发布信息。",
        "政府信息主要通过松滋市水利局网站、《松滋水利》杂志、电视台等方式予以公开。我局高度重视。",
        "松滋市水利局向社会公布本单位年度报告。",
        "本局编制了松滋市水利局2021年政府信息公开年度报告。",
        "结合局实际，修改《松滋市水利局主动公开基本目录》。",
        "我局重视。发布日期：2022-01-15 来源：松滋市水利局",
    ],
)
def test_an_agency_named_anywhere_is_not_lost(said: str) -> None:
    assert name(identified(f"{said}\n{_OPENING}")) == "松滋市水利局"


@pytest.mark.parametrize(
    ("said", "government"),
    [
        ("我县重视公开。报告可在兴海县人民政府公开专栏获取。", "兴海县人民政府"),
        ("我区重视公开。三亚市海棠区政务微信平台发布信息63条。", "三亚市海棠区人民政府"),
        ("全市各级行政机关通过乌兰浩特市政务公开网公开信息。", "乌兰浩特市人民政府"),
        ("全县重视公开。报告可在兴海县人民政府公开专栏获取。", None),
        ("本级政府按期编制。全县重视公开。报告可在兴海县人民政府网站下载。", "兴海县人民政府"),
        ("本级政府按期编制。全市重视公开。报告可在兴海县人民政府网站下载。", None),
        ("我县重视公开，我局也是。报告可在兴海县人民政府公开专栏获取。", None),
        ("我县重视公开。报告可在兴海县人民政府、刚察县人民政府网站获取。", None),
        ("我市重视公开。报告可在宣城市人民政府网站获取。", None),
        ("我区重视公开。报告可在广西壮族自治区人民政府网站获取。", None),
        ("我县重视公开。地址：兴海县子科滩镇。", None),
    ],
)
def test_a_region_that_speaks_of_itself_is_the_one_whose_site_it_names(
    said: str, government: str | None
) -> None:
    found = identified(f"{said}{_OPENING}")
    assert name(found) == government
    assert bool(found.notices) is (government is not None)


def test_every_way_to_be_named_in_passing_has_an_id_of_its_own() -> None:
    ids = [one.id for one in passing_names()]
    assert len(set(ids)) == len(ids) > 15


@pytest.mark.parametrize("one", passing_names(), ids=lambda one: one.id)
@pytest.mark.parametrize(
    ("writer", "agency"),
    [("我局", "松滋市水利局"), ("我镇", "松滋市南海镇人民政府"), ("我院", "松滋市人民医院")],
)
def test_a_writer_is_named_by_each_example(one: PassingName, writer: str, agency: str) -> None:
    said = one.example.replace("<name>", agency).replace("我局", writer)
    assert name(identified(f"{_OPENING}\n{said}\n{writer}高度重视。")) == agency


@pytest.mark.parametrize("one", [one for one in passing_names() if one.own], ids=lambda one: one.id)
def test_a_bureau_that_a_government_tells_of_is_not_its_writer(one: PassingName) -> None:
    said = one.example.replace("<name>", "松滋市水利局")
    assert name(identified(f"{_OPENING}我县高度重视。{said}")) is None
    assert name(identified(f"{_OPENING}{said}")) is None


@pytest.mark.parametrize(
    "said",
    [
        "按照荆州市水利局的要求，公开信息30条。",
        "荆州市水利局组织培训，参加2次。",
        "在荆州市水利局的指导下开展工作。",
        "转发了荆州市水利局的通知，报送荆州市水利局。",
        "在荆州市水利局门户网站发布信息30条。",
        "本报告可在国家税务总局湖北省税务局网站查阅。",
        "申请人可登录国家统计局网站查询。",
        "主办单位：松滋市人民政府办公室　承办单位：松滋市水利局",
        "版权所有：松滋市水利局",
        "受理机构：松滋市政务服务管理局",
        "来源：松滋市大数据局",
        "公众可到松滋市档案局查阅点查阅。监督部门：松滋市司法局。",
    ],
)
def test_a_bureau_that_only_stands_above_is_not_the_writer(said: str) -> None:
    assert name(identified(f"{_OPENING}我局高度重视。{said}")) is None


@pytest.mark.parametrize(
    ("said", "own"),
    [
        ("现将松滋市水利局政府信息公开工作情况报告如下。", "松滋市水利局"),
        ("现将松滋市人民政府信息公开工作情况报告如下。", "松滋市人民政府"),
        ("现将松滋市南海镇人民政府信息公开工作情况报告如下。", "松滋市南海镇人民政府"),
        ("我市高度重视，现将我市政府信息公开工作情况报告如下。", None),
    ],
)
def test_whose_work_is_reported_is_the_writer(said: str, own: str | None) -> None:
    assert name(identified(f"{_OPENING}{said}")) == own


def test_a_town_is_named_by_its_own_column() -> None:
    said = "我镇在松滋市南海镇人民政府政务信息专栏公开信息。"
    assert name(identified(f"{_OPENING}{said}")) == "松滋市南海镇人民政府"


@pytest.mark.parametrize(
    "said",
    [
        "地址：湖北省松滋市南海镇人民政府党政综合办公室。",
        "（通讯地址：松滋市南海镇文河村发展路1号南海镇党政办）。",
    ],
)
def test_a_town_is_named_by_its_address(said: str) -> None:
    found = identified(f"{_OPENING}如有疑问，请与本单位联系，{said}")
    assert name(found) == "松滋市南海镇人民政府"


def test_a_subdistrict_may_call_itself_a_street() -> None:
    opening = "根据《条例》要求，现公布白云街2021年度政府信息公开工作年度报告。"
    assert name(identified(opening)) == "白云街道"
    placed = identified(f"{opening}通过越秀区门户网站公开信息。")
    assert name(placed) == "广州市越秀区白云街道办事处"


def test_of_two_whose_accounts_are_named_none_is_the_author() -> None:
    accounts = "我局用“松滋市水利局”微信公众号和“松滋市教育局”微信公众号发布信息。"
    assert name(identified(f"{_OPENING}{accounts}")) is None


def test_the_account_of_another_kind_of_body_names_no_author() -> None:
    assert name(identified(f"{_OPENING}我镇用“松滋市教育局”微信公众号发布信息。")) is None


@pytest.mark.parametrize(
    "said",
    [
        "我镇的报告可在松滋市水利局网站查阅。",
        "我局通过松滋市人民政府网站主动公开政策文件2条，本报告可在松滋市人民政府网站下载。",
        "我局通过松滋市教育局网站公开政策文件2条，通过松滋市水利局网站公开3条。",
    ],
)
def test_a_site_that_is_not_the_writers_own_names_no_author(said: str) -> None:
    assert name(identified(f"{_OPENING}{said}")) is None


def test_a_town_that_its_opening_calls_by_name_alone_is_kept_unplaced() -> None:
    opening = "根据《条例》要求，现公布中仓街道2021年度政府信息公开工作年度报告。"
    found = identified(opening)
    assert found.agency_stated == "中仓街道"
    assert found.agency is not None
    assert not found.agency.is_placed
    assert identified(opening.replace("中仓街道", "我街道")).agency is None


@pytest.mark.parametrize(
    ("said", "own"),
    [
        ("如有疑问，请与松滋市南海镇党政办联系（电话：0716-6220000）。", "松滋市南海镇人民政府"),
        ("如有疑问，请与松滋市水利局办公室联系。我局高度重视。", "松滋市水利局"),
        (
            "如有疑问，请与湖北省人民政府信息公开办公室联系。全省各级机关高度重视。",
            "湖北省人民政府",
        ),
        (
            "本报告由湖北省人民政府办公厅综合各市州人民政府的年度报告编制而成。",
            "湖北省人民政府",
        ),
    ],
)
def test_a_desk_answers_for_its_agency(said: str, own: str) -> None:
    assert name(identified(f"{_OPENING}{said}")) == own


@pytest.mark.parametrize(
    "said",
    [
        "2021年，县城乡建设局聚焦中心工作和重点领域，积极推进公开。",
        "2021年，县城乡建设局及其部门未收到申请。",
    ],
)
def test_a_name_ends_where_its_sentence_goes_on(said: str) -> None:
    assert identified(f"{_OPENING}{said}").agency_stated == "县城乡建设局"


def test_those_whose_reports_are_put_together_are_no_agency() -> None:
    said = (
        "本报告由市政府办公室综合各区县人民政府和市政府各委、办、局的报告编制。"
        "可在湖北省宜昌市政府网站下载。"
    )
    found = identified(f"{_OPENING}{said}")
    assert "各" not in (found.agency_stated or "")


def test_a_town_is_named_by_what_it_goes_on_doing() -> None:
    said = "2021年，南槐乡继续把政府信息公开作为推进依法行政的重要举措。"
    assert identified(f"{_OPENING}{said}").agency_stated == "南槐乡"


def test_the_head_of_a_site_is_not_the_author_of_an_older_report() -> None:
    head = (
        "松滋市自然资源和规划局政府信息公开\n松滋市国土资源局2011年度政府信息公开年度报告\n"
        "来源：松滋市信息办\n"
    )
    assert name(identified(head)) == "松滋市国土资源局"


def test_a_masked_person_to_ask_masks_no_agency() -> None:
    head = "松滋市水利局2021年政府信息公开工作年度报告\n松滋市水利局\n"
    assert name(identified(f"{head}如有疑问，请联系：黄某某（联系电话：6220000）。")) == (
        "松滋市水利局"
    )


@pytest.mark.parametrize(
    "said",
    [
        "编制了《松滋市水利局2021年政府信息公开工作年度报告》（以下简称年报）。2020年，我局每日公布水情。",
        "松滋市水利局\n2022年1月\n本报告是由松滋市水利局编制的2021年度政府信息公开年度报告。",
        "松滋市水利局\n2022年1月\n2021年，我局认真推进公开。",
    ],
)
def test_what_the_opening_calls_the_paper_outranks_other_years(said: str) -> None:
    body = _BODY.replace("2021年", "全年")
    assert identified(said, body).year == 2021


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (
            "《松滋市水利局2021年政府信息公开工作年度报告》已经向社会公开，现就年报内容进行如下解读。",
            DocType.OTHER,
        ),
        ("研究所今天发布《关于“2021年政府信息公开工作年度报告”的调研报告》。", DocType.OTHER),
        (
            "《松滋市水利局2021年信息公开工作年度报告》是松滋市水利局发布的一份报告。",
            DocType.ANNUAL_REPORT,
        ),
        ("松滋市人民政府政务公开办公室2021年政府信息公开工作报告", DocType.ANNUAL_REPORT),
        ("松滋市水利局2021年政务公开工作总结", DocType.WORK_SUMMARY),
    ],
)
def test_a_paper_about_reports_is_none(head: str, kind: DocType) -> None:
    assert identified(head, "一、总体情况\n全年公开信息120条。\n").doc_type is kind


def test_some_town_is_not_the_government_of_the_county_it_gives_as_address() -> None:
    asked = "我镇编制本报告。如有疑问，请与镇政府联系（地址：松滋市民主路18号党政办）。"
    found = identified(f"{_OPENING}{asked}", f"2021年镇政府认真落实条例。{_BODY}")
    assert name(found) == "镇政府"


def test_an_and_inside_a_name_parts_no_name() -> None:
    asked = "如有疑问，请与湖北省人力资源和社会保障厅办公室联系（地址：武汉市武昌区中南路7号）。"
    compiled = "本报告依据2021年度湖北省人力资源和社会保障厅政府信息公开情况编制。"
    assert name(identified(f"{compiled}{asked}")) == "湖北省人力资源和社会保障厅"


def test_governments_of_a_tier_are_nobody() -> None:
    said = "湖北省落实了国务院关于2021年省级政府全面公开预算的要求。2021年，湖北省坚持公开。"
    assert name(identified(f"{_OPENING}\n{said}")) == "湖北省人民政府"


def test_a_zone_at_work_is_its_committee() -> None:
    found = identified("", f"2021年，苏州工业园区认真贯彻条例。{_BODY}")
    assert name(found) == "苏州工业园区管理委员会"


def test_the_office_to_ask_answers_for_the_city_whose_work_is_told() -> None:
    asked = "如有疑问，请与松滋市人民政府办公室联系（电话：0716-6220000）。"
    assert name(identified(f"{_OPENING}{asked}\n2021年，松滋市坚持以公开为常态。")) == (
        "松滋市人民政府"
    )


def test_the_zone_printed_above_its_title_is_not_said_twice() -> None:
    head = "发布机构：苏州工业园区\n苏州工业园区管理委员会2021年政府信息公开工作年度报告"
    assert name(identified(head)) == "苏州工业园区管理委员会"


@pytest.mark.parametrize(
    "opening",
    [
        "根据条例，特向社会公布松滋市水利局（以下简称“水利局”，下文类同）2021年年度报告。",
        "我局严格执行条例，编制了《松滋市水利局2021年政府信息公开工作年度报告》，现予公布。",
        "本报告所列数据的统计期限为2021年全年。松滋市水利局认真落实条例。",
    ],
)
def test_a_paper_that_calls_itself_the_report_is_no_summary(opening: str) -> None:
    found = identified(opening, "2021年我局推进政务公开工作，公开信息120条。\n")
    assert (found.doc_type, found.year) == (DocType.ANNUAL_REPORT, 2021)


def test_a_period_left_from_the_year_before_does_not_date_a_report_of_this_year() -> None:
    period = "统计期限自2020年1月1日起至2020年12月31日止。"
    found = identified(f"根据条例，松滋市水利局编制了2021年政府信息公开年度报告。{period}")
    assert found.year == 2021
    assert [one.printed for one in found.conflicts] == [2020]


@pytest.mark.parametrize(
    "account", ["通过松滋水利微信公众号", "我局有“松滋水利”官方微博，", "用“松滋水利”微信公众号"]
)
def test_an_account_of_the_same_kind_of_body_tells_its_place(account: str) -> None:
    body = f"2021年，市水利局认真落实条例。{account}发布动态信息80条。{_BODY}"
    assert name(identified(_OPENING, body)) == "松滋市水利局"


def test_an_account_of_another_kind_of_body_tells_no_place() -> None:
    body = f"2021年，市水利局认真落实条例。通过松滋教育微信公众号发布信息。{_BODY}"
    assert name(identified(_OPENING, body)) == "市水利局"


@pytest.mark.parametrize(
    "said",
    [
        "我局公开信息。公民可查阅《嘉祥县人民政府信息公开指南》。",
        "我院公开信息，详见《济宁市卫生健康委员会政府信息公开指南》。",
        "我局遵照《济宁市卫生健康委员会政府信息公开目录》公开信息。",
        "我单位公开信息。需要的可参看《嘉祥县人民政府办公室政府信息公开目录》。",
        "我校在市政府网站济宁市教育局专栏公开信息30条。",
        "我院每月规范嘉祥县卫生健康局信息报送。",
    ],
)
def test_papers_and_columns_of_others_name_no_writer(said: str) -> None:
    assert name(identified(f"{said}\n{_OPENING}")) is None


def test_a_guide_that_a_reader_consults_places_no_bureau() -> None:
    said = "我局公开信息。申请指南见《济宁市卫生健康委员会政府信息公开指南》。"
    found = identified(f"卫生健康局2021年政府信息公开工作年度报告\n{said}")
    assert found.agency is not None
    assert found.agency.region_code is None


def test_what_a_site_prints_behind_the_title_is_not_the_school_on_it() -> None:
    title = "2021年政府信息公开工作年度报告|嘉祥县教育局"
    assert name(identified(title, f"2021年，我校主动公开政府信息120条。\n{_BODY}")) is None


@pytest.mark.parametrize(
    ("opening", "placed"),
    [("我委收到申请12件。", None), ("收到申请12件。", "511800")],
)
def test_a_zone_without_a_name_is_not_one_beside_which_it_says_we(
    opening: str, placed: str | None
) -> None:
    said = f"2021年，{opening}\n雅安工业园区管委会按照要求公开了信息。"
    found = identified("工业园区管委会2021年政府信息公开工作年度报告", said)
    assert found.agency is not None
    assert found.agency.region_code == placed
