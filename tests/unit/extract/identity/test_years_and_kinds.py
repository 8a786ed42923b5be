"""Which year a report is about and what kind of paper it is, by what its text says where."""

import pytest

from pipeline.extract.identity.identify import ReportIdentity, identify
from pipeline.extract.identity.segmentation import Part
from pipeline.model.document import Document
from pipeline.readers.text.plain_text import blocks_of

TITLE = "嘉祥县教育局政府信息公开工作年度报告"
FORMULA = "本报告根据《中华人民共和国政府信息公开条例》编制。"
NUMBERS = "全年主动公开政府信息120条，收到政府信息公开申请3件。"


def identified(text: str) -> ReportIdentity:
    document = Document(text=text, blocks=blocks_of(text), media_type="text/plain")
    return identify(Part(1, document.blocks, 0, len(text)), document)


def year_of(text: str) -> str:
    """The year of a report and those that other places of it say."""
    found = identified(text)
    return f"{found.year}" + "".join(f", {one.rule_id} {one.printed}" for one in found.conflicts)


def kind_of(text: str) -> str:
    """What kind of paper a text is, whatever else is said of that."""
    found = identified(text)
    other = f" ({found.other_kind.value})" if found.other_kind else ""
    return f"{found.doc_type.value}{other}: {'; '.join(found.notices)}".rstrip(": ")


_PERIOD_OF_2019 = "本报告统计期限为2019年1月1日至2019年12月31日。\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{TITLE}（2020年）\n{NUMBERS}", "2020"),
        (f"{TITLE}\n{NUMBERS}", "None"),
        (f"{TITLE}（2020年）\n本报告统计期限为2019年1月1日至2019年12月31日。", "2020, I-Y1 2019"),
        (f"{TITLE}（2020年）\n{_PERIOD_OF_2019}2019年，我局收到申请9件。", "2019, I-Y1 2020"),
        (
            f"{TITLE}（2020年）\n{_PERIOD_OF_2019}2020年，我局收到申请9件。",
            "2020, I-Y1 2019",
        ),
        (
            f"{TITLE}（2020年）\n{_PERIOD_OF_2019}2019年收到申请8件，2020年收到申请9件。",
            "2020, I-Y1 2019",
        ),
        (
            f"{TITLE}（2020年）\n{_PERIOD_OF_2019}2019年1月5日、2019年2月5日公开。",
            "2020, I-Y1 2019",
        ),
        (
            f"{TITLE}（2020年）\n2019年{TITLE}\n本报告统计期限为2019年1月1日至2019年12月31日。",
            "2019, I-Y1 2020",
        ),
        (f"{TITLE}\n本报告统计期限为2019年1月1日至2019年12月31日。", "2019"),
        (f"{TITLE}\n本报告统计期限为2018年9月1日至2019年8月31日。", "2019"),
        (f"{TITLE}\n本报告统计期限为2018年9月1日至2019年9月5日。", "2019"),
        (f"{TITLE}\n本报告统计期限为2018年9月1日至2019年9月6日。", "2019, I-P1 None"),
        (f"{TITLE}\n本报告统计期限为2018年9月1日至2020年8月31日。", "None, I-P1 None"),
        (f"{TITLE}\n本报告统计期限为2018年3月1日至2019年8月31日。", "None, I-P1 None"),
        (f"{TITLE}\n{'文' * 3951}\n本报告统计期限为2019年1月1日至2019年12月31日。", "2019"),
        (f"{TITLE}\n{'文' * 3963}\n本报告统计期限为2019年1月1日至2019年12月31日。", "None"),
        (f"{TITLE}\n一、2019年政府信息公开情况\n{NUMBERS}", "2019"),
        (f"{TITLE}\n{NUMBERS}\n2019年政府信息公开情况统计表\n指标", "2019"),
        (f"{TITLE}（2020年）\n{NUMBERS}\n2019年政府信息公开情况统计表\n指标", "2020, I-Y1 2019"),
        (f"{TITLE}\n{FORMULA}2019年，我局共公开信息120条。", "2019"),
        (f"{TITLE}\n{FORMULA}2019年1月5日，我局公开信息120条。", "None"),
        (f"{TITLE}\n{FORMULA}（〔2019〕5号）我局公开信息120条。", "None"),
        (f"{TITLE}\n{FORMULA}《2019年度信息》我局公开信息120条。", "None"),
        (f"{TITLE}\n2019年3月\n{FORMULA}2018年，我局公开信息120条。", "2018"),
        (f"{TITLE}（2020年）\n2019年，我局共公开信息120条。", "2020"),
        (f"{TITLE}\n{'文' * 476}2019年，我局公开信息。", "2019"),
        (f"{TITLE}\n{'文' * 477}2019年，我局公开信息。", "None"),
        (f"{TITLE}\n现编制2019年度政府信息公开年度报告。{NUMBERS}", "2019"),
        (
            f"{TITLE}（2018年）\n现编制的{'文' * 40}2019年度政府信息公开年度报告。{NUMBERS}",
            "2018, I-Y1 2019",
        ),
        (f"{TITLE}（2018年）\n现编制的{'文' * 41}2019年度政府信息公开年度报告。{NUMBERS}", "2018"),
        (f"{TITLE}\n现编制2019年度政府信息公开年度报告。2018年公开信息120条。", "2019"),
        (
            f"{NUMBERS}现编制2019年度政府信息公开年度报告。2018年公开信息。2018年又公开信息120条。",
            "2019",
        ),
        (
            f"{NUMBERS}现编制2019年度政府信息公开年度报告。2018年公开，2019年公开，2019年又公开信息。",
            "2019",
        ),
        (f"{TITLE}\n{'文' * 765}按照2019年度信息公开年度报告的格式。", "2019"),
        (f"{TITLE}\n{'文' * 766}按照2019年度信息公开年度报告的格式。", "None"),
        (f"2018-2019学年{TITLE}\n{NUMBERS}", "2019"),
        (f"2018年至2019年{TITLE}\n2019年公开信息120条。", "None"),
        (
            (
                f"{TITLE}（2020年）\n本报告统计期限为2020年1月1日至2020年12月31日。\n"
                "嘉祥县教育局\n2019年3月5日"
            ),
            "2020, I-D1 2019",
        ),
        (f"{TITLE}（2020年）\n{FORMULA}{NUMBERS}\n嘉祥县教育局\n2021年3月5日", "2020"),
        (f"2020年{TITLE}（征求意见稿）\n{FORMULA}{NUMBERS}", "2020, I-V1 None"),
    ],
)
def test_the_year_is_that_most_of_the_evidence_speaks_for(text: str, expected: str) -> None:
    assert year_of(text) == expected


