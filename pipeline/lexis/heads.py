"""What forms call columns that some print as tables of their own: who asks, who reviews."""

_APPLICANTS = frozenset(
    {
        *("自然人", "公民", "个人", "商业企业", "企业", "科研机构", "社会公益组织", "法律服务机构"),
        *("法人", "法人或其他组织", "法人和其他组织", "其他组织", "其他", "其它"),
        *("总计", "合计", "共计"),
    }
)
_REVIEWS = frozenset({"行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉", "总计", "合计"})

COLUMNS_OF_A_KIND = (_APPLICANTS, _REVIEWS)
"""Names that tell the columns of one table apart, and that of all of them: a set for each."""
