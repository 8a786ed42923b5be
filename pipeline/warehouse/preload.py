"""Loaded once by the server that workers are forked from: dictionaries are read here.

Parsing one small made-up report makes every room load its data, which all workers then
share, with the readers of every format; a worker that replaces another is ready at once.
"""

from pipeline.parsing import parse_file
from pipeline.readers.archive import crawls
from pipeline.readers.html import mhtml
from pipeline.readers.office import ods, office_convert, sheets, word
from pipeline.readers.scan import scans
from pipeline.warehouse import worker

_REPORT = """高青县质量技术监督局2018年政府信息公开工作年度报告

2018年，我局共主动公开政府信息33条，收到政府信息公开申请1件。

统计指标\t单位\t统计数
一、主动公开情况\t\t
（一）主动公开政府信息数\t条\t33
"""

documents = list(parse_file("preload.txt", _REPORT.encode()))

__all__ = [
    "crawls",
    "documents",
    "mhtml",
    "ods",
    "office_convert",
    "scans",
    "sheets",
    "word",
    "worker",
]
