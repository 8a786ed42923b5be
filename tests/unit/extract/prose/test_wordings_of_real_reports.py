"""Wordings met on the pages of agencies, with other names and numbers."""

from decimal import Decimal

import pytest

from pipeline.extract.identity.segmentation import split
from pipeline.extract.prose.passages import sentences
from pipeline.extract.prose.sentence_reader import observe_narrative
from pipeline.facts.selection import choose_facts, settled
from pipeline.model.document import Document
from pipeline.model.observation import Observation, Scope
from pipeline.readers.text.plain_text import read_text

OLD, NEW = 2012, 2022
BUREAU = "石门县水务局"


def observed(text: str, year: int = NEW, reporter: str = BUREAU) -> tuple[Observation, ...]:
    document = read_text(f"三、依申请公开情况\n{text}\n".encode())
    assert isinstance(document, Document)
    (part,) = split(document)
    return observe_narrative(sentences(part.blocks), year, reporter=reporter, scope=Scope.AGENCY)


def facts(text: str, year: int = NEW, reporter: str = BUREAU) -> dict[str, Decimal]:
    seen = observed(text, year, reporter)
    chosen = choose_facts(seen, settled(seen, year, Scope.AGENCY))
    return {fact.indicator_id: fact.value for fact in chosen}


@pytest.mark.parametrize(
    "text",
    [
        "未产生与诉讼（行政复议、行政申诉）有关的费用支出。",
        "没有发生与行政诉讼有关的费用。",
    ],
)
def test_no_costs_of_lawsuits_are_not_no_lawsuits(text: str) -> None:
    assert facts(text, OLD) == {}
    assert facts("未收取费用。未发生行政诉讼。", OLD)["litigation.total"] == 0


@pytest.mark.parametrize(
    "text",
    [
        "本年度没有主动公开规范性文件。",
        "全年没有发布规范性文件解读。",
        "没有不公开规范性文件的情况。",
        "未举办专题培训班。",
        "未开展业务培训。",
    ],
)
def test_none_of_one_sort_or_one_step_is_not_none_at_all(text: str) -> None:
    assert facts(text) == {}
    assert facts("没有废止规范性文件。") == {"normative_documents.repealed": 0}
    assert facts("没有制发规范性文件。") == {"normative_documents.issued": 0}
    assert facts("未举办培训班。") == {"training.sessions": 0}


def test_letters_to_mailboxes_are_no_requests_by_mail() -> None:
    text = "全年共收到来信930件次，其中省长信箱4件，市长信箱26件，部门信箱900件。"
    assert "requests.received.mail" not in facts(text, OLD)


def test_who_sits_at_a_reading_point_is_not_all_staff() -> None:
    text = "社区图书馆作为主动公开查阅点，配备5名兼职工作人员，负责接待查询。"
    assert "staff.part_time" not in facts(text, OLD)
    assert facts("专门配备了5名兼职工作人员。", 2016)["staff.part_time"] == 5


def test_one_of_several_sites_is_not_what_sites_published() -> None:
    text = "石门水务局门户网站公开信息18条，通过石门水文网主动公开信息2100条。"
    assert "disclosure.channel.website" not in facts(text)


def test_the_official_site_of_a_bureau_is_the_website() -> None:
    text = "2016年我局公开各类信息共计2804条，其中通过政府网站及局官网公开信息1690条。"
    assert facts(text, 2016)["disclosure.channel.website"] == 1690


def test_a_denial_behind_a_count_denies_something_else() -> None:
    text = "我局接到依申请公开事项7项，均已答复，未产生依申请公开政府信息案例。"
    assert facts(text)["requests.received"] == 7
    assert [one.value for one in observed(text)] == [7]


@pytest.mark.parametrize(
    ("text", "indicator", "value"),
    [
        ("全年收到7份书面政府信息公开申请。", "requests.received", 7),
        ("上年结转政府信息公开申请办件6件。", "requests.carried_in", 6),
        ("答复后被行政复议8件，全部维持。", "reconsideration.upheld", 8),
        ("收到申请9件，其中，依申请同意公开8件。", "requests.processed.granted", 8),
        (
            "收到申请9件，无法提供3件（补正后申请信息内容仍不明确3件）。",
            "requests.processed.not_available.still_unclear",
            3,
        ),
        (
            "全年主动公开涉及社会救助、养老服务、公共文化服务、安全生产等方面信息612条。",
            "disclosure.items",
            612,
        ),
        (
            "街道发生针对本部门有关政府信息公开事务的行政复议案4件。",
            "reconsideration.total",
            4,
        ),
        ("全年主动发布政务公开信息52条。", "disclosure.items", 52),
        ("通过门户网站及政务新媒体方式主动公开811条。", "disclosure.items", 811),
        ("及时、全面、准确地主动公开各类公安政府信息3120条。", "disclosure.items", 3120),
    ],
)
def test_what_was_passed_over_is_read(text: str, indicator: str, value: int) -> None:
    assert facts(text)[indicator] == value


def test_hot_topics_and_public_concern_are_one() -> None:
    assert facts("回应热点事件或舆情4次。", 2018)["response.hot_topics"] == 4


def test_a_street_speaks_of_itself() -> None:
    text = "全街共受理政府信息公开申请总数3件。"
    assert facts(text, reporter="河口区长青街道办事处")["requests.received"] == 3


def test_nobody_asked_is_of_no_kind_of_applicants() -> None:
    text = "未收到公民、法人或其他组织的政府信息公开申请。"
    document = read_text(f"三、收到和处理政府信息公开申请情况\n2019年度{text}\n".encode())
    assert isinstance(document, Document)
    (part,) = split(document)
    seen = observe_narrative(sentences(part.blocks), 2019, template="C", reporter=BUREAU)
    assert [one.indicator_id for one in seen] == ["requests.received"]
