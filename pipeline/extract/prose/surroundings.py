"""What stands around a number in prose: headings, words, and the numbers before it."""

import re
from typing import NamedTuple

from pipeline.extract.prose.concepts import concepts_of
from pipeline.extract.prose.kinds import case_of, cases, cases_in, opens_cases, said_before_cases
from pipeline.extract.prose.vocabulary import vocabulary
from pipeline.forms.balance import balance

# 依申请公开 alone is a kind of documents, too: 主动公开20件，依申请公开5件，不予公开5件.
_REQUESTS = re.compile(
    "(?<!依)申请|依申请公开(?:政府信息)?(?:件|事项|申请|情况|工作|方面|办理|受理|政务|的)"
    "|(?:收|理|复|接|到|结)[^,。;]{0,6}依申请公开|依申请公开$"
)
# A sentence that counts nothing may be on them all the same.
_ARE_TOPIC = re.compile("依申请公开|(?:信息|政务)公开申请|(?:收到|受理)[^,。;]*公开申请")
_CAME_OR_WENT = re.compile("新收|收到|受理|办结|答复")
# What ties cases to disclosure: a bureau of justice counts reviews of everything.
_TIES = re.compile("公开|申请(?!人)|复议[、和与及]|诉讼情况")
# Words of outcomes that nothing else has, and what else might have them after all.
_OUTCOME = re.compile(
    "(?:办理|处理|答复)结果|同意公开|不予处理|无法提供|不再处理|公开答复|危及|过程性信息|执法案卷|内部事务信息|国家秘密|第三方合法权益"
)
_OTHER_MATTER = re.compile(
    "举报(?!投诉类)|(?<!举报)投诉|提案|建议|许可|复议|诉讼|公文|文件|热线|工单|信箱|留言|诉求|咨询|案件"
)
# Who asks for these asks for no information.
_OTHER_ASKED = (
    "(?:许可|审批|仲裁|低保|救助|登记|补贴|资质|职称|工伤|法律援助|保障房|公租房|廉租|执业|备案|复议|办事)"
    "(?:事项|服务)?(?:的)?申请|申请(?:办理)?(?:行政许可|行政审批|登记)"
)
_OTHER_PAPERS = (
    "(?:审批(?:服务)?(?:事项|大厅)|信访|咨询|热线|工单|留言|信箱|建议|提案|来电|诉求|抽查"
    "|(?:举报|投诉)(?!类))(?!.*公开)"
)
_OTHER_THINGS = re.compile(f"{_OTHER_ASKED}|{_OTHER_PAPERS}")
# Those a body serves apply to it for its services.
_OF_THE_SERVED = frozenset({"served", "request"})
_APPLICANTS = {
    "自然人": "natural_person",
    "公民个人": "natural_person",
    "商业企业": "enterprise",
    "企业": "enterprise",
    "科研机构": "research",
    "社会公益组织": "public_interest",
    "法律服务机构": "legal_service",
}
_OF_APPLICANTS = re.compile(
    rf"({'|'.join(_APPLICANTS)})(?:提出|提交)?的?(?:政府信息公开|信息公开)?申请(?:中|里|方面)"
)
_APPLICANT_TOPIC = re.compile(rf"^({'|'.join(_APPLICANTS)})(?:方面)?:")
# What says, before any number, that those who asked are told apart.
_BY_APPLICANT = re.compile(
    r"来自|提出|(?:自然人|企业)申请占|提交|新收|申请(?:人|主体)|按[^,。;]{0,6}(?:性质|身份|主体|人)[^,。;]{0,4}分|分类"
)
# What became of those counted: 办结55件，其中予以公开30件.
_CLOSED_SO = re.compile("\\d+件(?:申请)?,?(?:其中)?[:,]?(?:予以|同意|部分|不予|不同意)公开")
# 部分公开8件,其中自然人申请7件: what those who ask get are requests.
_ASKED_BY = re.compile(
    r"\d+件,?其中[:,]?(?:自然人|公民个人|商业企业|科研机构)(?:提出|提交)?的?申请"
)
_COUNTS = re.compile(r"\d[件条次]")
# Whom the clause of a number says to have come: 自然人、商业企业新收申请分别为33件和3件.
_CAME = re.compile(r"(?:新收|收到|受理)[^,。;:答办结]*$")
_LEGAL_PERSONS = re.compile("法人|组织")
_ANSWERED = re.compile("办结|答复|办理结果")


