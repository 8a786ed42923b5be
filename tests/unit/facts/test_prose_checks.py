"""Tables against sentences: every contradiction found, no false one, both sides said."""

import csv
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from msgspec import structs
from table_cells import printed

from pipeline.extract.identity.segmentation import split
from pipeline.extract.prose.assertions import observe_assertions
from pipeline.extract.prose.passages import sentences
from pipeline.extract.prose.sentence_reader import observe_narrative
from pipeline.facts.check_sides import SeenNumber, is_carried_in
from pipeline.facts.comparable import may_add_up_years, weigh_by_tables
from pipeline.facts.prose_checks import compare_sources
from pipeline.model.check import CheckResult, Kind, Outcome, Severity
from pipeline.model.document import Document
from pipeline.model.observation import Observation, Qualifier, Scope, Source, Status
from pipeline.readers.text.plain_text import read_text

ROOT = Path(__file__).parents[3]
SEEDS = {path.name[:3]: path for path in sorted((ROOT / "data" / "raw").glob("*/00*.txt"))}
REPORTERS = {
    "000": "嘉祥县质量技术监督局",
    "001": "开封市质量技术监督局",
    "002": "高青县质量技术监督局",
    "003": "",
    "004": "山东省质量技术监督局",
}
TABLE_FACTS = ROOT / "tests" / "golden" / "narrative" / "table_facts.csv"

Failure = tuple[str, Decimal | None, Decimal | None]


def read(text: str) -> Document:
    document = read_text(text.encode())
    assert isinstance(document, Document)
    return document


def row(indicator_id: str, value: str, unit: str = "件", label: str = "某数") -> Observation:
    return Observation(
        indicator_id=indicator_id,
        section_path=label,
        label_raw=label,
        unit_raw=unit,
        value_raw=value,
        value=Decimal(value),
        value_status=Status.REPORTED,
        source=Source.TABLE,
        quote=f"{label} {unit} {value}",
        char_start=0,
        char_end=1,
    )


@cache
def table(seed: str) -> tuple[Observation, ...]:
    """The reviewed table of a sample, so that these tests depend on no table reader."""
    with TABLE_FACTS.open(encoding="utf-8") as file:
        return tuple(
            row(line["indicator_id"], line["value"], line["unit"], line["label_raw"])
            for line in csv.DictReader(file)
            if line["seed"].startswith(seed)
        )


@cache
def checks(seed: str, part: int = 1) -> tuple[CheckResult, ...]:
    report = split(read(SEEDS[seed].read_text(encoding="utf-8")))[part - 1]
    year, form = (2017, "B") if seed == "004" else (2018, "B" if table(seed) else "none")
    prose = observe_narrative(
        sentences(report.blocks),
        year,
        template=form,
        reporter=REPORTERS[seed],
        scope=Scope.AGENCY,
    )
    return compare_sources(
        (*table(seed), *prose), observe_assertions(sentences(report.blocks)), Scope.AGENCY
    )


def failures(results: tuple[CheckResult, ...]) -> list[Failure]:
    return [
        (one.rule_id, one.actual, one.expected) for one in results if one.outcome is Outcome.FAIL
    ]


def d(*numbers: str) -> list[Decimal]:
    return [Decimal(number) for number in numbers]


def compared(
    text: str, *rows: Observation, year: int = 2018, scope: Scope = Scope.UNKNOWN
) -> list[CheckResult]:
    """Results for a table and a report of one section, ``一、总体情况`` on applications."""
    (part,) = split(read(f"三、依申请公开情况\n{text}\n"))
    prose = observe_narrative(sentences(part.blocks), year)
    seen = weigh_by_tables((*rows, *prose))
    return list(compare_sources(seen, observe_assertions(sentences(part.blocks)), scope))


def test_kaifeng() -> None:
    assert sorted(failures(checks("001")), key=str) == sorted(
        [
            ("X-T1", *d("98", "236")),
            ("X-P1", *d("98", "236")),
            ("X-P2", *d("236", "252")),
            ("X-U1", *d("13", "13")),
            ("X-M1", Decimal(1), None),
        ],
        key=str,
    )


