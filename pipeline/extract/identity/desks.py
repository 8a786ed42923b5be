"""Offices that write reports and answer questions for the body whose report it is."""

import re

_DESK = "(?:党政(?:综合)?|综合(?:管理)?|行政(?:综合)?|秘书)?办公室"

OF_TOWN = re.compile(rf"(?<=[乡镇木道])(?:{_DESK}|(?:党政(?:综合)?|综合)?办)$")
OF_BUREAU = re.compile(rf"(?<=[局厅]){_DESK}$")
OF_ZONE = re.compile(rf"(?:(?<=[区园城])|(?<=管委会)|(?<=委员会)){_DESK}$")
"""It answers for the committee, whether it is called by that or by the zone."""
OF_GOVERNMENT = re.compile(rf"(?:{_DESK}|(?:(?:(?<!人民)政府)?信息公开|政务公开)办公室|办公厅)$")
