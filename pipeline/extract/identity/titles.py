"""Titles of reports and tables: where they stand and what they say."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice, zip_longest

from msgspec import Struct

from pipeline.agencies.functions import looks_like_agency
from pipeline.agencies.regions import named_first
from pipeline.declared import Declaration, declared
from pipeline.extract.identity.whole_year import Periods
from pipeline.lexis.numbering import marker
from pipeline.lexis.years import DIGITS, names_year, spans_years, spoken_of
from pipeline.model.report import DocType, OtherKind

_SUBJECT = re.compile(
    r"(?:信息|政务|厂务|院务|校务|警务|党务)(?:主动|依申请)?公开|依申请公开|公开信息|"
    r"政府信息(?=(?:工作)?(?:年度)?(?:工作)?(?:报告|年报))"
)
PAPER = "(?:政府)?信息公开(?:工作)?(?:年度)?(?:报告|年报)"
"""How a text calls the report that it is or cites."""
_KIND = re.compile(
    r"报告|年报|总结|小结|要点|统计表|情况表?|报表|通知|函|通报|公告|指南|目录|方案|计划|办法|制度|汇报|"
    r"规定|意见|清单|申请表|解读|安排|简报|工作$|公开$|自查|细则|分解表"
)
_PROSE = re.compile(r"[。；！？!?;]|，|(?<!\d),|,(?!\d)|：.*：|以下简称|(?:根据|依据|按照)《")
_DEBRIS = re.compile(
    r"^(?:当前位置|首页|欢迎|您?现?在?的?位置|(?:文章|稿件)?来源|时间|发布|作者|浏览|字号|打印|关闭|索引|栏目|相关链接|附件下载|"
    r"文号|本部门|本机关|本单位|根据|依据|按照|主题|分类|组配|信息分类|体裁|关键词|公文|名称[:：]|原文链接|本地目录|页面链接|http|www|>|-->|信息来源|责任编辑|点击|分享)"
)
_YEAR_ONLY = re.compile(rf"^[（(【\[]?\s*{DIGITS}\s*(?:-\s*\d+)?\s*年?\s*度?\s*[)）】\]]?$")
_DAY_ALONE = re.compile(
    rf"[（(]?{DIGITS}\s*(?:年|[-/.])\s*\d{{1,2}}\s*(?:月|[-/.])\s*\d{{1,2}}日?[)）]?"
)
"""When a paper was put on the page, on a line of its own."""
_BEGINS_DAY = frozenset("（(12２二")
_NAME_AND_YEAR = re.compile(rf"[\u4e00-\u9fff（）()]{{3,}}{DIGITS}年度?")
# …年度报告——钦州市工商行政管理局, …报告（钦州市工商行政管理局）
_NAME_BEHIND = re.compile(
    rf"(?:报告|年报|总结)\s*(?:[(（]{DIGITS}年度?[)）])?\s*(?:[-—–－:：]+|[(（\[【])\s*([\u4e00-\u9fff]{{2,30}})[)）\]】]?\s*$"
)
_ANNEX = re.compile(
    r"^(?:附\s*[件表]?\s*\d*\s*[:：、]|(?:标题|名称)[:：]?|点击(?:此处)?(?:查看|下载|阅读)[^:：]{0,8}[:：]|"
    rf"[\[（(【]?{DIGITS}(?:年\d{{1,2}}月(?:\d{{1,2}}日)?|[-./]\d{{1,2}}[-./]\d{{1,2}})"
    r"(?:[\])）】]|(?:发布|公布|公开|更新|上传|印发)?[:：])(?=.{9}))\s*"
)
"""What stands in front of a title: that it is an annex, or when it was put there."""
_BEFORE_TITLE = frozenset("附标名点[（(【2２二")
_PLAN_TOO = re.compile(
    rf"[及暨和与、](?:{DIGITS}年度?|下一年度?).{{0,8}}(?:计划|打算|安排|思路|要点)$"
)
# 2021年1-12月 is no part of a year.
_WHOLE_YEAR = re.compile(
    r"(?<!\d)(?:1|一)月?份?(?:[-—–~～]{1,2}|至|到)(?:12|(?<!十)十二)月份?(?!\d)"
)
_DESK = re.compile("政务公开(?:工作)?(?:领导小组)?(?:办公室|办(?=20|二))")
"""An office of that name makes its report no summary of 政务公开."""
_WHOSE = re.compile(
    r"^(?:填报|报告|报送|编制)?(?:单位|机关)(?:名称|[（(]盖章[)）])?[:：](?=[\u4e00-\u9fff]{3})"
)
"""What labels the name of the writer on a line of its own."""
_PUBLISHES = re.compile("关于(?:印发|公布|发布|公开|转发)?$")
_TOKEN = re.compile(r"\S+")
# Markdown prints a bold line **so**; two signs in front alone mask a name.
_EMPHASISED = re.compile(r"(\*{1,3}|_{1,3})([^*_].*[^*_])\1")
_REST = re.compile(
    r"(?:工作|年度|情况|报告|总结|年报|统计表)\S{0,8}$|(?:有关|相关)(?:事项|问题|工作)?的?(?:通知|函|意见|公告)$"
)
_PLACE_ENDINGS = (
    "省",
    "市",
    "县",
    "区",
    "州",
    "镇",
    "乡",
    "街道",
    "苏木",
    "旗",
    "盟",
    "团",
    "政府",
    "办事处",
    "委员会",
)
# What a page says of the report, run into its title: …年度报告来源：县水利局发布时间：….
_RUN_INTO = re.compile(
    r"(?<=报告|年报)(?:信息)?(?:来源|时间|日期|作者|浏览|点击|索引号|发布(?:机构|日期|时间))[:：].*"
)
_FILE = re.compile(r"(?<=报告|年报)\.(?:pdf|docx?|wps|xlsx?)$", re.IGNORECASE)
# A column of the site, on the way to the page or in the list of all: 政务公开 > 年度报告, 公开指南.
_COLUMN = re.compile(
    r"(?:政府|政务|部门|乡镇|街道|[省市县区]|信息|公开|工作|年度|年报|报告|目录|法定|主动|内容|平台|专栏|指南|制度|"
    r"规定|办法|条例|法规|政策|文件|解读|依|申请|表|流程|图|网上|在线|下载|受理|查询|监督|保障|机制|重点|领域|意见|箱|"
    r"举报|要点|统计|数据|清单|基层|标准化|规范化|机构|职能|首页|网站|与|和|及)+"
)
# What a name may have behind it: …人民政府（本级）, …人民政府本级.
_ADDED = re.compile(r"(?<=[\u4e00-\u9fff])[（(][^（）()]{1,8}[)）]$|(?<=[府会])本级$")
HEAD = 600
"""How far a page is read for what stands at its head."""
OPENING = 1500
"""How far it is read for what its opening says."""
LEAD = 4000
"""How far it is read for whose it is, and on which year."""
_LONGEST_OPENING = 300
_DIGIT = re.compile(r"\d")
_NO_WORD = re.compile(r"[^\u4e00-\u9fff]+")
# Between the title of a page and the name of its site.
_RULES = "-_|—–"
_STEPS = (">", "»", "›", "＞")
_LONGEST = 70
_LONG = 25
# What a subject or a year has a part of: most words and figures of a page have none.
_SIGN = re.compile("公开|政府信息|[2２二]")
_FURTHEST = 8
_YEAR_OF_PUBLICATION = re.compile(
    rf"[（(]\s*{DIGITS}年[^（）()]{{0,8}}(?:公布|发布|公开|编制|印发|修订)[)）]"
)
_BRACKET = re.compile(r"[〔\[【（(]")
_BRACKETED_YEAR = re.compile(rf"[〔\[【（(]\s*({DIGITS})\s*[〕\]】）)]\s*年")
# A paper of another: an advertisement, a link with the day it was put there.
_ADVERT = re.compile(
    r"[\d一二三四五六七八九十]+\s*篇\S{0,6}$|点击下载|会员|范文|请关注|关注\S{0,8}公众号|^(?:推荐|延伸|相关|热门)(?:阅读|推荐|文章)|[【\[](?:推荐|相关|热门|精选|延伸)\S{0,4}[】\]]"
)
_LINK = re.compile(rf"(?:报告|年报|总结)[\[(（]?{DIGITS}[-/.]\d{{1,2}}[-/.]\d{{1,2}}")
_PLAIN_TITLE = re.compile(rf"[\u4e00-\u9fff（）()]{{4,30}}{DIGITS}年?度?(?:工作)?(?:报告|年报)")
_PLACE_ALONE = re.compile(r"[\u4e00-\u9fff]{1,14}(?:省|市|县|区|旗|州|盟)")
_SHORTEST_PLACE = 3
_SPACED_YEAR = re.compile(r"[ \u3000](?:(?<=\d.)[ \u3000]*(?=年)|(?<=年.)[ \u3000]*(?=[度政]))")


# 互 助 县 教 育 局: letters set apart are one word.
_BLANKS = frozenset({" ", "\u3000"})
_BLANK = re.compile(r"[ \u3000]")
_APART = re.compile(r"[ \u3000][\u4e00-\u9fff（）][ \u3000]")
_SET_APART = re.compile(r"(?<!\S)(?:[\u4e00-\u9fff（）][ \u3000]){3,}[\u4e00-\u9fff）](?!\S)")


class _Rule(Declaration):
    pattern: re.Pattern[str]
    type: DocType
    why: str


class _Kind(Declaration):
    kind: OtherKind
    title: re.Pattern[str]
    unless: re.Pattern[str] | None = None
    head: re.Pattern[str] | None = None

    def fits(self, title: str, head: str) -> bool:
        """Whether a paper is of this kind, by its title or the words at its head."""
        if self.title.search(title) and not (self.unless and self.unless.search(title)):
            return True
        return self.head is not None and self.head.search(head) is not None


class Signs(Declaration):
    """The word lists of ``data/identity.yml``; see the comments there."""

    titles: tuple[_Rule, ...]
    sections: tuple[re.Pattern[str], ...]
    sections_needed: int
    outline: tuple[re.Pattern[str], ...]
    formula: re.Pattern[str]
    form: re.Pattern[str]
    half_year: re.Pattern[str]
    letter: re.Pattern[str]
    about: re.Pattern[str]
    covering: re.Pattern[str]
    bringing: re.Pattern[str]
    corrects: re.Pattern[str]
    counted: re.Pattern[str]
    self_region: re.Pattern[str]
    for_region: re.Pattern[str]
    tier_said: re.Pattern[str]
    self_agency: re.Pattern[str]
    other_kinds: tuple[_Kind, ...]
    erratum: re.Pattern[str]
    corrected_below: re.Pattern[str]
    chapter: re.Pattern[str]
    amended: re.Pattern[str]
    corrected: re.Pattern[str]
    corrected_of_region: re.Pattern[str]
    of_a_report: re.Pattern[str]
    compiled: re.Pattern[str]
    draft: re.Pattern[str]
    annual: re.Pattern[str]
    periods: Periods


@dataclass(frozen=True, slots=True)
class Title:
    """A title found in a text.

    Attributes:
        text: The title, lines joined by a space.
        beside: Words in front of it on its line that may name another agency.
        near: Short lines above and below it that may name the agency.
        is_own: Whether the report bears it, not only the page around it.
        is_crumb: Whether it is the last step of a way through the site: ``首页 > 年报 > …``.
        is_plain: Whether it does not say what the report is on.
    """

    text: str
    near: tuple[str, ...] = ()
    beside: str = ""
    is_own: bool = True
    is_crumb: bool = False
    is_plain: bool = False

    @property
    def named(self) -> tuple[str, ...]:
        """Words behind, above and below it that may name the agency: …年度报告（钦州市工商局）."""
        behind = _NAME_BEHIND.search(self.text)
        return (*(behind.groups() if behind else ()), *self.near)

    @property
    def year(self) -> int | None:
        """The year it reports on; of several (总结 … 计划) the one the subject follows.

        A school year is called by the year it ends in.
        """
        text = self.text
        if _BRACKET.search(text):
            text = _YEAR_OF_PUBLICATION.sub("", _BRACKETED_YEAR.sub(r"\1年", text))
        named = list(spoken_of(text))
        if spans_years(text):
            return named[-1].year if "学年" in text and named else None
        for match, behind in zip_longest(named, named[1:]):
            if not behind or _SUBJECT.search(text[match.end : behind.start]):
                return match.year
        return None

    @property
    def spans_years(self) -> bool:
        """Whether it reports on several years, or a school year: ``2015-2016学年``."""
        return spans_years(self.text)


class _Token(Struct, frozen=True):
    text: str
    start: int
    behind_blank: bool = False


@cache
def signs() -> Signs:
    """Returns the word lists."""
    return declared("pipeline.extract.identity", "identity", Signs)


def is_correction(title: str | None, text: str, start: int, end: int) -> bool:
    """Whether a report says that it replaces an earlier one.

    Args:
        title: Its title. A report that begins with its lead sentence leaves that to the line
            above it.
        text: Text of the document.
        start: Where the report begins in it.
        end: Where it ends. What is said behind the opening is about something else.
    """
    above = text[:start].rstrip().rpartition("\n")[2]
    opening = text[start : min(end, start + _LONGEST_OPENING)]
    said = (title or "", *("".join(one.split()) for one in (above[:_LONGEST_OPENING], opening)))
    return any(signs().corrects.search(one) for one in said)


@lru_cache(maxsize=64)
def doc_type(title: str) -> DocType | None:
    """Returns the kind of paper that a title names, None if it names none."""
    title = _said(title)
    bare = re.sub(r"[（(【\[].*?[)）\]】]$", "", title) or title
    for rule in signs().titles:
        if rule.pattern.search(bare):
            return rule.type
    return None


def other_kind(title: str, head: str) -> OtherKind | None:
    """Returns the kind of a paper that is no account of a year; None for an account.

    Args:
        title: Its title, empty where it has none.
        head: The words at its head.
    """
    title, head = _said(title), "".join(head.split())
    return next((one.kind for one in signs().other_kinds if one.fits(title, head)), None)


def _said(title: str) -> str:
    """A title without desks, plans and words for a whole year, to tell the kind of paper by."""
    title = _DESK.sub("", re.sub(r"\s", "", title))
    return _WHOLE_YEAR.sub("", _PLAN_TOO.sub("", title))


def plain_titles(text: str) -> Iterator[Title]:
    """Yields lines at the head of a text that call it an agency's report without saying on what.

    ``嘉祥县教育局2020年度报告``; they name an agency and a year, and no kind of paper.
    """
    for token in islice(_tokens(text[:HEAD]), _FURTHEST):
        if _PLAIN_TITLE.fullmatch(token.text):
            yield Title(token.text, is_plain=True)


def titles(text: str) -> Iterator[Title]:
    """Yields the titles at the head of a text, before its first sentence."""
    ahead = _tokens(text[:OPENING])
    tokens = list(islice(ahead, _FURTHEST))
    behind = 0
    for index, token in enumerate(tokens):
        # Only as far as a title looks: most heads end long before a table that follows.
        tokens.extend(islice(ahead, 1))
        if index < behind or not (len(token.text) > _LONG or _SIGN.search(token.text)):
            continue
        if len(token.text) > _LONGEST or _PROSE.search(token.text):
            ends = index and len(token.text) > _LONG and not _DEBRIS.match(token.text)
            if ends and not _is_number(tokens[index - 1].text):
                return
            continue
        end = _title_end(tokens, index)
        if end and not (index and _is_number(tokens[index - 1].text)):
            behind = end
            yield _around(tokens, index, end)


def table_titles(text: str) -> Iterator[Title]:
    """Yields the titles of statistics tables, wherever they stand."""
    at = text.find("统计表")
    while at >= 0:
        before = _closed(text[max(0, at - 120) : at])
        tokens = list(_tokens(before + text[at : at + 60]))
        for index, token in enumerate(tokens):
            if token.start <= len(before) < token.start + len(token.text):
                behind = _title_end(tokens, index)
                if behind:
                    yield _around(tokens, index, behind)
                break
        at = text.find("统计表", at + 3)


def is_title(text: str) -> bool:
    """Whether a short line reads like the title of a paper about open government."""
    return (
        _SUBJECT.search(text) is not None
        and _KIND.search(text) is not None
        and not _DEBRIS.match(text)
        and not _ADVERT.search(text)
        and not _LINK.search(text)
        and marker(text) is None
    )


def is_column(text: str) -> bool:
    """Whether words are the name of a site's column: no body and no year is in them."""
    return _DIGIT.search(text) is None and _COLUMN.fullmatch(_NO_WORD.sub("", text)) is not None