def test_gaoqing() -> None:
    found = failures(checks("002"))
    assert sorted((one for one in found if one[0] != "X-C1"), key=str) == sorted(
        [
            ("X-T1", *d("17", "33")),
            ("X-T1", *d("0", "1")),
            ("X-P3", *d("75", "78.8")),
            ("X-P3", *d("25", "21.2")),
            ("X-P4", *d("33", "39")),
        ],
        key=str,
    )
    claimed = {
        one.indicator_ids[0]
        for one in checks("002")
        if one.rule_id == "X-C1" and one.outcome is Outcome.FAIL
    }
    assert claimed == {
        "offices.dedicated",
        "staff.total",
        "budget.special_funds",
        "disclosure.channel.wechat",
        "response.policy_explainers",
        "requests.answered",
        "requests.closed",
    }


def test_shandong() -> None:
    assert sorted(failures(checks("004")), key=str) == sorted(
        [
            ("X-T1", *d("4", "10")),
            ("X-T1", *d("4", "10")),
            ("X-T1", *d("28", "200")),
            ("X-T1", *d("34", "100")),
            ("X-U1", *d("5", "5")),
            ("X-U1", *d("379", "379")),
        ],
        key=str,
    )


@pytest.mark.parametrize("part", range(1, 7))
def test_no_false_contradiction_in_the_collection(part: int) -> None:
    assert failures(checks("003", part)) == []


def test_no_false_contradiction_in_jiaxiang() -> None:
    assert failures(checks("000")) == []


def test_agreement_is_reported_too() -> None:
    agreed = {
        one.indicator_ids[0]
        for one in checks("001")
        if one.rule_id == "X-T1" and one.outcome is Outcome.PASS
    }
    assert {
        "meetings.held",
        "training.sessions",
        "training.participants",
        "reconsideration.total",
        "litigation.total",
        "requests.fees_collected",
    } <= agreed


def test_a_result_names_both_sides() -> None:
    (result,) = compared("2018年，共收到政府信息公开申请5件。", row("requests.received", "3"))
    assert (result.outcome, result.kind) == (Outcome.FAIL, Kind.CROSS_SOURCE)
    assert (result.actual, result.expected, result.difference) == tuple(d("3", "5", "-2"))
    assert result.observations == (0, 1)
    assert result.severity is Severity.WARN
    for message in (result.message_zh, result.message_en):
        assert "3件" in message
        assert "共收到政府信息公开申请5件" in message


@pytest.mark.parametrize(
    ("said", "printed", "outcome"),
    [
        ("100余件", "102", Outcome.PASS),
        ("100余件", "200", Outcome.PASS),
        ("100余件", "99", Outcome.FAIL),
        ("100余件", "340", Outcome.FAIL),
        ("近100件", "95", Outcome.PASS),
        ("约100件", "60", Outcome.FAIL),
        ("约150件", "165", Outcome.PASS),
        ("约150件", "166", Outcome.FAIL),
        ("约150件", "135", Outcome.PASS),
        ("约150件", "134", Outcome.FAIL),
        ("不少于100件", "5000", Outcome.PASS),
        ("不少于100件", "99", Outcome.FAIL),
        ("2万余件", "25000", Outcome.PASS),
        ("12件", "12.0", Outcome.PASS),
    ],
)
def test_approximate_numbers_are_ranges(said: str, printed: str, outcome: Outcome) -> None:
    (result,) = compared(f"全年共收到政府信息公开申请{said}。", row("requests.received", printed))
    assert result.outcome is outcome


@pytest.mark.parametrize(
    ("printed", "outcome"),
    [
        ("11499", Outcome.FAIL),
        ("11500", Outcome.PASS),
        ("12500", Outcome.PASS),
        ("12501", Outcome.FAIL),
    ],
)
def test_ten_thousands_with_a_decimal_are_rounded_by_half_of_it(
    printed: str, outcome: Outcome
) -> None:
    rows = row("requests.received", printed)
    (result,) = compared("全年共收到政府信息公开申请1.2万件。", rows)
    assert result.outcome is outcome


