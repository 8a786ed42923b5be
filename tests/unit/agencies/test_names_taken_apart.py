"""How names are taken apart: regions, the place below them, what the agency does, what is left."""

import pytest

from pipeline.agencies.names import normalise
from pipeline.agencies.parse import division_in_full, read_name


def read(name: str) -> str | None:
    """What is read of a name: every field that says something, in one line."""
    parse = read_name(normalise(name))
    if parse is None:
        return None
    own = parse.function
    regions = "/".join(f"{one.code}{one.name}" for one in parse.regions[:2])
    said = {
        "town" if parse.is_town else "zone": parse.place,
        "does": own.slug if own else "",
        "unit": own.unit if own else "",
        "rest": parse.rest,
        "of a": parse.tier.value if parse.tier else "",
        "written": parse.written,
        "body": parse.body,
    }
    words = [regions, *(f"{what} {value}" for what, value in said.items() if value)]
    words += ["vague"] * parse.is_vague + ["joint"] * parse.is_joint
    return ", ".join(words)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("嘉祥县教育局", "370829嘉祥县, does education"),
        ("嘉祥县", "370829嘉祥县"),
        ("嘉祥", "370829嘉祥县"),
        ("嘉祥教育局", "370829嘉祥县, does education"),
        ("填报单位（盖章）：嘉祥县教育局", "370829嘉祥县, does education"),
        ("编制单位(公章): 嘉祥县教育局", "370829嘉祥县, does education"),
        ("单位名称（章）：嘉祥县教育局", "370829嘉祥县, does education"),
        ("山东省济宁市嘉祥县教育局", "370829嘉祥县, does education"),
        ("济宁市嘉祥县教育局", "370829嘉祥县, does education"),
        ("济宁嘉祥教育局", "370829嘉祥县, does education"),
        ("山东省教育厅", "370000山东省, does education"),
        ("山东教育厅", "370000山东省, does education"),
        ("吉林省教育厅", "220000吉林省, does education"),
        ("吉林教育厅", "220000吉林省, does education"),
        ("吉林市教育局", "220200吉林市, does education"),
        ("吉林教育局", "220000吉林省/220200吉林市, does education"),
        ("吉林公安消防总队", "220000吉林省, does fire_rescue"),
        ("朝阳区教育局", "110105朝阳区/220104朝阳区, does education"),
        ("朝阳市教育局", "211300朝阳市, does education"),
        ("朝阳教育局", "110105朝阳区/211300朝阳市, does education"),
        ("海南教育局", "150303海南区/460000海南省, does education"),
        ("海南州教育局", "632500海南藏族自治州, does education"),
        ("原嘉祥县质监局", "370829嘉祥县, does quality_supervision"),
        ("嘉祥县某某局", "370829嘉祥县, rest 某某局"),
        ("嘉祥县的教育局", None),
        ("嘉祥县我们某某局", None),
        ("嘉祥县由某某局", None),
        ("嘉祥县某某县某某局", None),
        ("嘉祥县某某", None),
        ("嘉祥某某局", ", rest 嘉祥某某局"),
        ("嘉祥县县教育局", "370829嘉祥县, does education"),
        ("济宁市直教育局", "370800济宁市, does education"),
        ("济宁市本级财政局", "370800济宁市, does finance"),
        ("济宁市直某某单位教育局", "370800济宁市, rest 某某单位教育局"),
        ("伊犁州直财政局", "654000伊犁哈萨克自治州, does finance"),
        ("局", None),
    ],
)
def test_a_region_stands_in_front_of_what_its_agency_does(name: str, expected: str | None) -> None:
    assert read(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("嘉祥县教育局办公室", "370829嘉祥县, does education"),
        ("嘉祥县公安局交警大队", "370829嘉祥县, does public_security, unit 交警大队"),
        ("嘉祥县人民政府办公室", "370829嘉祥县, does government_office"),
        ("嘉祥县委办公室", "370829嘉祥县, does party_office"),
        ("共青团嘉祥县委", "370829嘉祥县, does youth_league, written 共青团{}委员会"),
        ("共青团嘉祥县委员会", "370829嘉祥县, does youth_league, written 共青团{}委员会"),
        ("共青团嘉祥县教育局", "370829嘉祥县, does education"),
        ("中共嘉祥县委", "370829嘉祥县, does party_committee"),
        ("中国共产党嘉祥县委员会", "370829嘉祥县, does party_committee"),
    ],
)
def test_a_unit_is_inside_the_agency_named_before_it(name: str, expected: str) -> None:
    assert read(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("嘉祥县卧龙山街道", "370829嘉祥县, town 卧龙山街道"),
        ("嘉祥县卧龙山街道办事处", "370829嘉祥县, town 卧龙山街道, does subdistrict_office"),
        ("嘉祥县卧龙山街道党政办公室", "370829嘉祥县, town 卧龙山街道, does subdistrict_office"),
        ("嘉祥县卧龙山街道财政所", "370829嘉祥县, town 卧龙山街道, does finance, unit 财政所"),
        ("嘉祥县卧龙山街道某某", None),
        ("济宁市卧龙山街道", "370829嘉祥县, town 卧龙山街道"),
        ("济宁卧龙山街道", "370829嘉祥县, town 卧龙山街道, vague"),
        ("嘉祥县金屯镇人民政府", "370829嘉祥县, town 金屯镇, does government"),
        ("嘉祥金屯镇", "370829嘉祥县, town 金屯镇, vague"),
        ("金屯镇人民政府", ", town 金屯镇, does government, of a county"),
        ("金屯镇", ", town 金屯镇, of a county"),
        ("金屯镇教育办", ", town 金屯镇, does education, of a county"),
        ("某某镇人民政府", ", town 某某镇, does government, of a county"),
        ("嘉祥县某某镇人民政府", "370829嘉祥县, town 某某镇, does government"),
        ("嘉祥县某某镇某某局", "370829嘉祥县, town 某某镇, rest 某某局"),
        ("古县渡镇", ", town 古县渡镇, of a county"),
        ("古县渡镇人民政府", ", town 古县渡镇, does government, of a county"),
        ("古县古县渡镇", "141025古县, town 古县渡镇"),
        ("中央门街道", ", town 中央门街道, of a county"),
        ("上海庙镇", ", town 上海庙镇, of a county"),
        ("鄂托克前旗上海庙镇人民政府", "150623鄂托克前旗, town 上海庙镇, does government"),
        (
            "无锡市人民政府梁溪区扬名街道办事处",
            "320213梁溪区, town 扬名街道, does subdistrict_office",
        ),
        ("无锡市政府梁溪区扬名街道", "320213梁溪区, town 扬名街道"),
        (
            "无锡市梁溪区人民政府扬名街道办事处",
            "320213梁溪区, town 扬名街道, does subdistrict_office",
        ),
        ("流水镇人民政府", ", town 流水镇, does government, of a county"),
        ("清水河畔镇", ", town 清水河畔镇, of a county"),
    ],
)
def test_towns_stand_below_a_region_or_alone(name: str, expected: str | None) -> None:
    assert read(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("济宁高新技术产业开发区", "370871济宁高新技术产业开发区"),
        (
            "济宁高新技术产业开发区管理委员会",
            (
                "370871济宁高新技术产业开发区, does management_committee, written "
                "济宁高新技术产业开发区管理委员会"
            ),
        ),
        (
            "济宁高新技术产业开发区管委会经济发展局",
            (
                "370871济宁高新技术产业开发区, does economic_development, written "
                "济宁高新技术产业开发区经济发展局"
            ),
        ),
        (
            "济宁高新技术产业开发区教育局",
            ("370871济宁高新技术产业开发区, does education, written 济宁高新技术产业开发区教育局"),
        ),
        (
            "济宁高新技术产业开发区人民政府",
            (
                "370871济宁高新技术产业开发区, does management_committee, written "
                "济宁高新技术产业开发区管理委员会"
            ),
        ),
        ("济宁市高新技术产业开发区", "370871济宁高新技术产业开发区"),
        ("济宁高新区", "370871济宁高新技术产业开发区"),
        (
            "济宁高新区兴城街道办事处",
            "370871济宁高新技术产业开发区, town 兴城街道, does subdistrict_office",
        ),
        (
            "枣庄高新区规划分局",
            (
                "370400枣庄市, zone 枣庄高新技术产业开发区, does urban_planning, written "
                "枣庄高新技术产业开发区规划分局"
            ),
        ),
        ("嘉祥县规划分局", "370829嘉祥县, does urban_planning"),
        (
            "枣庄高新区兴城街道办事处",
            (
                "370400枣庄市, zone 枣庄高新区, does subdistrict_office, of a township,"
                " written 枣庄高新技术产业开发区兴城街道办事处, body 兴城街道办事处"
            ),
        ),
        (
            "枣庄高新区兴城街道财政所",
            (
                "370400枣庄市, zone 枣庄高新技术产业开发区, rest 兴城街道财政所, written "
                "枣庄高新技术产业开发区兴城街道财政所"
            ),
        ),
        ("嘉祥县经济开发区管理委员会", "370829嘉祥县, zone 经济开发区, does management_committee"),
        (
            "嘉祥经济开发区管委会",
            (
                "370829嘉祥县, zone 经济开发区, does management_committee, written "
                "嘉祥经济开发区管理委员会"
            ),
        ),
        ("嘉祥县经济开发区某某", None),
        ("嘉祥县经济开发区某某局", "370829嘉祥县, zone 经济开发区, rest 某某局"),
        ("嘉祥县工业园区管理委员会", "370829嘉祥县, zone 工业园区, does management_committee"),
        ("洋河新区", "321300宿迁市, zone 洋河新区, written 洋河新区管理委员会"),
        (
            "洋河新区管委会",
            ("321300宿迁市, zone 洋河新区, does management_committee, written 洋河新区管理委员会"),
        ),
        ("洋河新区教育局", "321300宿迁市, zone 洋河新区, does education, written 洋河新区教育局"),
        ("洋河新区某某", None),
        ("洋河新区某某局", "321300宿迁市, zone 洋河新区, rest 某某局, written 洋河新区某某局"),
        ("宿迁市洋河新区", "321300宿迁市, zone 洋河新区"),
        ("西咸新区", "610000西咸新区"),
        (
            "陕西省西咸新区开发建设管理委员会",
            ("610000西咸新区, does management_committee, written 陕西省西咸新区开发建设管理委员会"),
        ),
        ("西咸新区沣东新城", "610000西咸新区, zone 沣东新城"),
        (
            "贵安新区安顺管委会",
            "520000贵安新区, does management_committee, written 贵安新区安顺管理委员会",
        ),
        (
            "贵安新区管理委员会",
            "520000贵安新区, does management_committee, written 贵安新区管理委员会",
        ),
        ("贵安新区财政局", "520000贵安新区, does finance, written 贵安新区财政局"),
        (
            "佛山(云浮)产业转移工业园",
            (
                "445300云浮市, zone 佛山云浮产业转移工业园, written "
                "佛山(云浮)产业转移工业园管理委员会"
            ),
        ),
        (
            "佛山（云浮）产业转移工业园管理委员会",
            (
                "445300云浮市, zone 佛山云浮产业转移工业园, does management_committee, written "
                "佛山(云浮)产业转移工业园管理委员会"
            ),
        ),
        (
            "广州(清远)产业转移工业园",
            (
                "441800清远市, zone 广州清远产业转移工业园, written "
                "广州(清远)产业转移工业园管理委员会"
            ),
        ),
        (
            "佛山(某某)产业转移工业园",
            ("440600佛山市, zone (某某)产业转移工业园, written 佛山(某某)产业转移工业园管理委员会"),
        ),
        (
            "福州自贸片区",
            (
                "350000福建省, zone 自由贸易试验区福州片区, written "
                "中国(福建)自由贸易试验区福州片区管理委员会"
            ),
        ),
        (
            "福州自贸片区管委会",
            (
                "350000福建省, zone 自由贸易试验区福州片区, does management_committee, written "
                "中国(福建)自由贸易试验区福州片区管理委员会"
            ),
        ),
        (
            "福建自贸试验区福州片区",
            (
                "350000福建省, zone 自由贸易试验区福州片区, written "
                "中国(福建)自由贸易试验区福州片区管理委员会"
            ),
        ),
        (
            "中国(福建)自由贸易试验区福州片区管理委员会",
            (
                "350000福建省, zone 自由贸易试验区福州片区, does management_committee, written "
                "中国(福建)自由贸易试验区福州片区管理委员会"
            ),
        ),
        (
            "福建自由贸易试验区",
            "350000福建省, zone 自由贸易试验区, written 中国(福建)自由贸易试验区管理委员会",
        ),
        ("福建省自由贸易试验区", "350000福建省, zone 自由贸易试验区"),
        ("中国(绵阳)科技城", "510700绵阳市, zone 科技城, written 中国(绵阳)科技城管理委员会"),
        (
            "中国(绵阳)科技城管理委员会",
            (
                "510700绵阳市, zone 科技城, does management_committee, written "
                "中国(绵阳)科技城管理委员会"
            ),
        ),
        ("中国(某某)科技城", None),
        ("新区管委会", ", zone 新区, does management_committee"),
        ("某某开发区管委会", ", zone 某某开发区, does management_committee"),
        ("某某开发区", None),
    ],
)
def test_zones_are_governed_by_committees(name: str, expected: str | None) -> None:
    assert read(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("新疆生产建设兵团", "650000新疆生产建设兵团"),
        (
            "新疆生产建设兵团教育局",
            "650000新疆生产建设兵团, does education, written 新疆生产建设兵团教育局",
        ),
        ("新疆生产建设兵团第九师", "659012白杨市, written 新疆生产建设兵团第九师"),
        ("兵团第九师", "659012白杨市, written 新疆生产建设兵团第九师"),
        ("九师教育局", "659012白杨市, does education, written 第九师教育局"),
        ("第九师", "659012白杨市, written 第九师"),
        ("第九师161团", "659012白杨市, town 161团, written 第九师161团"),
        ("第九师一六一团", "659012白杨市, town 一六一团, written 第九师一六一团"),
        ("第九师管理委员会", ", rest 第九师管理委员会"),
        ("第一师阿拉尔市", "659002阿拉尔市, written 第一师阿拉尔市"),
        ("阿拉尔市教育局", "659002阿拉尔市, does education"),
    ],
)
def test_the_corps_in_xinjiang_governs_its_divisions(name: str, expected: str) -> None:
    assert read(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("厦门海关", "350200厦门市, does customs, written 厦门海关"),
        ("厦门市海关", "350200厦门市, does customs"),
        ("北京铁路局", "110000北京市, does railway, written 北京铁路局"),
        ("国家税务总局嘉祥县税务局", "370829嘉祥县, does tax, written 国家税务总局{}税务局"),
        ("国家税务局", ", does state_tax"),
        ("嘉祥县国家税务局", "370829嘉祥县, does state_tax"),
        ("国家统计局嘉祥调查队", "370829嘉祥县, does survey_team, written 国家统计局嘉祥调查队"),
        ("中国人民银行嘉祥县支行", "370829嘉祥县, does central_bank, written 中国人民银行{}支行"),
        ("中国人民银行济南分行", "370100济南市, does central_bank, written 中国人民银行济南分行"),
        (
            "国网安徽省电力有限公司枞阳县供电公司",
            (
                "340722枞阳县/340823枞阳县, does power_supply, written "
                "国网安徽省电力有限公司枞阳县供电公司"
            ),
        ),
        ("国网某某公司某某县供电公司", ", rest 国网某某公司某某县供电公司"),
        ("黄河水利委员会", "000000中华人民共和国, does rivers_lakes"),
        ("嘉祥黄河水利委员会", ", rest 嘉祥黄河水利委员会"),
        ("教育部", "000000中华人民共和国, does education"),
        ("国家某某委员会", "000000中华人民共和国, rest 国家某某委员会"),
        ("中国气象局", "000000中华人民共和国, does meteorology"),
        ("山东省气象局", "370000山东省, does meteorology"),
        (
            "成都住房公积金管理中心",
            "510100成都市, does housing_fund, written 成都住房公积金管理中心",
        ),
        ("成都市住房公积金管理中心", "510100成都市, does housing_fund"),
        (
            "内江市隆昌生态环境局",
            ("511028隆昌县/511083隆昌市, does ecology_environment, written 内江市隆昌生态环境局"),
        ),
        ("隆昌市生态环境局", "511083隆昌市, does ecology_environment"),
        ("内江市隆昌教育局", "511028隆昌县/511083隆昌市, does education"),
    ],
)
def test_offices_of_the_centre_are_those_of_a_place(name: str, expected: str) -> None:
    assert read(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("朝阳医院", "110105朝阳区/211300朝阳市, does hospital, written 朝阳医院, vague"),
        ("朝阳区医院", "110105朝阳区/220104朝阳区, does hospital"),
        ("中山大学", "440100广州市, does university, written 中山大学, body 中山大学"),
        ("中山图书馆", "210202中山区/442000中山市, does cultural_venue, written 中山图书馆, vague"),
        ("中山小学", "210202中山区/442000中山市, does school, written 中山小学, vague"),
        ("中山市图书馆", "442000中山市, does cultural_venue"),
        ("济宁大学", "370800济宁市, does university, written 济宁大学"),
        ("济宁学院", "370800济宁市, does university, written 济宁学院, body 济宁学院"),
        ("济宁医院", "370800济宁市, does hospital, written 济宁医院, vague"),
        ("济宁市第一人民医院", "370800济宁市, does hospital"),
        ("济宁博物馆", "370800济宁市, does cultural_venue, written 济宁博物馆"),
        ("嘉祥小学", "370829嘉祥县, does school, written 嘉祥小学, vague"),
        ("济宁嘉祥小学", "370800济宁市, does school, written 济宁嘉祥小学, vague"),
        ("嘉祥县实验小学", "370829嘉祥县, does school"),
    ],
)
def test_a_place_in_the_name_of_a_school_says_little(name: str, expected: str) -> None:
    assert read(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "嘉祥县国家税务局、嘉祥县地方税务局",
            "370829嘉祥县, does state_tax, unit 、嘉祥县地方税务局, joint",
        ),
        (
            "嘉祥县国家税务局、平潭县地方税务局",
            "370829嘉祥县, does state_tax, unit 、平潭县地方税务局, joint",
        ),
        ("嘉祥县教育局和财政局", "370829嘉祥县, does education, unit 和财政局, joint"),
        (
            "嘉祥县教育局、财政局、民政局",
            "370829嘉祥县, does education, unit 、财政局、民政局, joint",
        ),
        ("嘉祥县教育局、公安局交警大队", "370829嘉祥县, does education, unit 、公安局交警大队"),
        ("某某局、教育局、财政局", ", rest 某某局、教育局、财政局"),
        ("教育局、财政局、民政局", ", does education, unit 、财政局、民政局, joint"),
        (
            "北京市统计局国家统计局北京调查总队",
            "110000北京市, does statistics, unit 国家统计局北京调查总队, joint",
        ),
        ("嘉祥县教育局嘉祥县财政局", "370829嘉祥县, does education, unit 嘉祥县财政局, joint"),
        ("嘉祥县公安局嘉祥县分局", "370829嘉祥县, does public_security, unit 嘉祥县分局"),
        ("嘉祥县人力资源和社会保障局", "370829嘉祥县, does human_resources"),
    ],
)
def test_names_of_several_agencies_are_joint(name: str, expected: str) -> None:
    assert read(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("教育局", ", does education"),
        ("公安局", ", does public_security"),
        ("县质监局", ", does quality_supervision, of a county"),
        ("市教育局", ", does education, of a city"),
        ("我市教育局", ", does education, of a city"),
        ("本县教育局", ", does education, of a county"),
        ("省直某某局", ", rest 省直某某局"),
        ("自治区教育厅", ", does education, of a province"),
        ("州教育局", ", does education, of a city"),
        ("镇人民政府", ", does government, of a township"),
        ("人民政府", None),
        ("县人民政府", ", does government, of a county"),
        ("县政府办公室", ", does government_office, of a county"),
        ("省级政府", None),
        ("县级人民政府", None),
        ("国税局", ", does state_tax"),
        ("县国税局", ", does state_tax, of a county"),
        ("小学", ", rest 小学"),
        ("实验小学", ", rest 实验小学"),
        ("第一:小学", None),
        ("第一的小学", None),
        ("某某局", None),
        ("某某某局", ", rest 某某某局"),
        ("某某某的局", None),
        ("国家某某某局", "000000中华人民共和国, rest 国家某某某局"),
        ("首页", None),
    ],
)
def test_names_without_a_region_say_of_what_tier_they_are(name: str, expected: str | None) -> None:
    assert read(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("兵团九师", "新疆生产建设兵团第九师"),
        ("新疆生产建设兵团第九师", "新疆生产建设兵团第九师"),
        ("第九师", "第九师"),
        ("九师", "第九师"),
        ("新疆兵团十四师", "新疆生产建设兵团第十四师"),
        ("嘉祥县", "嘉祥县"),
        ("十二个师", "十二个师"),
    ],
)
def test_divisions_of_the_corps_have_one_name(name: str, expected: str) -> None:
    assert division_in_full(name) == expected
