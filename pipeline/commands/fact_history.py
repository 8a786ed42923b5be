"""``gongkai history``: what was published of one number, when, and why it changed."""

import sys

from rich.console import Console

from pipeline.commands.connection import warehouse
from pipeline.commands.screen import console, text
from pipeline.settings import Language, Settings
from pipeline.warehouse.history.earlier_values import Change, Past, changes_of

_WORDS = {
    "zh": {
        "first": "自所知的首次发布",
        "none": "没有事实",
        "new report": "新报告",
        "corrected report": "同一机关同一年度另有报告",
        "file changed": "同一路径下的文件换了内容",
        "program changed": "同一文件读法有变",
        "withheld": "停用",
        "file gone": "文件不复存在",
        "rolled back": "回退到此前的发布",
    },
    "en": {"first": "since the first publication known", "none": "no fact"},
}


def run(settings: Settings, agency: str, year: int, indicator: str, language: Language) -> None:
    """Prints every value that was published of a number, the earliest first.

    Raises:
        Failure: The agency or the indicator is unknown, or it never was a fact.
    """
    with warehouse(settings) as connection:
        found = changes_of(connection, agency, year, indicator)
    screen = console(sys.stdout)
    screen.print(f"{found.name_zh} · {year} · {found.indicator_id}", style="bold")
    print_changes(screen, found, language)


def print_changes(screen: Console, found: Past, language: Language) -> None:
    """Prints every value that was published of a number."""
    for change in found.changes:
        screen.print("  " + "  ".join(_line(change, language)))


def _line(change: Change, language: Language) -> list[str]:
    words = _WORDS[language]
    value = words["none"] if change.value is None else text(change.value)
    cause = words.get(change.cause, change.cause)
    file = change.source_path or change.report_id or ""
    return [f"{change.published_at:%Y-%m-%d %H:%M} UTC", value, cause, file]