@pytest.mark.parametrize(("yuan", "outcome"), [("540", Outcome.PASS), ("560", Outcome.FAIL)])
def test_money_told_in_another_unit_too_is_rounded_and_not_cut(yuan: str, outcome: Outcome) -> None:
    (result,) = compared(f"收费0.05万元，折合{yuan}元。")
    assert (result.rule_id, result.outcome) == ("X-P1", outcome)


@pytest.mark.parametrize(("last", "outcome"), [("19", Outcome.PASS), ("20", Outcome.FAIL)])
def test_what_stayed_the_same_did_not_rise(last: str, outcome: Outcome) -> None:
    found = compared(f"今年收到申请20件，去年收到申请{last}件，同比有所增长。")
    assert [one.outcome for one in found if one.rule_id == "X-P5"] == [outcome]


@pytest.mark.parametrize(("last", "told"), [("0", []), ("4", [Outcome.FAIL])])
def test_nothing_grows_from_nought_by_so_many_percent(last: str, told: list[Outcome]) -> None:
    found = compared(f"收到政府信息公开申请5件（2017年为{last}件），同比增长100%。")
    assert [one.outcome for one in found if one.rule_id == "X-P5"] == told


@pytest.mark.parametrize(("when", "rules"), [("2017年", set()), ("全年", {"X-P4"})])
def test_one_kind_of_last_years_information_may_be_more_than_all_of_this_years(
    when: str, rules: set[str]
) -> None:
    found = compared(f"{when}公开机构职能类信息200条。全年主动公开政府信息120条。")
    assert {one.rule_id for one in found if one.outcome is Outcome.FAIL} == rules


@pytest.mark.parametrize(
    ("whole", "told"),
    [("40件（含上年结转4件）", []), ("40件", [Outcome.FAIL]), ("36件", [Outcome.PASS])],
)
def test_a_share_may_be_of_what_came_anew_in_a_sum_with_what_was_carried_in(
    whole: str, told: list[Outcome]
) -> None:
    found = compared(f"共收到申请{whole}，其中网络申请18件，占50%。", year=2022)
    assert [one.outcome for one in found if one.rule_id == "X-P3"] == told


def test_money_is_compared_in_one_unit() -> None:
    rows = row("requests.fees_collected", "0.032", "万元")
    (result,) = compared("全年收取信息处理费320元。", rows)
    assert result.outcome is Outcome.PASS


def test_received_may_include_what_was_carried_in() -> None:
    rows = (row("requests.received", "10"), row("requests.carried_in", "2"))
    assert [r.outcome for r in compared("全年共受理政府信息公开申请12件。", *rows, year=2021)] == [
        Outcome.PASS
    ]
    assert [r.outcome for r in compared("全年共受理政府信息公开申请13件。", *rows, year=2021)] == [
        Outcome.FAIL
    ]


@pytest.mark.parametrize(("whole", "told"), [("12", []), ("13", [Outcome.FAIL])])
def test_requests_with_and_without_those_carried_in_are_no_contradiction(
    whole: str, told: list[Outcome]
) -> None:
    text = f"全年新收政府信息公开申请10件，上年结转2件。全年共受理政府信息公开申请{whole}件。"
    found = [one.outcome for one in compared(text, year=2021) if one.rule_id == "X-P1"]
    assert [one for one in found if one is Outcome.FAIL] == told


def test_litigation_in_prose_is_both_kinds_of_the_table() -> None:
    rows = (row("litigation_direct.total", "3"), row("litigation_after_reconsideration.total", "2"))
    (result,) = compared("全年发生政府信息公开行政诉讼5件。", *rows, year=2021)
    assert (result.rule_id, result.outcome) == ("X-T2", Outcome.PASS)
    assert result.observations == (0, 1, 2)


def test_litigation_in_prose_that_is_not_their_sum_is_told() -> None:
    rows = (row("litigation_direct.total", "3"), row("litigation_after_reconsideration.total", "2"))
    (result,) = compared("全年发生政府信息公开行政诉讼6件。", *rows, year=2021)
    assert (result.rule_id, result.outcome) == ("X-T2", Outcome.FAIL)


