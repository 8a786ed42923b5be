"""The block that a crawler writes above a page: 标题：… 发布时间：… ====== 正文 ======."""

import re

BODY = re.compile(r"=+ *正文 *=+")
"""What parts it from the words of the page."""
HEADER = re.compile(rf"标题(?<![^\n]标题)[:：](?:.*\n){{1,16}}?{BODY.pattern}[^\S\n]*\n?")
"""All of it."""
