"""Figures that stand in the fields of a form: pages that show a table as it was filled in."""

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.readers.html.visibility import is_in_cell

_FIELDS = "input, textarea, select"
_TYPED = frozenset({"", "text", "number", "tel"})


def write_out_fields(tree: LexborHTMLParser) -> None:
    """Puts what the fields in cells show in their place."""
    for field in tree.css(_FIELDS):
        shown = _shown(field) if is_in_cell(field) else ""
        if shown:
            field.replace_with(shown)


def _shown(field: LexborNode) -> str:
    """What is to be read in a field; buttons, boxes to tick and hidden fields show nothing."""
    if field.tag == "input":
        is_typed = (field.attributes.get("type") or "").lower() in _TYPED
        return (field.attributes.get("value") or "").strip() if is_typed else ""
    if field.tag == "select":
        chosen = field.css_first("option[selected]") or field.css_first("option")
        return chosen.text().strip() if chosen else ""
    return field.text().strip()