def test_what_came_in_may_hold_what_was_at_hand() -> None:
    said = "全年共受理政府信息公开申请44件（含上年结转3件），办结{}件，结转下年度2件。"
    fits, fails = (compared(said.format(closed), year=2021) for closed in (42, 44))
    assert [one.outcome for one in fits if one.rule_id == "X-P6"] == [Outcome.PASS]
    assert [one.outcome for one in fails if one.rule_id == "X-P6"] == [Outcome.FAIL]


def test_a_seat_and_all_below_it_make_up_a_region() -> None:
    said = "全市新收政府信息公开申请689件，其中市本级171件，县（市、区）{}件。"
    outcomes = [
        [one.outcome for one in compared(said.format(below), year=2021) if one.rule_id == "X-P7"]
        for below in (518, 508)
    ]
    assert outcomes == [[Outcome.PASS], [Outcome.FAIL]]
    more = compared(said.format("120件，部门398"), year=2021)
    assert not any(one.rule_id == "X-P7" for one in more)


def test_last_years_number_in_brackets_is_compared_with() -> None:
    found = compared("新收申请227件，与2021年（203件）相比下降11.8%。", year=2022)
    assert Outcome.FAIL in [one.outcome for one in found if one.rule_id == "X-P5"]


def test_the_office_is_not_the_whole_district() -> None:
    text = "2024年，区政府办代表区政府受理政府信息公开申请17件。"
    (result,) = compared(text, row("requests.received", "95"), year=2024, scope=Scope.REGION)
    assert result.outcome is Outcome.NOT_ASSESSABLE


def test_another_year_is_not_compared() -> None:
    assert compared("去年，我局共收到政府信息公开申请5件。", row("requests.received", "3")) == []


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("共收到政府信息公开申请9件，其中当面申请4件，网络申请5件。", Outcome.PASS),
        ("共收到政府信息公开申请9件，其中当面申请4件。", Outcome.PASS),
        ("共收到政府信息公开申请9件，其中当面申请4件，网络申请6件。", Outcome.FAIL),
    ],
)
def test_parts_may_not_exceed_their_whole(text: str, outcome: Outcome) -> None:
    assert [one.outcome for one in compared(text) if one.rule_id == "X-P2"] == [outcome]


def test_what_is_counted_behind_complete_parts_is_none_of_them() -> None:
    text = "2014年，我局主动公开政府信息60条，其中：法规类50条、人事类10条；编发《民政简报》8期。"
    assert [one.outcome for one in compared(text) if one.rule_id == "X-P2"] == [Outcome.PASS]


def test_parts_end_with_their_bracket() -> None:
    text = "我镇在网站主动公开信息13条（其中：动态11条，预决算2条）；在公示栏公开内容145条。"
    assert [one.outcome for one in compared(text) if one.rule_id == "X-P2"] == [Outcome.PASS]


@pytest.mark.parametrize(
    "text",
    [
        "网站共发布信息15条，其中：概况类6条、动态类9条；共维护13个专栏，其中新开2个。",
        "收到政府信息公开申请59件，上年结转2件，其中结转下年7件，其余54件全部按时答复。",
        "答复政府信息公开申请98件（含上年结转申请8件）。所有答复件中，予以公开90件，其他处理8件。",
    ],
)
def test_a_count_of_something_else_is_no_part(text: str) -> None:
    assert failures(tuple(compared(text, year=2024))) == []


@pytest.mark.parametrize(
    "text",
    [
        "2025年，我委新收到政府信息公开申请172件（同比增长0.4%，在各委办局中位列第三），"
        "办理187件（含上年度结转申请47件，另有32件申请顺延到下年度答复）。",
        "全年在政府门户网站公开信息87条，收到1份申请。其中公开信息方面，分别公开机构信息1条，"
        "政策文件信息3条，工作信息及政务动态类信息67条，民生事项信息16条，财政管理信息0条，"
        "公共资源交易类信息0条，切实做到了阳光政务。",
    ],
)
def test_what_was_carried_in_or_is_none_is_not_what_others_are_measured_by(text: str) -> None:
    found = [one for one in compared(text, year=2025) if one.rule_id in {"X-P5", "X-P7"}]
    assert [one for one in found if one.outcome is Outcome.FAIL] == []