SECTIONS = (
    "一、主动公开情况\n二、依申请公开情况\n三、收费及减免情况\n四、复议诉讼情况\n"
    "五、存在的主要问题及改进措施\n"
)
LETTER = "关于报送2020年政府信息公开年度报告的函"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"2020年{TITLE}\n{NUMBERS}", "annual_report"),
        (f"2020年嘉祥县教育局政府信息公开指南\n{NUMBERS}", "other"),
        (f"2020年嘉祥县教育局政府信息公开工作总结\n{NUMBERS}", "work_summary"),
        (
            f"2020年嘉祥县教育局政府信息公开工作总结\n{SECTIONS}{NUMBERS}",
            (
                "annual_report: called a summary, but says what the Regulations ask of an "
                "annual report"
            ),
        ),
        (f"2020年嘉祥县教育局政务公开工作总结\n{SECTIONS}{NUMBERS}", "work_summary"),
        (f"2020年嘉祥县教育局政府信息公开工作要点\n{SECTIONS}{NUMBERS}", "work_summary"),
        (f"{LETTER}\n请各单位报送。", "other"),
        (
            f"{LETTER}\n{SECTIONS}{NUMBERS}",
            "annual_report: a letter or notice that is the annual report itself",
        ),
        (
            f"嘉祥县教育局关于2020年政府信息公开工作的通知\n{FORMULA}{SECTIONS}{NUMBERS}",
            "annual_report: a letter or notice with the annual report in it",
        ),
        (f"嘉祥县教育局关于2020年政府信息公开工作的通知\n{FORMULA}请报送。", "other"),
        (
            f"嘉祥县教育局2020年上半年政府信息公开工作报告\n{FORMULA}{SECTIONS}{NUMBERS}",
            "other (part_of_year): its numbers are of a part of the year only",
        ),
        (
            f"2020年{TITLE}（样表）\n{NUMBERS}",
            (
                "other (sample): it is a sample or a pattern to fill in, and its numbers are "
                "nobody's"
            ),
        ),
        (
            f"嘉祥县教育局2020年政府信息公开年度报告更正说明\n{NUMBERS}",
            "other (erratum): it says what is wrong in a report, and is none itself",
        ),
        (f"{FORMULA}{NUMBERS}", "annual_report"),
        (f"{'文' * 595}{FORMULA}", "annual_report"),
        (f"{'文' * 596}{FORMULA}", "other: nothing says what kind of paper this is"),
        (f"{NUMBERS}", "other: nothing says what kind of paper this is"),
        (f"{SECTIONS}{NUMBERS}", "annual_report"),
        (f"现将工作总结如下。{NUMBERS}", "work_summary"),
        (f"{'文' * 590}总结。{NUMBERS}", "work_summary"),
        (f"{'文' * 600}总结。{NUMBERS}", "other: nothing says what kind of paper this is"),
        (
            f"嘉祥县教育局：现将有关情况复函如下。{NUMBERS}",
            "other: nothing says what kind of paper this is",
        ),
        (f"2020年上半年，{FORMULA}{NUMBERS}", "other"),
        (f"{TITLE}\n本报告统计期限为2020年1月1日至2020年6月30日。{NUMBERS}", "annual_report"),
        (
            (
                "嘉祥县教育局政府信息公开报表\n"
                f"本报告统计期限为2020年1月1日至2020年6月30日。{NUMBERS}"
            ),
            "other (part_of_year): its numbers are of a part of the year only",
        ),
        (f"政府信息公开年报\n政府信息公开目录\n{FORMULA}{NUMBERS}", "annual_report"),
        (
            f"政府信息公开年报\n政府信息公开目录\n{SECTIONS}",
            "other: only columns of the site stand above the text",
        ),
        (f"嘉祥县教育局2020年度报告\n{FORMULA}{NUMBERS}", "annual_report"),
    ],
)
def test_the_kind_of_a_paper_is_told_by_its_title_and_what_it_says(
    text: str, expected: str
) -> None:
    assert kind_of(text) == expected
