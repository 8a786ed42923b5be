"""Offices that write reports and answer questions for the body whose report it is."""

import re

_DESK = "(?:党政(?:综合)?|综合(?:管理)?|行政(?:综合)?|秘书)?办公室"

OF_TOWN = re.compile(rf"(?<=[乡镇木道])(?:{_DESK}|(?:党政(?:综合)?|综合)?办)$")
OF_BUREAU = re.compile(rf"(?<=[局厅]){_DESK}$")
OF_ZONE = re.compile(rf"(?:(?<=[区园城])|(?<=管委会)|(?<=委员会)){_DESK}$")
"""It answers for the committee, whether it is called by that or by the zone."""
OF_GOVERNMENT = re.compile(rf"(?:{_DESK}|(?:(?:(?<!人民)政府)?信息公开|政务公开)办公室|办公厅)$")
ONLY_OF_GOVERNMENT = re.compile("政府(?:门户)?(?:信息|网站|网络|信息网)(?:管理|服务|技术)?中心$")
"""It keeps the site, and answers for nobody but the government."""
INSIDE = re.compile("(?:办公室|[科股室])$")
"""An office inside a bureau, which may have written the bureau's report."""
SELF_INSIDE = frozenset({"办", "科", "股", "室"})
"""What such an office would call itself in a report of its own."""