def test_ways_counted_side_by_side_are_not_parts_of_the_last_of_them() -> None:
    text = (
        "通过政府网站公开政府信息70条，通过政务微信公开政府信息20条，通过其他方式公开政府信息4条。"
        "其中，“石门发布”微信公众号发布信息60条、微博90条。"
    )
    assert [one for one in compared(text) if one.rule_id == "X-P2"] == []


def test_what_was_dealt_with_after_a_semicolon_is_no_part_of_what_came() -> None:
    """380件，其中市本级52件；办结375件 was told as parts that come to 427."""
    text = "2018年，全市共收到依申请公开件380件，其中市本级52件；办结375件。"
    assert [one for one in compared(text) if one.outcome is Outcome.FAIL] == []


def test_channels_and_outcomes_are_not_added_together() -> None:
    text = "共收到政府信息公开申请9件，其中当面申请4件，网络申请5件，同意公开6件，不同意公开3件。"
    assert failures(tuple(compared(text))) == []


def test_things_of_another_kind_are_not_parts() -> None:
    text = "全年开展宣传活动5次，其中发放资料2000份，接待群众300人次。"
    assert failures(tuple(compared(text))) == []


def test_masked_and_missing_values_are_no_contradiction() -> None:
    assert compared("共收到政府信息公开申请XX件。", row("requests.received", "3")) == []


def test_a_general_promise_claims_nothing() -> None:
    text = "对收到的申请均依法按时答复。下一步，我局将利用微信拓宽渠道。"
    rows = (row("requests.answered", "0"), row("disclosure.channel.wechat", "0", "条"))
    assert [one for one in compared(text, *rows) if one.rule_id == "X-C1"] == []


def test_qualifiers_reach_the_comparison() -> None:
    (part,) = split(read("三、依申请公开情况\n全年共收到政府信息公开申请30余件。\n"))
    (one,) = observe_narrative(sentences(part.blocks), 2018)
    assert one.qualifier is Qualifier.APPROXIMATE


@pytest.mark.parametrize(
    "said",
    [
        "截至2018年底，我局累计收到政府信息公开申请120件。",
        "累计收到政府信息公开申请120件。",
        "截至目前，共收到政府信息公开申请120件。",
        "近三年来共收到政府信息公开申请120件。",
        "2016年至2018年，共收到政府信息公开申请120件。",
        "截至2018年6月30日收到政府信息公开申请3件。",
        "2018年收到政府信息公开申请7件。截至2018年底，累计收到政府信息公开申请120件。",
    ],
)
def test_a_total_of_many_years_contradicts_no_number_of_the_year(said: str) -> None:
    found = compared(said, row("requests.received", "7"))
    assert failures(tuple(found)) == []
    assert Outcome.NOT_ASSESSABLE in {one.outcome for one in found}


def test_a_total_of_many_years_is_told_in_traditional_characters() -> None:
    said = structs.replace(row("requests.received", "120"), quote="累計收到政府信息公開申請120件。")
    assert may_add_up_years(said)
    assert not may_add_up_years(
        structs.replace(said, quote="本年度累計收到政府信息公開申請120件。")
    )


@pytest.mark.parametrize(
    "said",
    [
        "全年累计收到政府信息公开申请8件。",
        "2018年，我局累计收到政府信息公开申请8件。",
        "截至2018年底，累计收到政府信息公开申请3件。",
    ],
    ids=["all the year", "in the year", "fewer in all years than in one"],
)
def test_a_total_of_the_year_and_one_too_small_do(said: str) -> None:
    (failure,) = failures(tuple(compared(said, row("requests.received", "7"))))
    assert failure[0] == "X-T1"


SAYS_MUCH = "全年主动公开政府信息52条，未发生行政复议、行政诉讼。"


