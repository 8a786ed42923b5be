"""Forms that print the same rows: the heads tell which, before the year does."""

from decimal import Decimal

from found_tables import found_in_text, values

DOCUMENTS = """某县教育局{year}年政府信息公开工作年度报告
二、主动公开政府信息情况
第二十条第（一）项
信息内容\t{heads}
规章\t0\t0\t0
规范性文件\t7\t5\t31
"""
OF_2020 = "本年新制作数量\t本年新公开数量\t对外公开总数量"
OF_2021 = "本年制发件数\t本年废止件数\t现行有效件数"


def test_last_years_form_is_told_by_its_heads_not_by_the_year():
    found = values(found_in_text(DOCUMENTS.format(year=2021, heads=OF_2020), 2021))
    assert found["normative_documents.made"] == Decimal(7)
    assert found["normative_documents.disclosed_stock"] == Decimal(31)
    assert "normative_documents.in_force" not in found


def test_next_years_form_is_told_by_its_heads_not_by_the_year():
    found = values(found_in_text(DOCUMENTS.format(year=2020, heads=OF_2021), 2020))
    assert found["normative_documents.issued"] == Decimal(7)
    assert found["normative_documents.in_force"] == Decimal(31)
    assert "normative_documents.disclosed" not in found