def _tokens(text: str) -> Iterator[_Token]:
    text, last = _closed(text), 0
    for match in _TOKEN.finditer(text):
        gap, last = text[last : match.start()], match.end()
        bare, end = match.group(), match.end()
        emphasised = _EMPHASISED.fullmatch(bare) if bare[0] in "*_" else None
        if emphasised:
            bare, end = emphasised[2], end - len(emphasised[1])
        if bare[0] in _BEFORE_TITLE:
            bare = _ANNEX.sub("", bare)
        shown = _RUN_INTO.sub("", bare) if "：" in bare or ":" in bare else bare
        shown = _FILE.sub("", shown) if "." in shown else shown
        yield _Token(shown.rstrip(_RULES), end - len(bare), gap in _BLANKS)


def _closed(text: str) -> str:
    """A text without the blanks inside years and between letters set apart."""
    text = _SPACED_YEAR.sub("", text)
    if _APART.search(text) is None:
        return text
    return _SET_APART.sub(lambda match: _BLANK.sub("", match.group()), text)


def _is_day(line: str) -> bool:
    """Whether a line is a day alone, which is no year of the report."""
    return line[:1] in _BEGINS_DAY and _DAY_ALONE.fullmatch(line) is not None


def _is_number(text: str) -> bool:
    found = marker(text)
    return found is not None and found.end == len(text)