@pytest.mark.parametrize(
    ("printed", "said", "silent"),
    [
        ("0", SAYS_MUCH, False),
        ("1", SAYS_MUCH, True),
        ("1", "全年主动公开政府信息52条，未收取任何费用。", True),
        ("1", f"{SAYS_MUCH}收到申请1件。", False),
        ("1", "全年主动公开政府信息52条。", False),
        ("1", "全年政府信息公开行政诉讼7件。", False),
        ("1", "全年共召开政府信息公开会议3次。", False),
    ],
)
def test_silence_on_requests_contradicts_a_table_where_all_else_is_told(
    printed: str, said: str, silent: bool
) -> None:
    found = compared(said, row("requests.received", printed))
    assert ("X-M1" in {one.rule_id for one in found}) is silent


def test_parts_smaller_than_their_whole_are_its_own_whatever_is_counted_before() -> None:
    text = "上年结转2件，全年共收到政府信息公开申请9件，其中当面申请6件，网络申请5件。"
    assert [one.outcome for one in compared(text) if one.rule_id == "X-P2"] == [Outcome.FAIL]


def test_a_part_larger_than_its_whole_may_be_part_of_what_is_counted_before_too() -> None:
    text = "上年结转9件，全年共收到政府信息公开申请2件，其中当面申请6件，网络申请5件。"
    assert [one for one in compared(text) if one.rule_id == "X-P2"] == []


def test_a_sentence_that_the_rows_of_a_table_rule_out_is_doubted() -> None:
    rows = (row("litigation_direct.total", "1"), row("litigation_after_reconsideration.total", "2"))
    (part,) = split(read("四、行政诉讼情况\n全年发生政府信息公开行政诉讼112件。\n"))
    (said,) = observe_narrative(sentences(part.blocks), 2022)
    assert said.confidence >= 0.8
    (*_, doubted) = weigh_by_tables((*rows, said))
    assert doubted.confidence < 0.8
    assert "O-table" in doubted.why
    assert weigh_by_tables((*rows, structs.replace(said, value=Decimal(3))))[-1].confidence >= 0.8


@pytest.mark.parametrize(("value", "doubted"), [("1853", True), ("1713", False), ("171", False)])
def test_a_sentence_is_held_against_the_readings_of_a_cell(value: str, doubted: bool) -> None:
    cell = structs.replace(
        row("disclosure.channel.website", "0", "条"),
        value=None,
        value_status=Status.UNREADABLE,
        candidates=("1713 5017", "171 35017"),
    )
    (part,) = split(read(f"二、主动公开情况\n通过政府网站公开信息{value}条。\n"))
    said = observe_narrative(sentences(part.blocks), 2013)
    weighed = weigh_by_tables((cell, *said))
    assert ("O-table" in weighed[-1].why) is doubted
    told = compare_sources((cell, *said), (), Scope.UNKNOWN)
    assert any(one.outcome is Outcome.FAIL for one in told) is doubted


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("主动公开政府信息320条，较上年的300条增加20条。", Outcome.PASS),
        ("主动公开政府信息320条，较上年的300条增加50条。", Outcome.FAIL),
        ("主动公开政府信息270条，较上年的300条减少30条。", Outcome.PASS),
        ("收到政府信息公开申请15件，2017年为9件，增长66.7%。", Outcome.PASS),
        ("收到政府信息公开申请15件，2017年为9件，增长33.3%。", Outcome.FAIL),
        ("收到政府信息公开申请15件，同比增加6件（2017年为9件）。", Outcome.PASS),
        ("收到政府信息公开申请15件，同比增加6件（2017年为12件）。", Outcome.FAIL),
        # 16.67 is printed as 16.7, or cut to 16.6.
        ("收到政府信息公开申请35件，同比增长16.6%（2017年为30件）。", Outcome.PASS),
        ("收到政府信息公开申请35件，同比增长16.5%（2017年为30件）。", Outcome.FAIL),
    ],
)
def test_a_change_is_held_against_what_it_compares(text: str, outcome: Outcome) -> None:
    assert [one.outcome for one in compared(text) if one.rule_id == "X-P5"] == [outcome]


def test_a_change_told_behind_other_numbers_is_not_held_against_those_before_them() -> None:
    text = "收到政府信息公开申请15件（2017年为12件），办结14件，不予公开2件，同比增加6件。"
    assert [one for one in compared(text) if one.rule_id == "X-P5"] == []


