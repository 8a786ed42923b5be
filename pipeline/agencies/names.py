"""Agency names as strings: what printing, masking and titles add, taken away."""

import re
import unicodedata

from pipeline.agencies import central, functions, regions
from pipeline.lexis.years import DIGITS

_SPACE = re.compile(r"[\s\u200b-\u200f\ufeff\u2060·•]+")
_NOTE = re.compile(
    r"\((?:[^()]*(?:以下|简称|盖章|公章|章|试行|代章|公开|加挂|挂牌|筹|年|[xX*]{2})[^()]*|原[^()]*|"
    r"(?:本级|机关|本机关|本级机关|机关本级|含本级|汇总|全系统|系统)|"
    r"[^()]{2,16}(?:(?<!分)局|办公室|委员会|[政外监]办|厅|中心|支队|大队|市|县|城|镇|街道|公园|(?<![发园新合])区))\)"
)
_MASK = re.compile(r"[xX×✕*_□■]{2,}|[xX×✕*○〇]+(?=[省市县区旗镇乡州局厅])|某|\ufffd{2,}")
_LEAD = re.compile(
    rf"^(?:(?:信息来源|来源|(?:发布|公开|编制|发文|责任|主办|填报|报送|制作|供稿)(?:单位|机构|部门|机关|主体)|单位名称)(?:\([^()]{{0,4}}章\))?:|{DIGITS}年\d{{1,2}}月\d{{1,2}}日(?:星期.)?|[(〔\[]{DIGITS}年?度?[)〕\]](?:学?年度?)?|(?:附件|附表|附)\d*[:.、]?|关于(?:印发|公布|发布|报送|上报|呈报|提交)?|"
    rf"[《“\"'〈<(【\[]+|\d+[.、]|(?:{DIGITS}|19\d\d)(?:-\d{{2,4}})?(?:学年)?年?度?(?:[)〕\]】](?:学?年度?)?)?)+"
)
# What an agency does with its report, which is no unit of it: 国家民委发布2010年….
_DOES = (
    "(?<=[局委厅办室府会部署院行社团关队处站校学心省市县区州旗镇乡道])"
    f"(?:发布|公布|公开|上报|报送|编制|编发|印发|完成)(?=《?{DIGITS})"
)
_TITLE = re.compile(
    rf"(?:(?:{_DOES})?《?(?:{DIGITS}|19\d\d)(?:学?年度?|度|-|\)|$)|[〔\[(]{DIGITS}[〕\])]|[》”\"'〉>】\]]|"
    r"(?:本级)?(?:关于)?(?:主动公开|依申请公开|(?:(?<!人民)政府|政务|机关)?信息公开|政务公开|信息依申请)"
    r"(?!办|领导小组办|工作领导|和政务服务|与政务服务|工作办|服务中心|政务服务|管理局|局)|"
    r"年度工作|工作年度|年度报告|年报|关于|转发|印发).*$"
)
_OFFICE_IN_BRACKETS = re.compile(
    r"\((?:[省市县区州盟旗本]?(?:人民政府|行政公署|政府|行署))?(办公[室厅])\)"
)
# A district and the zone it runs: 浑南区(沈阳高新区)市场监督管理局.
_ZONE_OF_DISTRICT = re.compile(
    r"(?<=[市县区旗])\([^()]{2,16}(?:开发区|高新区|经开区|新区)\)(?=..+[局委办])"
)
_BEHIND_ZONE = re.compile(r"(?<=[区园城])\(([^()]{2,12})\)(?=管委会|管理委员会|党工委)")
"""A place that a zone is in, or whom it is one with: 武昌经开区(滨江)管委会."""
_PLACE_BEHIND = re.compile(
    r"(?<=[局委办厅府处镇乡道木])(?:[(【\[〔]|[-—–]{1,2})([\u4e00-\u9fff]{2,14}[省市县区旗州盟])"
    r"(?:[)】\]〕]|(?=$|\d|政府信息|信息公开))"
)
"""A region behind the name of who is in it: 下达河乡(辽阳县)."""
_OPENING = frozenset("【[〔(")
_OPENED = re.compile(r"^[【\[〔(](\d*[\u4e00-\u9fff]{2,16})[】\]〕)](?=([\u4e00-\u9fff]{2}.*))")
_SET_OFF = re.compile(
    r"([\u4e00-\u9fff]{2,16})(?:[-—–―|/>»›:_]{1,3}|[【\[〔])(?=[\u4e00-\u9fff]{2})"
)
"""What stands between a region and who is in it: 辽阳县-下达河乡, 辽阳县【下达河乡】."""
_MASK_SIGN = re.compile("[xX×✕*_□■○〇某\ufffd]")
_TAIL = re.compile(r"[\d\W_]+$|\(?(?:盖章|公章)\)?$|(?<=[局委厅办府会])的$|关于$|\([^()]*$")


def normalise(name: str) -> str:
    """Returns a name without spaces, notes in brackets, years and the title around it.

    ``关于 嘉祥县质量技术监督局（盖章）2018年度政府信息公开工作的报告`` becomes
    ``嘉祥县质量技术监督局``.
    """
    text = _SPACE.sub("", unicodedata.normalize("NFKC", name)).replace("", "")
    if text[:1] in _OPENING:
        text = _without_heading(text)
    lead = _LEAD.match(text)
    if lead:
        text = text[lead.end() :]
    apart = _SET_OFF.match(text)
    if apart and regions.named_first(apart[1]) == apart[1]:
        text = apart[1] + text[apart.end() :]
    text = _PLACE_BEHIND.sub("", text)
    if "(" in text:
        text = _BEHIND_ZONE.sub("", text)
        text = _ZONE_OF_DISTRICT.sub("", _OFFICE_IN_BRACKETS.sub(r"\1", text))
        text = _NOTE.sub("", text)
    text = _TITLE.sub("", text)
    previous = None
    while text != previous and _may_go_on(text) and not central.is_listed(text):
        previous, text = text, _TAIL.sub("", text)
    return text


def _without_heading(text: str) -> str:
    """A name behind words in brackets: its region, 【辽阳县】下达河乡, or a column, 【年报】…."""
    match = _OPENED.match(text)
    if match is None:
        return text
    said, behind = match.groups()
    if any(chain.length == len(said) for chain in regions.chains(said)):
        return said + behind
    title = _TITLE.search(said)
    names_someone = functions.looks_like_agency(said) or (title and title.start())
    return text if names_someone or _TITLE.match(behind) else behind


def _may_go_on(text: str) -> bool:
    """Whether something may stand behind the name still; of most names nothing does."""
    return not text[-1:].isalpha() or text.endswith(("章", "的", "关于")) or "(" in text


def behind_zone(name: str) -> str:
    """Returns what stands in brackets behind a zone, empty where nothing does."""
    return _found_in(name, _BEHIND_ZONE)


def place_behind(name: str) -> str:
    """Returns the region in brackets or after a dash behind a body's name, empty for none."""
    return _found_in(name, _PLACE_BEHIND)


def _found_in(name: str, pattern: re.Pattern[str]) -> str:
    found = None if name.isalpha() else pattern.search(unicodedata.normalize("NFKC", name))
    return found[1] if found else ""


def is_masked(text: str) -> bool:
    """Whether part of a name was blotted out: ``xx县``, ``**局``, ``某市``."""
    plain = unicodedata.normalize("NFKC", text)
    return _MASK_SIGN.search(plain) is not None and _MASK.search(plain) is not None