def _title_end(tokens: Sequence[_Token], index: int) -> int:
    """Index behind the title that begins with a token, 0 if none does.

    A title may be torn at spaces: ``政府信息公开 工作年度报告``.
    """
    if _is_day(tokens[index].text) or _ADVERT.search(tokens[index].text):
        return 0
    for behind in range(index + 1, min(index + 4, len(tokens) + 1)):
        pieces = [token.text for token in tokens[index:behind]]
        torn = behind > index + 1
        if torn and (_PROSE.search(pieces[-1]) or _DEBRIS.match(pieces[-1])):
            return 0
        whole = "".join(pieces)
        if len(whole) > _LONGEST:
            return 0
        if _SUBJECT.search(whole) is None and not names_year(whole):
            return 0
        if is_title(whole) and (not torn or _SUBJECT.search(pieces[0] + pieces[1])):
            if behind < len(tokens) and _REST.match(tokens[behind].text):
                behind += 1
            return behind
        if not torn and behind < len(tokens) and is_column(whole) and is_title(tokens[behind].text):
            return 0
    return 0


def _around(tokens: Sequence[_Token], index: int, behind: int) -> Title:
    """The title with a year on a line of its own, and the names above and below."""
    text = " ".join(token.text for token in tokens[index:behind])
    near: list[str] = []
    above = [_WHOSE.sub("", token.text) for token in tokens[max(0, index - 3) : index]][::-1]
    below = [_WHOSE.sub("", token.text) for token in tokens[behind : behind + 2]]
    if above and _PUBLISHES.search(above[0]):
        text, above = f"{above[0]} {text}", above[1:]
    for line in () if _are_years(above[:2]) else above:
        if _is_day(line):
            continue
        if not names_year(text) and (_YEAR_ONLY.match(line) or _ends_in_year(line)):
            text = f"{line} {text}"
            continue
        if _is_place(line) and _goes_before(line, near[0] if near else text):
            if near:
                near.insert(0, line + near[0])
            elif not names_year(text[:6]):
                text = f"{line} {text}"
                break
        if not _names_someone(line):
            break
        near.append(line)
        if len(near) > 1:
            break
    for line in () if _are_years(below) else below:
        if _YEAR_ONLY.match(line):
            text = text if names_year(text) else f"{text} {line}"
            continue
        if _names_someone(line):
            near.append(line)
        break
    is_crumb = index > 0 and tokens[index - 1].text.endswith(_STEPS)
    beside = above[0] if above and tokens[index].behind_blank and _names_someone(above[0]) else ""
    return Title(text, tuple(near), beside, is_crumb=is_crumb)


