"""Which indicators a name means, wherever one is typed: ids, labels, and what forms print."""

import duckdb

from pipeline.forms.form import printed_labels

_CALLED = """
SELECT indicator_id FROM dim_indicator
WHERE $name IN (indicator_id, label_zh, label_en)
    OR list_has_any(string_split(label_zh, ' / '), [$name, $name || '数', $name || '数量'])
ORDER BY indicator_id
"""
"""A label may leave out its last word: 收到申请 for 收到申请数."""


def indicators_called(connection: duckdb.DuckDBPyConnection, name: str) -> list[str]:
    """Returns the ids of the indicators that go by a name: that of an id alone, or all of a label.

    Args:
        connection: The published warehouse.
        name: An id, a Chinese or English label or one of its alternatives, or what a form prints.
    """
    found = [one for (one,) in connection.execute(_CALLED, {"name": name}).fetchall()]
    if name in found:
        return [name]
    return found or sorted(printed_labels().get(name, ()))