class Around(NamedTuple):
    """What stands around a number in prose.

    Attributes:
        headings: Headings above the sentence.
        heard: The sentence before it in its paragraph, if that counts nothing or a semicolon
            ends it.
        said: Its text up to the number.
        behind: Its text from the number on.
        parent_id: Indicator of the number it is a part of.
        parent_label: Label of that number, empty if it is no part.
        before_id: Indicator of the number before it in its paragraph.
        before_label: Label of that number, empty if there is none.
        first_label: Label of the first number of its paragraph, empty if there is none.
        cumulative: Whether the number adds up more than the report's year.
        parent_adds_up: Whether the number it is a part of adds up years.
        counted: Indicators of all the numbers before it in its paragraph.
        year: The year reported on.
    """

    headings: tuple[str, ...] = ()
    heard: str = ""
    said: str = ""
    behind: str = ""
    parent_id: str | None = None
    parent_label: str = ""
    before_id: str | None = None
    before_label: str = ""
    first_label: str = ""
    cumulative: bool = False
    parent_adds_up: bool = False
    counted: frozenset[str] = frozenset()
    year: int | None = None

    @property
    def asked_by(self) -> str:
        """What applicants' numbers are a part of, empty where nothing says."""
        if _CAME.search(self.said):
            return balance().received
        if self.parent_id and self.parent_id.startswith("requests."):
            return self.parent_id.partition(":")[0]
        if (self.before_id or "").partition(":")[0] == balance().received:
            return balance().received
        if self.parent_label and not _LEGAL_PERSONS.search(self.parent_label):
            return ""
        if any(name.startswith(f"{balance().received}:") for name in self.counted):
            return balance().received
        begins = not self.before_label and "收到" in self.nearest
        told_apart = _BY_APPLICANT.search(self.said) or begins
        became = any(words.search(self.said) for words in (_ANSWERED, _OUTCOME))
        told_apart = told_apart and not became
        return balance().received if told_apart else ""

    @property
    def nearest(self) -> str:
        """The heading right above, empty without one; (一)予以公开28件 is none."""
        above = (head for head in reversed(self.headings) if not _COUNTS.search(head))
        return next(above, "")

    @property
    def case(self) -> str:
        """Which kind of cases was named last: ``reconsideration``, ``litigation_direct``."""
        parent = (self.parent_id or "").partition(".")[0]
        named = case_of(self.said) or parent or (self.before_id or "").partition(".")[0]
        if parent.startswith(f"{named}_"):
            return parent
        if named in cases():
            return named
        return self.only_case or self.case_above

    @property
    def is_of_other_cases(self) -> bool:
        """Whether the cases named last are on other business: 治安处罚类行政复议12件,维持10件."""
        return is_of_business(said_before_cases(self.said))

    @property
    def is_of_two_kinds(self) -> bool:
        """Whether both kinds of lawsuits were told before it: 复议后起诉1件,直接起诉2件;维持1件."""
        told = {f"{name}.total" for name in cases() if name.startswith("litigation_")}
        return told <= self.counted and self.before_id in told and not case_of(self.said)

    @property
    def only_case(self) -> str:
        """The one kind of cases whose total the paragraph has given; empty for none or several."""
        told = [name for name in cases() if f"{name}.total" in self.counted]
        return told[0] if len(told) == 1 else ""

    @property
    def case_above(self) -> str:
        """The kind of cases that the nearest heading names, empty where it names several."""
        named = cases_in(self.nearest)
        return named[0] if len(set(named)) == 1 else ""

    @property
    def opens_cases(self) -> bool:
        """Whether a list of outcomes follows a kind of cases: 行政复议:维持1件、纠正0件,总计1件."""
        return opens_cases(self.said) or (bool(self.case_above) and not case_of(self.said))

    @property
    def asker(self) -> str:
        """Which applicants' requests are told of: 自然人申请中予以公开33件."""
        named = _OF_APPLICANTS.findall(self.said) or _APPLICANT_TOPIC.findall(self.said)
        return _APPLICANTS[named[-1]] if named else ""

    @property
    def is_tied(self) -> bool:
        """Whether anything said before, or the paragraph's numbers, is about disclosure."""
        return any(map(_TIES.search, (*self.headings, self.said))) or any(
            name.startswith(("requests.", "disclosure.")) for name in self.counted
        )

    @property
    def _spoken_of(self) -> tuple[str, ...]:
        """Labels of the last number and of its whole; of the first if no requests were counted."""
        told = any(name.startswith("requests.") for name in self.counted)
        return (self.before_label, self.parent_label, "" if told else self.first_label)

    def is_about_requests(self, label: str) -> bool:
        """Whether what is counted are requests for information, not petitions or cases."""
        is_told = (self.before_id or self.parent_id or "").startswith("requests.")
        if not is_told and any(map(_are_other_things, self._spoken_of)):
            return False
        if _ANSWERED.search(self.nearest) and any(map(_REQUESTS.search, self.headings)):
            return True
        said = (self.nearest, label, self.before_label, self.parent_label, self.said)
        counted = (self.before_id, self.parent_id)
        if any(map(_REQUESTS.search, said)):
            return True
        if any(name.startswith("requests.") for name in counted if name):
            return True
        if _ASKED_BY.match(self.behind):
            return True
        if _ANSWERED.search(label) and _CLOSED_SO.match(self.behind):
            return True
        told = self.before_label + self.said + label
        counted_before = any(name.startswith("requests.") for name in self.counted)
        of_them = counted_before or _OUTCOME.search(told + self.behind[:24]) is not None
        topics = (self.heard, self.first_label)
        of_them = of_them or bool(
            _CAME_OR_WENT.search(label) and any(map(_ARE_TOPIC.search, topics))
        )
        return of_them and not _OTHER_MATTER.search(told)


def is_of_business(said: str) -> bool:
    """Whether the subject named last before cases is other business: 行政处罚未发生行政复议."""
    subjects = list(vocabulary().subject.finditer(said))
    return bool(subjects) and not subjects[-1]["disclosure"]


def _are_other_things(label: str) -> bool:
    """Whether a label counts applications for something else: 低保申请, 受理纳税人申请."""
    asked = any(concepts >= _OF_THE_SERVED for concepts in concepts_of(label))
    return asked or _OTHER_THINGS.search(label) is not None
