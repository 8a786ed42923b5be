"""The year of a number, the part of it that is covered, and who acts in the words before."""

import re
from functools import lru_cache

from pipeline.extract.prose.vocabulary import vocabulary
from pipeline.extract.prose.whose import is_of_name, zone_units
from pipeline.lexis.years import Use, mentions

_QUOTED = re.compile(r"《[^《》]*》|“[^”]*”")
_OF_A_YEAR = (Use.YEAR, Use.DAY, Use.STAMP)
_THIS_YEAR = re.compile(r"今年|本年")
_SINCE = re.compile(r"[自从]$")
# What is carried from or to another year is counted in this one.
_NOT_DONE = "(?:尚|仍)?未(?:办结|答复|办理完毕)[、,而并]?(?:需|须)?"
_CARRIED = re.compile(f"度?(?:末|底)?(?:结转|转结|{_NOT_DONE}(?:结转|转结|转入))")
_CARRIED_TO = re.compile("(?:结转|转结|转入|留待)(?:至|到|自)?$")
_CARRIED_FROM = re.compile(r"(20\d\d)年度?(?=(?:末|底)?的?(?:结转|转结))")
_CARRIED_LAST_YEAR = re.compile(
    "(?:去年|前一年|上一年|上年)度?(?:末|底)?的?(?:结转|转结|转入|遗留|转来|未办结|留下来?)(?!下|至下|次)"
)
_CARRIED_ON = re.compile(
    "(?:结转|转结|转入|延续|顺延|(?<![流运周])转为?)(?:至|到|入)?(?:下一?个?年度?|次年度?|明年|来年)"
)
_COMPARED = re.compile(r"[较比与同和]$")
# A year in which something was made that is not counted: 依据2011年制定的制度,收到22件.
_MADE_IN = re.compile(
    "度?(?:\\d{1,2}月)?(?:\\d{1,2}日)?[^,。;:!?()\\d]{0,8}"
    "(?:制定|印发|出台|修订|颁布|下发|发布|公布|建立|实施|施行|建成|开通|成立|上线)的"
    "[^,。;:!?()\\d]*,"
)
# Alone, or with those that it is made up of: 全县, 全区各部门、各园区.
_WHOLE_REGION = re.compile("全[省市县区州旗](?:各.*)?")
# Of a government, all of its offices.
_ALL_OF_IT = re.compile(
    r"各(?:乡|镇|街道)[^,。;]{0,12}(?:部门|单位)$|各(?:部门|单位)[^,。;]{0,6}(?:乡|镇|街道)$"
    r"|政府(?:及其?|和)(?:所属|组成)?各?部门$"
)
_AT_A_PLACE = re.compile("[在于]|(?:通过|利用|依托|借助)(?=[^,。;]*、)")
# What the year added, in brackets behind what all years made: 网站发布100条(2012年新增15条).
_HOLDS_ADDED = re.compile(
    r"\d[\d,.]*(?:余|多)?[条件个项份篇]次?\((?:其中)?,?(?:20\d\d年度?|[本当今]年度?)新增[^\d()]{0,8}\d"
)
_OF_THE_YEAR = re.compile(
    r"[,;。](?:其中|而|其他)?[,:]?[^,。;\d]{0,4}(?:(?P<year>20\d\d)年度?|今年|本年度?|全年)"
    r"(?![底末初中]|[上下]半年|[1-9一二三四]|[^,。;]{0,6}(?:以来|累计))"
)
_ALL_OF_THE_YEAR = re.compile(
    r"\d[件条份个处][,;](?:(?:本年度?|全年|年内)(?:共|接待)[^,。;\d]*|(?:以上|上述|全[省市县区州旗])?(?:总计|合计|共计)[^,。;\d]*)$"
)
_COUNT = re.compile(r"\d(?:大?类|[件条份个项次人起宗篇期场])")
# The year's own and all there are, told one after the other: 新增公开194条,累计公开3127条. What
# was published by one way is no year's own, and all the ways may be added up behind it.
_BESIDE_THE_YEARS = re.compile(
    r"(?:新|今年|本年度?|当年|年内|全年|20\d\d年度?)(?:(?!通过|利用|借助|网站|微[信博]|公报|平台|媒体)[^。;])*?"
    r"(?P<verb>公开|发布|制发|制定|印发)[^。;\d]*\d"
    r"[^。;]*[,;](?:目前|现|已|共|总)*累计(?:已|共|主动|对外|向社会)*(?P=verb)[^,。;\d]*$"
)
# All there are, with the year's own behind it: 累计公开信息100条,2022年公开10条.
_BEFORE_THE_YEARS = re.compile(
    r"(?:^|[,;。:])(?![^,。;]*(?:全年|年内|[今本当]年|年度|20\d\d年))[^,。;\d]*累计[^,。;\d]*?"
    r"(?P<verb>公开|发布|制发|制定|印发)(?P<what>[^,。;\d]*)(?P<all>\d[\d,.]*)(?:余|多)?[条件个项份篇]"
    r"[,;](?:其中)?[,:]?(?:20\d\d年度?|[今本当]年度?)(?:新增|主动|共|对外|向社会)*(?P=verb)(?:(?P=what))?\d"
)
# The year's own among all there are: 公开信息100条,其中2022年10条.
_WITH_THE_YEARS = re.compile(
    r"(?:^|[,;。:])(?![^,。;]*(?:全年|年内|[今本当]年|年度|20\d\d年))[^,。;\d]*?"
    r"(?P<verb>公开|发布|制发|制定|印发|(?<=累计)(?:收到|受理))"
    r"(?P<what>[^,。;\d]*)(?P<all>\d[\d,.]*)(?:余|多)?[条件个项份篇]"
    r"[,;]其中[:,]?(?:20\d\d年度?|[今本当]年度?)(?:新增|主动|共|对外|向社会)*"
    r"(?:(?P=verb)(?:(?P=what))?)?\d[\d,.]*(?:余|多)?[条件个项份篇]"
)
_CLAUSE_END = re.compile(r"[,。;:!?()]|$")
ASIDE = re.compile(r"\([^()]*\)")
# Who runs a zone, and calls itself so.
_COMMITTEES = ("管委会", "管理委员会")
_JOINED = re.compile("[及和与、]|代表")
_CLAUSE_BREAK = re.compile(r"[,。;:!?()]")