def _is_place(line: str) -> bool:
    """Whether a line is a region's name: 芒市, but not 本市."""
    if _PLACE_ALONE.fullmatch(line) is None:
        return False
    return len(line) >= _SHORTEST_PLACE or named_first(line) == line


def _goes_before(place: str, name: str) -> bool:
    """Whether a region is that of a name below it: 汕尾市 of 城区司法局."""
    if name.startswith(place):
        return False
    return not named_first(name) or named_first(place + name) != place


def _are_years(lines: Sequence[str]) -> bool:
    """Whether lines list the years of a site's reports, none of them a title's own."""
    return len(lines) > 1 and all(map(_YEAR_ONLY.match, lines))


def _ends_in_year(line: str) -> bool:
    """Whether a title goes on below: ``洪泽区人民政府2024年``."""
    return (
        len(line) <= 40
        and _NAME_AND_YEAR.fullmatch(line) is not None
        and not _PROSE.search(line)
        and not _DEBRIS.match(line)
    )


def _names_someone(line: str) -> bool:
    bare = _ADDED.sub("", line).strip("（）()[]【】")
    return (
        2 < len(bare) <= 40
        and not _PROSE.search(bare)
        and not _DEBRIS.match(bare)
        and (looks_like_agency(bare) or bare.endswith(_PLACE_ENDINGS))
    )
