"""Numbers whose words stand elsewhere than usual, each beside one that looks like it."""

import pytest

from tests.unit.extract.prose.sentences_told import told

_READ = [
    # Ways before their total, and the unit behind the last number only.
    (
        "B",
        "当面、传真、网络申请分别为3、2、10件，合计15件。",
        "requests.received.in_person 3件|requests.received.fax 2件"
        "|requests.received.online 10件|requests.received 15件",
    ),
    ("D", "全年新收申请33件，月均3件；网络渠道30件。", "requests.received.online 30件"),
    (
        "B",
        "通过门户网站公开政府信息68条，通过官方微博公开14条，在《石门日报》等媒体公开2条，合计84条。",
        "disclosure.channel.other 2条|disclosure.items 84条",
    ),
    (
        "B",
        "向县图书馆报送政府信息38条，向县档案馆报送32条，共70条，其中纸质文件70条。",
        "library_deposits.total 70条",
    ),
    # What came is named with what was closed.
    (
        "D",
        "全年收到、办结政府信息公开申请分别为46件和44件。",
        "requests.received 46件|requests.processed 44件",
    ),
    ("D", "新收、结转、办结的申请依次为36件、2件和37件。", "requests.received 36件"),
    # A reason in a clause behind, or in the end of a topic.
    (
        "D",
        "收到信息公开申请8件，其中1件因描述不清，经补正后仍不明确，无法提供。",
        "requests.processed.not_available.still_unclear 1件",
    ),
    (
        "D",
        "收到申请1件，经审查系行政查询事项，已告知申请人。",
        "requests.processed.denied.administrative_inquiry 1件",
    ),
    (
        "D",
        "收到申请9件，其中要求公开询问笔录等行政执法案卷6件，均作出不予公开答复。",
        "requests.processed.denied.enforcement_file 6件",
    ),
    # An absence among the parts of a number of its own sentence.
    (
        "D",
        "因政府信息公开被申请行政复议30件，其中维持26件，其他结果4件，无被纠正情形。",
        "reconsideration.corrected 0",
    ),
    ("C", "行政强制上一年项目8项，本年无增减，处理决定0件。", "coercive_measures.items_change 0"),
    # Rows of a form under numbered headings.
    (
        "D",
        "1.规章：制发2件、废止1件。\n2.规范性文件：制发38件。",
        "rules.issued 2件|normative_documents.issued 38件",
    ),
    ("D", "行政许可51件、行政处罚5件。", "licensing.decisions 51件"),
    (
        "B",
        "行政复议8件，行政诉讼3件；举报投诉3件，均维持。",
        "complaints.total 3件|complaints.upheld 3件",
    ),
    # Other words of rows.
    ("B", "回应群众关心的热点难点问题12个。", "response.hot_topics 12个"),
    (
        "B",
        "召开新闻发布会5场，局长出席3场；开展网上访谈2期。",
        "response.press_conferences.by_principal 3场|response.online_interviews 2期",
    ),
    (
        "B",
        "政策解读12篇，利用政务微博微信回应9次。",
        "response.policy_explainers 12篇|response.weibo_wechat 9次",
    ),
    ("B", "出版政府公报12期，印数2400份。", "gazette.copies 2400份"),
    ("B", "公开规范性文件12份。", "disclosure.normative_documents 12份"),
    (
        "B",
        "收到政府信息公开申请50件，其中来函申请12件，延长答复期限3件，要求申请人补正2件。",
        "requests.received.mail 12件|requests.closed.extended 3件"
        "|requests.answered.clarification_asked 2件",
    ),
]
_LOOKS_ALIKE = [
    ("B", "当面、传真、网络答复分别为3、2、10件。", "requests.received"),
    ("B", "主动公开20件，依申请公开5件，不予公开5件。", "requests.received"),
    ("D", "全年新收申请33件；网络渠道公开信息30件。", "requests.received.online"),
    ("B", "通过官方微博公开政府信息14条，通过政务微信公开2条，合计16条。", "disclosure.items"),
    ("B", "向县图书馆报送政府信息38条，接待92人次，共70条。", "library_deposits.total 70"),
    ("D", "收到、答复社会组织变更申请均为17件。", "requests.received"),
    ("D", "收到申请8件，其中2件因涉及第三方，经征求意见，不予公开。", "requests.processed.denied"),
    (
        "D",
        "收到申请9件，其中要求公开询问笔录等行政执法案卷6件，均予以公开。",
        "requests.processed.denied",
    ),
    ("D", "因政府信息公开被申请行政复议3件，均维持，无责令履责情形。", "reconsideration.corrected"),
    ("D", "1.规章制度：制发2件。", "rules.issued"),
    ("D", "公示行政许可51件、行政处罚5件。", "licensing.decisions"),
    ("B", "召开新闻发布会5场，副局长出席3场。", "response.press_conferences.by_principal"),
    ("B", "转载政策解读12篇。", "response.policy_explainers"),
    ("B", "编印政策汇编12期，印数2400份。", "gazette.copies"),
    ("B", "清理规范性文件12份，公开率100%。", "disclosure.normative_documents"),
    ("A", "接受市民咨询238人次，其中现场咨询57人次。", "consultation."),
]


@pytest.mark.parametrize(("template", "text", "facts"), _READ)
def test_what_other_words_than_its_own_say_of_a_number_is_read(
    template: str, text: str, facts: str
) -> None:
    seen = [one.partition(" <")[0] for one in told(text, template)]
    assert [one for one in facts.split("|") if one not in seen] == [], seen


@pytest.mark.parametrize(("template", "text", "name"), _LOOKS_ALIKE)
def test_what_only_looks_like_that_is_left_open(template: str, text: str, name: str) -> None:
    seen = told(text, template)
    assert [one for one in seen if one.startswith(name) and "doubted" not in one] == []