def year_before(text: str, at: int, report_year: int | None) -> int | None:
    """Returns the year a number is about where it is not the report's.

    Args:
        text: Clean text of the sentence.
        at: Offset of the number.
        report_year: The year reported on, None if not known.
    """
    year = None
    for start, end, mentioned in _years(text, report_year):
        if start <= at:
            year = mentioned if at <= end else year
    return None if year == report_year else year


def carried_years(clause: str, report_year: int | None) -> str:
    """Names the year that something is carried from as the reporter sees it: 上年结转."""
    if report_year is None or not any(word in clause for word in "结转遗延留"):
        return clause
    named = {str(report_year - 1): "上年", str(report_year): "本年"}
    clause = re.sub(rf"(?:结转|转结)自{report_year - 1}年度?", "上年结转", clause)
    clause = re.sub(rf"(?:结转|转入|留待)(?:至|到)?{report_year + 1}年度?", "结转下年", clause)
    clause = re.sub(
        rf"(?:{report_year - 1}年|上一?年|去年)度?(?:末|底)?{_NOT_DONE}(?:结转|转结|转入)(?:至|到)?"
        rf"(?:(?:{report_year}|本|今)年度?)?",
        "上年结转",
        clause,
    )
    clause = _CARRIED_ON.sub("结转下年", _CARRIED_LAST_YEAR.sub("上年结转", clause))
    return _CARRIED_FROM.sub(lambda match: named.get(match[1], match.group()), clause)


def says_year(text: str, at: int, report_year: int | None) -> bool:
    """Whether a sentence names a year before an offset, the report's or another."""
    return any(start <= at for start, _, _ in _years(text, report_year))


@lru_cache(maxsize=64)
def _years(text: str, report_year: int | None) -> tuple[tuple[int, int, int | None], ...]:
    """Every mention of a year in a sentence, titles aside: from where to where it holds.

    A year that is only compared with (较2019年的98件), or in which something was made, holds to
    the end of its clause, or of the bracket that it opens (与2022年(203件)相比).
    """
    if "年" not in text and "20" not in text:
        return ()
    said = text
    if any(mark in text for mark in "《“"):
        said = _QUOTED.sub(lambda match: " " * len(match.group()), text)
    before = report_year - 1 if report_year else None
    found: list[tuple[int, int, int | None]] = []
    for named in mentions(said):
        if named.use not in _OF_A_YEAR:
            continue
        since = _SINCE.search(said, 0, named.start)
        if since and vocabulary().since.match(said, named.start - 1):
            continue
        if _CARRIED.match(said, named.end) or _CARRIED_TO.search(said, 0, named.start):
            continue
        compared = _COMPARED.search(said, 0, named.start) or _MADE_IN.match(said, named.end)
        clause = _CLAUSE_END.search(said, named.end)
        end = _bracket_end(said, named.start)
        if compared and clause:
            is_inside = clause.group() == "("
            end = _bracket_end(said, clause.end()) if is_inside else clause.start()
        found.append((named.end, end, named.year))
    found += [(match.end(), len(said), report_year) for match in _THIS_YEAR.finditer(said)]
    found += [
        (match.end(), _bracket_end(said, match.start()), before)
        for match in vocabulary().last_year.finditer(said)
        if not vocabulary().not_last_year.search(said, max(match.start() - 1, 0), match.end())
    ]
    return tuple(sorted(found, key=lambda mention: mention[:2]))


def _bracket_end(text: str, at: int) -> int:
    """Where what brackets hold at an offset ends, or else the text: 29件(2021年为41件)."""
    opened = text.rfind("(", 0, at) > text.rfind(")", 0, at)
    return at + len(text[at:].partition(")")[0]) if opened else len(text)