@pytest.mark.parametrize(("closed", "outcome"), [("19", Outcome.PASS), ("25", Outcome.FAIL)])
def test_requests_that_came_are_those_closed_and_carried_on(closed: str, outcome: Outcome) -> None:
    text = f"新收申请17件，上年结转3件，全年办结{closed}件，结转下年度继续办理1件。"
    told = [one.outcome for one in compared(text, year=2022) if one.rule_id == "X-P6"]
    assert told == [outcome]


def test_a_rate_is_held_against_what_it_is_a_rate_of() -> None:
    text = "受理政府信息公开申请200件，予以公开60件，予以公开率为{}%。"
    for rate, outcome in (("30", Outcome.PASS), ("70", Outcome.FAIL)):
        found = compared(text.format(rate), year=2022)
        assert [one.outcome for one in found if one.rule_id == "X-P3"] == [outcome]


@pytest.mark.parametrize(
    "text",
    [
        "全系统主动公开政府信息85条。局属12家单位主动公开政府信息63条，局本级主动公开政府信息22条。",
        "收到政府信息公开申请40件（含上年结转5件）。新收政府信息公开申请35件。",
        "公开政府信息300条，公开图片1000张。",
        "截至2018年底累计公开政府信息5120条，2018年公开政府信息512条。",
    ],
)
def test_what_is_of_other_bodies_kinds_units_or_years_contradicts_nothing(text: str) -> None:
    assert failures(tuple(compared(text, scope=Scope.AGENCY))) == []


@pytest.mark.parametrize(("number", "told"), [("2", True), ("1", False)])
def test_one_number_under_two_names_is_told_unless_it_is_one(number: str, told: bool) -> None:
    gazette = row("disclosure.channel.gazette", number, "条")
    found = failures(tuple(compared(f"全年编发政务简报{number}期。", gazette)))
    assert ([rule for rule, *_ in found] == ["X-U1"]) is told


@pytest.mark.parametrize(("printed", "outcome"), [("0", Outcome.FAIL), ("1", Outcome.PASS)])
def test_a_claim_is_contradicted_by_nought_alone(printed: str, outcome: Outcome) -> None:
    text = "我局做到机构到位、责任到人。"
    (found,) = compared(text, row("offices.dedicated", printed, "个"))
    assert (found.rule_id, found.outcome) == ("X-C1", outcome)


def test_last_years_number_is_not_held_against_this_years_table() -> None:
    text = "2018年收到政府信息公开申请5件，2017年收到政府信息公开申请8件。"
    found = compared(text, row("requests.received", "5"))
    assert [(one.expected, one.outcome) for one in found] == [(Decimal(5), Outcome.PASS)]


@pytest.mark.parametrize(("received", "outcome"), [("99", Outcome.FAIL), ("101", Outcome.PASS)])
def test_many_more_than_a_hundred_are_no_fewer(received: str, outcome: Outcome) -> None:
    (found,) = compared("全年共收到政府信息公开申请100多件。", row("requests.received", received))
    assert found.outcome is outcome


def test_two_parts_that_only_the_catalogue_knows_may_not_exceed_their_whole() -> None:
    text = "共收到政府信息公开申请9件。当面申请4件，网络申请{}件。"
    assert failures(tuple(compared(text.format(5)))) == []
    assert failures(tuple(compared(text.format(6)))) == [("X-P2", *d("9", "10"))]


def test_what_follows_two_parts_that_make_up_the_whole_is_none_of_them() -> None:
    text = "2014年，我局主动公开政府信息60条，其中：法规类50条、人事类10条，其他8条。"
    assert [(one.actual, one.expected) for one in compared(text)] == [tuple(d("60", "60"))]


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("受理政府信息公开申请200件，予以公开60件，予以公开率为31%。", Outcome.PASS),
        ("受理政府信息公开申请200件，予以公开60件，予以公开率为32%。", Outcome.FAIL),
        ("主动公开政府信息320条，较上年的300条增加21条。", Outcome.FAIL),
        ("全年主动公开政府信息33条。主动公开规划计划类信息33条。", Outcome.PASS),
        ("全年主动公开政府信息33条。主动公开规划计划类信息34条。", Outcome.FAIL),
    ],
    ids=["share off by one", "by two", "difference off by one", "all of a kind", "one more"],
)
def test_sentences_contradict_each_other_from_there_on(text: str, outcome: Outcome) -> None:
    assert [one.outcome for one in compared(text, year=2022)] == [outcome]


