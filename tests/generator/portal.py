"""A report as the portals of governments serve it: much page, little report."""

import html
import random
from collections.abc import Iterable, Sequence

from tests.generator.paper import Cell, Grid

_COLUMNS = (
    "首页",
    "要闻动态",
    "政务公开",
    "政务服务",
    "互动交流",
    "数据开放",
    "走进本市",
    "专题专栏",
    "机构职能",
    "政策文件",
    "政策解读",
    "规划计划",
    "财政预决算",
    "行政许可",
    "行政处罚",
    "政府采购",
    "重大项目",
    "公共资源交易",
    "乡村振兴",
    "教育",
    "医疗卫生",
    "社会保障",
    "就业创业",
    "住房保障",
    "生态环境",
    "安全生产",
    "食品药品监管",
    "国资国企",
    "建议提案",
    "会议公开",
)
_SCRIPT = (
    "var page={id:%d,lang:'zh-CN'};function open%d(u,w){if(w<980&&u.indexOf('?')>0)"
    "{location.href=u+'&w='+w;}else{window.open(u,'_blank');}return false;}"
)
_RULE = ".c%d{float:left;width:%dpx;margin:0 auto;padding:4px 8px;line-height:24px;color:#333}"


def as_portal(
    agency: str,
    year: int,
    sections: Sequence[tuple[Sequence[str], Grid | None]],
    rng: random.Random,
) -> bytes:
    """Writes a page of a portal around a report.

    Args:
        agency: Whose report it is.
        year: Year reported on.
        sections: Lines and the table behind them.
        rng: Decides how the cells were exported from the word processor.
    """
    dress = rng.choice((_by_editor, _by_word, _by_office))
    title = f"{agency}{year}年政府信息公开工作年度报告"
    scripts = "\n".join(_SCRIPT % (n, n) for n in range(40))
    styles = "\n".join(_RULE % (n, 60 + n) for n in range(60))
    content = []
    for lines, grid in sections:
        content += [_paragraph(line) for line in lines]
        if grid is not None:
            rows = ("".join(map(dress, row)) for row in grid.rows)
            content.append(
                '<table border="1" cellspacing="0" cellpadding="0" style="border-collapse:'
                f'collapse; width: 640px;"><tbody><tr>{"</tr><tr>".join(rows)}</tr></tbody></table>'
            )
    page = f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "xhtml1.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8" />
<meta name="SiteName" content="市政府门户网站" /><meta name="ArticleTitle" content="{title}" />
<title>{title}_政府信息公开年报_市政府门户网站</title>
<style type="text/css">{styles}</style>
<script type="text/javascript">{scripts}</script></head><body>
<div class="header"><div class="logo"><img src="/images/logo.png" alt="" /></div>
<div class="nav"><ul>{_links(_COLUMNS, "nav")}</ul></div></div>
<div class="position">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a>
&gt; 年度报告</div>
<div class="left-menu"><ul>{_links((f"{each}公开" for each in _COLUMNS * 3), "menu")}</ul></div>
<div class="main"><table class="index"><tr>
<td>索引号：</td><td>{year}-{rng.randrange(10**6):06}</td>
<td>公开日期：</td><td>{year + 1}-01-20</td></tr><tr><td>发布机构：</td><td>{agency}</td>
<td>有效性：</td><td>有效</td></tr></table>
<h1>{title}</h1><div class="info">发布时间：{year + 1}-01-20 09:30
浏览次数：<span>{rng.randrange(999)}</span>
字号：[<a href="#">大</a> <a href="#">中</a> <a href="#">小</a>]</div>
<div class="TRS_Editor">{"".join(content)}</div>
<div class="share">分享到：<a href="#">微信</a> <a href="#">微博</a>
【打印本页】 【关闭窗口】</div></div>
<div class="related"><h3>相关信息</h3><ul>{_links(_COLUMNS, "related")}</ul></div>
<div class="footer"><p>主办：市人民政府办公室　承办：市大数据局</p><p>网站标识码：3700000000
电话：0530-0000000</p></div></body></html>"""
    return page.encode()


def _links(names: Iterable[str], folder: str) -> str:
    return "\n".join(
        f'<li class="item"><a href="/{folder}/{number}/index.html" target="_blank" '
        f'title="{name}">{name}</a></li>'
        for number, name in enumerate(names)
    )


def _paragraph(line: str) -> str:
    return (
        '<p style="text-align: justify; text-indent: 2em; line-height: 28pt;">'
        f'<span style="font-family: 仿宋_GB2312; font-size: 16pt;">{html.escape(line)}</span></p>\n'
    )


def _spans(cell: Cell) -> str:
    rows = f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
    return rows + (f' colspan="{cell.colspan}"' if cell.colspan > 1 else "")


def _text(cell: Cell) -> str:
    return html.escape(cell.text) or "&nbsp;"


def _by_editor(cell: Cell) -> str:
    return (
        f'<td{_spans(cell)} valign="center" width="83" style="border: 1px solid windowtext; '
        'padding: 0px 7px;"><p style="text-align: center; line-height: 20px;">'
        f'<span style="font-family: 宋体; font-size: 14px;">{_text(cell)}</span></p></td>\n'
    )


def _by_word(cell: Cell) -> str:
    return (
        f"<td{_spans(cell)} width=83 style='width:62.3pt;border:solid windowtext 1.0pt;"
        "mso-border-alt:solid windowtext .5pt;padding:0cm 5.4pt 0cm 5.4pt;height:19.85pt'>"
        "<p class=MsoNormal align=center style='text-align:center'>"
        "<span lang=EN-US style='font-size:10.5pt;font-family:宋体'>"
        f"{_text(cell)}<o:p></o:p></span></p></td>\n"
    )


def _by_office(cell: Cell) -> str:
    return (
        f'<td{_spans(cell)} class="et{len(cell.text) % 7}" height="24" x:str="">'
        f'<font color="#000000" face="宋体">{_text(cell)}</font></td>\n'
    )