def is_cumulative(text: str, at: int, report_year: int | None) -> bool:
    """Whether the number adds up more than the report's year."""
    if ("累计" in text or "其中" in text) and _is_beside_the_years(text, at):
        return True
    begin = _anew(text, at, report_year)
    said = without_closed(text, at) if _speaks_since(text) else ""
    since = vocabulary().since.search(said, begin, at) if said else None
    if since is None:
        return False
    years = {named.year for named in mentions(since.group()) if named.use in _OF_A_YEAR}
    return years != {report_year}


def _is_beside_the_years(text: str, at: int) -> bool:
    """Whether a number is all there are, told beside the year's own."""
    if _BESIDE_THE_YEARS.search(text[:at]):
        return True
    forms = (_BEFORE_THE_YEARS, _WITH_THE_YEARS)
    return any(match.start("all") == at for form in forms for match in form.finditer(text))


def without_closed(text: str, at: int) -> str:
    """Returns a text with all blanked out that stands in brackets closed before an offset."""
    close = text.rfind(")", 0, at) + 1
    return ASIDE.sub(lambda aside: " " * len(aside.group()), text[:close]) + text[close:]


def is_total_again(text: str, at: int) -> bool:
    """Whether a number is all of the year's, said behind its parts: …9件,本年共制发15件."""
    return _ALL_OF_THE_YEAR.search(text, 0, at) is not None


def is_partial(text: str, at: int, report_year: int | None) -> bool:
    """Whether a number may be of a part of the year, or of an unsaid stretch of years."""
    words = vocabulary()
    if _HOLDS_ADDED.match(text, at):
        return True
    if words.added_this_year.match(text, at) and words.sum.search(text, 0, at):
        return True
    if _speaks_of_means(text) and words.mean.search(_with_mean_before(text, at)):
        return True
    if not _speaks_of_parts(text):
        return False
    said = text[_anew(text, at, report_year) : at]
    if words.added_up.search(said):
        return True
    return words.part_of_year.search(said) is not None and not words.whole_year.search(said)


def _own_clause(text: str, at: int) -> str:
    return _CLAUSE_BREAK.split(text[:at])[-1]


def _with_mean_before(text: str, at: int) -> str:
    """The clause before an offset, with one before it that only announces a mean: 平均每月,收到."""
    clauses = _CLAUSE_BREAK.split(text[:at])
    says_mean = vocabulary().mean_alone.fullmatch("".join(clauses[-2:-1]))
    return "".join(clauses[-2:] if says_mean else clauses[-1:])


def _anew(text: str, at: int, report_year: int | None) -> int:
    """Where the last clause begins that names the whole year behind another number.

    累计公开500条，2022年公开40条: what was added up holds for the first number only.
    """
    begin = 0
    for clause in _OF_THE_YEAR.finditer(text, 0, at):
        named = clause["year"]
        if (named is None or int(named) == report_year) and _COUNT.search(text, 0, clause.start()):
            begin = clause.start() + 1
    return begin


def is_of_others(text: str, at: int, reporter: str) -> bool:
    """Whether the last one named as acting before a number is another office.

    Args:
        text: Clean text of the sentence.
        at: Offset of the number.
        reporter: Full name of the agency whose report it is, empty if not known.
    """
    if not _speaks_of_actors(text):
        return False
    named = None
    for match in vocabulary().actor.finditer(text, 0, at):
        if not _AT_A_PLACE.match(_own_clause(text, match.start("name"))):
            named = match["name"]
    return named is not None and not _is_self(named, reporter)


# What no sentence as a whole says, no beginning of it says: asked once for all its numbers.


@lru_cache(maxsize=64)
def _speaks_since(text: str) -> bool:
    return vocabulary().since.search(text) is not None


@lru_cache(maxsize=64)
def _speaks_of_parts(text: str) -> bool:
    words = vocabulary()
    return (words.added_up.search(text) or words.part_of_year.search(text)) is not None


@lru_cache(maxsize=64)
def _speaks_of_means(text: str) -> bool:
    return vocabulary().mean.search(text) is not None


@lru_cache(maxsize=64)
def _speaks_of_actors(text: str) -> bool:
    return vocabulary().actor.search(text) is not None


def _is_committee(name: str) -> bool:
    """Whether a name is that of any zone's committee: 园区管委会."""
    return any(name.endswith(end) and name.removesuffix(end) in zone_units() for end in _COMMITTEES)


def _is_self(name: str, reporter: str) -> bool:
    """Whether a name is the writer's: 我局, or 县质监局 of 嘉祥县质量技术监督局.

    Whose a region as a whole (全县) is, the table of bodies tells.
    """
    if _WHOLE_REGION.fullmatch(name):
        return True
    if reporter.endswith("政府") and _ALL_OF_IT.search(name):
        return True
    several = _JOINED.split(name)
    if len(several) > 1:
        return all(_is_self(one, reporter) for one in several)
    if vocabulary().own_name.match(name):
        return True
    if reporter.endswith(_COMMITTEES) and _is_committee(name):
        return True
    bare = vocabulary().own_desk.sub("", name)
    return bool(bare) and is_of_name(bare, reporter)
