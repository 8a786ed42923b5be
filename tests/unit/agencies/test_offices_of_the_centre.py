"""Agencies of the centre and their offices: in whose region one is, and whose bureau it is not."""

import pytest
from names_found import found


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("国家税务总局", "certain 000000.tax 国家税务总局 2018– national tax as printed"),
        ("国家税务总局办公厅", "certain 000000.tax 国家税务总局 2018– national tax as printed"),
        (
            "国家税务总局嘉祥县税务局",
            "certain 370829.tax 国家税务总局嘉祥县税务局 2018– county tax as printed",
        ),
        (
            "国家税务总局济宁市税务局",
            "certain 370800.tax 国家税务总局济宁市税务局 2018– city tax as printed",
        ),
        (
            "国家税务总局山东省税务局",
            "certain 370000.tax 国家税务总局山东省税务局 2018– province tax as printed",
        ),
        (
            "国家税务总局驻马店市税务局",
            "certain 411700.tax 国家税务总局驻马店市税务局 2018– city tax as printed",
        ),
        ("国家税务局", "unresolved unresolved.# 国家税务局 – unknown state_tax"),
        (
            "嘉祥县国家税务局",
            ("certain 370829.state_tax 嘉祥县国家税务局 1983–2018 county state_tax as printed"),
        ),
        ("中华人民共和国教育部", "certain 000000.education 教育部 – national education as printed"),
        ("中华人民共和国济南海关", "certain 370100.customs 济南海关 – city customs as printed"),
        ("教育部办公厅", "certain 000000.education 教育部 – national education as printed"),
        (
            "教育部基础教育司",
            (
                "certain 000000.education_unit_# 教育部基础教育司 – national education_unit as "
                "printed"
            ),
        ),
        ("教育部甲乙", "not_a_name: no agency's name"),
        (
            "财政部山东监管局",
            (
                "certain 370000.finance_state_office 财政部山东监管局 – province "
                "finance_state_office as printed"
            ),
        ),
        (
            "财政部驻山东省财政监察专员办事处",
            (
                "certain 370000.finance_state_office 财政部驻山东省财政监察专员办事处 – "
                "province finance_state_office as printed"
            ),
        ),
        (
            "中国银行保险监督管理委员会山东监管局",
            (
                "certain 370000.banking_regulation 中国银行保险监督管理委员会山东监管局 –2023 "
                "province banking_regulation as printed"
            ),
        ),
        (
            "中国银行业监督管理委员会济宁监管分局",
            (
                "certain 370800.banking_regulation 中国银行业监督管理委员会济宁监管分局 "
                "1983–2023 city banking_regulation as printed"
            ),
        ),
        (
            "山东银监局",
            (
                "certain 370000.banking_regulation 中国银行业监督管理委员会山东监管局 –2023 "
                "province banking_regulation"
            ),
        ),
        (
            "济宁银监分局",
            (
                "certain 370800.banking_regulation 中国银行业监督管理委员会济宁监管分局 "
                "1983–2023 city banking_regulation"
            ),
        ),
        (
            "济宁银保监分局",
            (
                "certain 370800.banking_regulation 中国银行保险监督管理委员会济宁监管分局 "
                "1983–2023 city banking_regulation"
            ),
        ),
        (
            "嘉祥银监办",
            (
                "certain 370829.banking_regulation 中国银行业监督管理委员会嘉祥监管办事处 "
                "1983–2023 county banking_regulation"
            ),
        ),
        (
            "山东证监局",
            (
                "certain 370000.securities_regulation 中国证券监督管理委员会山东监管局 – "
                "province securities_regulation"
            ),
        ),
        (
            "济宁证监局",
            (
                "certain 370800.securities_regulation 中国证券监督管理委员会济宁监管局 1983– "
                "city securities_regulation"
            ),
        ),
        (
            "中国证券监督管理委员会山东监管局",
            (
                "certain 370000.securities_regulation 中国证券监督管理委员会山东监管局 – "
                "province securities_regulation as printed"
            ),
        ),
        (
            "中国民用航空山东安全监督管理局",
            (
                "certain 370000.civil_aviation 中国民用航空山东安全监督管理局 – province "
                "civil_aviation as printed"
            ),
        ),
        (
            "民航山东监管局",
            "certain 370000.civil_aviation 中国民用航空山东监管局 – province civil_aviation",
        ),
        (
            "国家外汇管理局济宁市中心支局",
            (
                "certain 370800.foreign_exchange 国家外汇管理局济宁市中心支局 1983– city "
                "foreign_exchange as printed"
            ),
        ),
        (
            "中国人民银行济宁市中心支行",
            (
                "certain 370800.central_bank 中国人民银行济宁市中心支行 1983– city "
                "central_bank as printed"
            ),
        ),
        (
            "中国人民银行嘉祥县支行",
            (
                "certain 370829.central_bank 中国人民银行嘉祥县支行 1983– county central_bank "
                "as printed"
            ),
        ),
        (
            "国家统计局山东调查总队",
            ("certain 370000.survey_team 国家统计局山东调查总队 – province survey_team as printed"),
        ),
        (
            "国家统计局嘉祥调查队",
            ("certain 370829.survey_team 国家统计局嘉祥调查队 1983– county survey_team as printed"),
        ),
        (
            "山东海事局",
            ("certain 370000.maritime_safety 山东海事局 – province maritime_safety as printed"),
        ),
        (
            "济宁海事局",
            ("certain 370800.maritime_safety 济宁海事局 1983– city maritime_safety as printed"),
        ),
        (
            "长江海事局",
            ("certain 420100.maritime_safety_# 长江海事局 – province maritime_safety as printed"),
        ),
        (
            "黑河流域管理局",
            "certain 620100.rivers_lakes_# 黄河水利委员会黑河流域管理局 – city rivers_lakes",
        ),
        (
            "水利部黄河水利委员会",
            (
                "certain 000000.rivers_lakes_# 黄河水利委员会 – national rivers_lakes_unit as "
                "printed"
            ),
        ),
        (
            "国家宗教局",
            "certain 000000.religious_affairs 国家宗教事务局 – national religious_affairs",
        ),
        (
            "国家宗教事务局",
            (
                "certain 000000.religious_affairs 国家宗教事务局 – national religious_affairs "
                "as printed"
            ),
        ),
        ("国家甲乙局", "certain 000000.other_# 国家甲乙局 – national other as printed"),
        ("国家甲局", "not_a_name: no agency's name"),
        (
            "国家发改委",
            (
                "certain 000000.development_reform 国家发展和改革委员会 – national "
                "development_reform"
            ),
        ),
        (
            "中国证监会",
            (
                "certain 000000.securities_regulation 中国证券监督管理委员会 – national "
                "securities_regulation"
            ),
        ),
        (
            "山东煤矿安全监察局",
            ("certain 370000.mine_safety 山东煤矿安全监察局 – province mine_safety as printed"),
        ),
        (
            "国家能源局山东监管办公室",
            (
                "certain 370000.energy_state_office 国家能源局山东监管办公室 – province "
                "energy_state_office as printed"
            ),
        ),
        (
            "国家能源局山东监管办",
            (
                "certain 370000.energy_state_office 国家能源局山东监管办公室 – province "
                "energy_state_office"
            ),
        ),
        (
            "国家能源局南方监管局",
            "certain 440100.energy_# 国家能源局南方监管局 – province energy as printed",
        ),
    ],
)
def test_an_agency_of_the_centre_and_its_office_in_a_place_are_two(
    name: str, expected: str
) -> None:
    assert found(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("拱北海关", "certain 440400.customs_# 拱北海关 – city customs as printed"),
        ("中华人民共和国拱北海关", "certain 440400.customs_# 拱北海关 – city customs as printed"),
        ("拱北海关办公室", "certain 440400.customs_# 拱北海关 – city customs as printed"),
        ("拱北海关缉私局", "certain 440400.customs_# 拱北海关缉私局 – city customs as printed"),
        ("拱北海关甲乙", "not_a_name: no agency's name"),
        ("首都国际机场海关", "certain 110000.customs_# 首都机场海关 – province customs"),
        ("新港海关", "certain 120116.customs_# 天津新港海关 2009– county customs"),
        ("山东大学", "certain 370100.university_# 山东大学 – city university as printed"),
        ("山东大学学校办公室", "certain 370100.university_# 山东大学 – city university as printed"),
        ("山东大学附属中学", "unresolved unresolved.# 山东大学附属中学 – unknown school"),
        ("山东大学第二医院", "unresolved unresolved.# 山东大学第二医院 – unknown hospital"),
        ("山东大学齐鲁医院", "unresolved unresolved.# 山东大学齐鲁医院 – unknown hospital"),
        (
            "山东大学图书馆",
            "certain 370100.university_# 山东大学图书馆 – city university as printed",
        ),
    ],
)
def test_a_listed_body_is_where_the_list_says(name: str, expected: str) -> None:
    assert found(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "国网山东省电力公司济宁供电公司",
            (
                "certain 370800.power_supply_# 国网山东省电力公司济宁供电公司 1983– city "
                "power_supply as printed"
            ),
        ),
        (
            "国网济宁供电公司",
            ("certain 370800.power_supply_# 国网济宁供电公司 1983– city power_supply as printed"),
        ),
        (
            "山东省电力公司嘉祥县供电公司",
            (
                "certain 370829.power_supply_# 山东省电力公司嘉祥县供电公司 1983– county "
                "power_supply as printed"
            ),
        ),
        (
            "国家电网公司济宁供电公司",
            (
                "certain 370800.power_supply_# 国家电网公司济宁供电公司 1983– city "
                "power_supply as printed"
            ),
        ),
        (
            "广东电网有限责任公司广州供电局",
            (
                "certain 440100.power_supply_# 广东电网有限责任公司广州供电局 – city "
                "power_supply as printed"
            ),
        ),
        ("广州供电局", "certain 440100.power_supply_# 广州供电局 – city power_supply as printed"),
    ],
)
def test_a_power_company_is_that_of_its_place(name: str, expected: str) -> None:
    assert found(name) == expected