@pytest.mark.parametrize(("said", "outcome"), [("7", Outcome.PASS), ("5", Outcome.PASS),
                                               ("6", Outcome.FAIL)])  # fmt: skip
def test_closed_may_mean_answered(said: str, outcome: Outcome) -> None:
    rows = (row("requests.closed", "7"), row("requests.answered", "5"))
    found = compared(f"全年共办结政府信息公开申请{said}件。", *rows)
    assert [one.outcome for one in found if one.rule_id == "X-T1"] == [outcome]


@pytest.mark.parametrize(
    ("scope", "quote", "outcome"),
    [
        (Scope.AGENCY, "县政府办收到申请5件", Outcome.FAIL),
        (Scope.REGION, "收到申请5件", Outcome.NOT_ASSESSABLE),
        (Scope.UNKNOWN, "县政府办收到申请5件", Outcome.NOT_ASSESSABLE),
        (Scope.UNKNOWN, "收到申请5件", Outcome.FAIL),
    ],
)
def test_a_number_of_the_office_alone_contradicts_no_table_of_the_region(
    scope: Scope, quote: str, outcome: Outcome
) -> None:
    own = printed("requests.received", 5, Source.NARRATIVE)
    said = structs.replace(
        own, scope=Scope.AGENCY, quote=quote, label_raw="收到申请", unit_raw="件"
    )
    (check,) = compare_sources([printed("requests.received", 9), said], (), scope)
    assert (check.rule_id, check.outcome) == ("X-T1", outcome)


@pytest.mark.parametrize(
    ("label", "is_so"),
    [("上年结转申请", True), ("上一年度末转结", True), ("结转下年", False), ("收到申请", False)],
)
def test_what_was_carried_in_is_known_however_it_is_written(label: str, is_so: bool) -> None:
    said = structs.replace(printed(None, 3, Source.NARRATIVE), label_raw=label)
    assert is_carried_in(SeenNumber(0, said, Decimal(3))) is is_so


def failed(text: str, template: str = "none") -> set[str]:
    """The checks that fail on a text on applications of 2018."""
    (part,) = split(read(f"三、依申请公开情况\n{text}\n"))
    prose = observe_narrative(sentences(part.blocks), 2018, template=template)
    told = compare_sources(prose, observe_assertions(sentences(part.blocks)), Scope.UNKNOWN)
    return {one.rule_id for one in told if one.outcome is Outcome.FAIL}


def test_none_of_last_year_contradicts_nothing_of_this_one() -> None:
    assert failed("2017年未收到政府信息公开申请；2018年收到政府信息公开申请9件。") == set()
    assert failed("2018年未收到政府信息公开申请；2018年收到政府信息公开申请9件。") == {"X-P1"}


def test_a_number_meant_again_is_compared_below_a_second_heading_too() -> None:
    text = "（二）申请情况。2018年共收到政府信息公开申请16件。上述18件申请均已答复。"
    assert failed(text) == {"X-P1"}


@pytest.mark.parametrize(
    "text",
    [
        "收到政府信息公开申请9件，其中网上申请4件，邮寄申请3件，无当面申请和其他方式申请。",
        "收到政府信息公开申请9件。按申请方式分，当面申请2件，网上申请4件，无其他方式的申请。",
        "因政府信息公开被申请行政复议9件，其中维持3件、纠正4件，均已审结，无其他结果。",
    ],
)
def test_parts_beside_which_there_is_no_other_make_up_their_whole(text: str) -> None:
    assert failed(text, "D") == {"X-P7"}


@pytest.mark.parametrize("letters", [80, 81])
def test_a_quote_of_more_than_eighty_letters_is_cut(letters: int) -> None:
    said = structs.replace(row("requests.received", "5"), quote="收" * letters)
    shown = "收" * 80 + ("…" if letters > 80 else "")
    assert SeenNumber(0, said, Decimal(5)).quote == shown
