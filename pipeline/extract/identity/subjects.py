"""Bodies that a report's sentences are about, and those that the head of its page sets apart.

Asked where neither title nor opening names the writer: it calls itself 我局, and one bureau alone
does what the report tells, whatever that is.
"""

import re
from collections.abc import Iterator

from pipeline.agencies.functions import looks_like_agency
from pipeline.agencies.resolver import Certainty, Resolution, resolve
from pipeline.extract.identity.in_passing import NAME_OF_TOWN
from pipeline.extract.identity.mentions import leading_name
from pipeline.extract.identity.name_patterns import IS_TALKED_OF, LETTER
from pipeline.extract.identity.titles import HEAD
from pipeline.lexis.years import DIGITS

_CLAUSE = re.compile(
    rf"[。，,；;：:\n]\s*(?:全年|年内|本年度|一年来|过去一年|今年以?来|增加|{DIGITS}年(?:度|底|末|以?来)?)?[“\"]?"
    rf"(?![我本该全各])({LETTER}{{5,60}})"
)
_OPENNESS = re.compile("公开|条例|申请|年度?报|政务信息|网站|领导小组")
"""What a report on open government says of its writer, and of others when they meddle with it."""
_GOES_ON = re.compile(
    "[、和与及《等的就于因]|关于|联合|联系|印发|下发|转[发来交办]|要求|部署|批[复准]|督[查导办]|组织|召开|举办|主办|牵头|提[供起]|"
    "反馈|移[送交]|告知|不服|作[出为]|派|驻|来函|发来|系统|每[年季月]|电话|地址|建议|通知|原有|已公开的|"
    "(?:门户|官方|政务)*(?:网|平台|微信|微博|公众号|新媒体)"
)
"""How a sentence goes on behind a name that is not its writer's."""
_MEDDLES = re.compile(
    "[我本](?:机关|单位|部门|局|委|厅|办|镇|乡|街道|校|院|处|队|站|中心|所|会|社|馆)|考核|通报|检查|评[估比议]|抽查|测评|"
    "指导|不再|值得|承接|划入|提出意见|对各|各单位|各部门|其他|[省市县区]局"
)
"""What those do who have to do with the open government of others."""
_ENDS = re.compile("[。；;\n]")
_APART = re.compile(r"[|>＞»›/_\-—–·【】\[\]()（）\s]+")
_LABEL = re.compile(r"(?<!位置)[:：]\s*\S+")
_SETS_APART = re.compile(rf"(?:报告|年报)|(?:首页|位置).*[>＞»›]|^\s*{DIGITS}[-/年.]")
"""Lines at the head of a page: its title, the way to it, the day it was put there."""
_NEWS = re.compile("动态|新闻|链接|抄送|转自|印发")
_RED_HEAD = "文件"
"""What stands behind an agency's name over its official papers."""


def acting(text: str, year: int | None) -> Iterator[Resolution]:
    """Yields bodies, named with their region, that a sentence on open government begins with."""
    said = f"\n{text}"
    for match in _CLAUSE.finditer(said):
        sentence = sentence_from(said, match.start(1))
        if _OPENNESS.search(sentence) is None or meddles(sentence):
            continue
        found = leading_name(match[1], year)
        if found is None or found.certainty is not Certainty.CERTAIN:
            continue
        behind = sentence.removeprefix(found.name)
        goes_on = _GOES_ON.match(behind) or IS_TALKED_OF.match(behind)
        if behind != sentence and not goes_on:
            yield found


def sentence_from(text: str, start: int) -> str:
    """Returns the rest of a sentence."""
    end = _ENDS.search(text, start)
    return text[start : end.start() if end else len(text)]


def meddles(sentence: str) -> bool:
    """Whether a sentence tells what those do who have to do with the open government of others."""
    return _MEDDLES.search(sentence) is not None


def set_apart(text: str, year: int | None) -> Iterator[Resolution]:
    """Yields bodies whose names are set apart in the title of a page, its way or its date line."""
    for line in text[:HEAD].partition("。")[0].split("\n"):
        is_red = line.strip().endswith(_RED_HEAD)
        if not (is_red or _SETS_APART.search(line)) or _NEWS.search(line):
            continue
        for words in _APART.split(_LABEL.sub(" ", line)):
            name = words.removesuffix(_RED_HEAD)
            is_body = looks_like_agency(name) or NAME_OF_TOWN.search(name)
            found = resolve(name, year=year) if is_body else None
            if found and found.certainty is Certainty.CERTAIN:
                yield found
