"""Loaded once by the server that workers are forked from: dictionaries are read here.

Parsing one small made-up report makes every room load its data, which all workers then share.
The libraries of a format are loaded by the worker that first meets it: most folders hold one
or two of a dozen, and to load them all takes as long as to parse a hundred reports.
"""

from pipeline.parsing import parse_file
from pipeline.warehouse.engines import worker
from pipeline.warehouse.engines.arrow_alone import load_arrow_alone

_REPORT = """高青县质量技术监督局2018年政府信息公开工作年度报告

2018年，我局共主动公开政府信息33条，收到政府信息公开申请1件。

统计指标\t单位\t统计数
一、主动公开情况\t\t
（一）主动公开政府信息数\t条\t33
"""

load_arrow_alone()
documents = list(parse_file("preload.txt", _REPORT.encode()))

__all__ = ["documents", "worker"]
