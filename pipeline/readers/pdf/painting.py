"""A page of a PDF painted step by step: when each thing was, and whether anything of it is seen.

What stands on a layer that is switched off, is painted with ink that lets everything through,
or lies outside of what the page cuts out, is in the file and on no sheet.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from pdfminer.layout import LTChar, LTImage, LTPage
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdftypes import PDFObjRef, PDFStream, resolve1
from pdfminer.psparser import PSLiteral
from pdfminer.utils import apply_matrix_pt
from pdfplumber.page import Page, PDFPageAggregatorWithMarkedContent
from pdfplumber.utils.exceptions import PdfminerException

FAINTEST = 0.05
"""How much of an ink is laid on where nobody sees it."""

NOT_PAINTED = -1
"""The ``tag`` of characters of which nothing is seen, whatever the mode of their text."""

Box = tuple[float, float, float, float]

_PLAIN = "Normal"
_EVERYWHERE: Box = (float("-inf"), float("-inf"), float("inf"), float("inf"))
_LEAST_SEEN = 0.3
_HAIR = 0.01


def layers_off(document: Any) -> frozenset[int]:
    """The numbers of the layers that a file shows to nobody who opens it."""
    properties = _dictionary(document.catalog.get("OCProperties"))
    shown = _dictionary(properties.get("D"))
    off = set(_numbers(shown.get("OFF")))
    if _name(shown.get("BaseState")) == "OFF":
        off |= set(_numbers(properties.get("OCGs"))) - set(_numbers(shown.get("ON")))
    for rule in resolve1(shown.get("AS")) or ():
        if _name(_dictionary(rule).get("Event")) == "View":
            groups = resolve1(_dictionary(rule).get("OCGs")) or ()
            off |= {group.objid for group in groups if _is_off_on_screens(group)}
    return frozenset(off)


def _is_off_on_screens(group: Any) -> bool:
    usage = _dictionary(_dictionary(group).get("Usage"))
    return _name(_dictionary(usage.get("View")).get("ViewState")) == "OFF"


def _dictionary(value: Any) -> Mapping[str, Any]:
    found = resolve1(value)
    return found if isinstance(found, dict) else {}


def _numbers(value: Any) -> Iterator[int]:
    found = resolve1(value)
    for one in found if isinstance(found, list) else [value]:
        if isinstance(one, PDFObjRef):
            yield one.objid


def _name(value: Any) -> str:
    found = resolve1(value)
    return str(found.name) if isinstance(found, PSLiteral) else ""


class _Device(PDFPageAggregatorWithMarkedContent):
    """Records when each thing was painted and, for text, whether it is shown."""

    layers: frozenset[int] = frozenset()
    off = 0
    ink = 1.0
    is_sheer = False
    clip = _EVERYWHERE
    _mode = 0
    _painted = 0

    def render_string(self, textstate: Any, *args: Any, **kwargs: Any) -> None:
        self._mode = textstate.render
        super().render_string(textstate, *args, **kwargs)

    def render_image(self, *args: Any, **kwargs: Any) -> None:
        if not self._is_unpainted():
            super().render_image(*args, **kwargs)

    def paint_path(self, *args: Any, **kwargs: Any) -> None:
        if not self._is_unpainted():
            super().paint_path(*args, **kwargs)

    def tag_cur_item(self) -> None:
        self._painted += 1
        if self.cur_item._objs:
            painted: Any = self.cur_item._objs[-1]
            is_unseen = self._is_unpainted() or self._is_cut(painted) or self._is_sheer(painted)
            painted.mcid, painted.tag = self._painted, NOT_PAINTED if is_unseen else self._mode

    def _is_unpainted(self) -> bool:
        return self.off > 0 or self.ink <= FAINTEST

    def _is_sheer(self, painted: Any) -> bool:
        """Whether something beneath a picture is seen, as through the print of a seal."""
        if not isinstance(painted, LTImage):
            return False
        left, bottom, right, top = self.clip
        is_whole = left <= painted.x0 and painted.x1 <= right
        return self.is_sheer or not (is_whole and bottom <= painted.y0 and painted.y1 <= top)

    def _is_cut(self, painted: Any) -> bool:
        """Whether a digit lies outside of what is cut out; words that run on still name a row."""
        if self.clip is _EVERYWHERE or not isinstance(painted, LTChar):
            return False
        if not painted.get_text().isdecimal():
            return False
        left, bottom, right, top = self.clip
        across = min(right, painted.x1) - max(left, painted.x0)
        down = min(top, painted.y1) - max(bottom, painted.y0)
        return across < _LEAST_SEEN * painted.width or down < _LEAST_SEEN * painted.height


class _Interpreter(PDFPageInterpreter):
    """Follows what the library ignores: layers, opacity and clipping."""

    device: Any
    _clip = _EVERYWHERE
    _ink = 1.0
    _blend = _PLAIN
    _is_masked = False

    def init_state(self, ctm: Any) -> None:
        super().init_state(ctm)
        self._clip, self._ink = self.device.clip, self.device.ink
        # What a group is painted with holds for all within, whatever that says of itself.
        self._is_in_sheer = self.device.is_sheer
        self._saved: list[tuple[Box, float, str, bool]] = []
        self._marks: list[bool] = []

    def do_q(self) -> None:
        super().do_q()
        self._saved.append((self._clip, self._ink, self._blend, self._is_masked))

    def do_Q(self) -> None:  # noqa: N802 - the operator's name
        super().do_Q()
        if self._saved:
            self._clip, self._ink, self._blend, self._is_masked = self._saved.pop()
            self._tell()

    def do_gs(self, name: Any) -> None:
        states = _dictionary(self.resources.get("ExtGState"))
        state = _dictionary(states.get(getattr(name, "name", "")))
        ink = resolve1(state.get("ca"))
        if isinstance(ink, int | float):
            self._ink = float(ink)
        self._blend = _name(state.get("BM")) or self._blend
        if "SMask" in state:
            self._is_masked = isinstance(resolve1(state["SMask"]), dict)
        self._tell()

    def do_W(self) -> None:  # noqa: N802 - the operator's name
        points = [
            apply_matrix_pt(self.ctm, (float(step[n]), float(step[n + 1])))
            for step in self.curpath
            for n in range(1, len(step) - 1, 2)
        ]
        if points:
            self._cut(points)
            self._tell()

    do_W_a = do_W  # noqa: N815 - the operator's name

    def do_BDC(self, tag: Any, props: Any) -> None:  # noqa: N802 - the operator's name
        super().do_BDC(tag, props)
        layer = None
        if getattr(tag, "name", "") == "OC":
            layer = _dictionary(self.resources.get("Properties")).get(getattr(props, "name", ""))
        self._enter(self._is_off(layer))

    def do_BMC(self, tag: Any) -> None:  # noqa: N802 - the operator's name
        super().do_BMC(tag)
        self._enter(False)

    def do_EMC(self) -> None:  # noqa: N802 - the operator's name
        super().do_EMC()
        if self._marks:
            self.device.off -= self._marks.pop()

    def do_Do(self, xobjid_arg: Any) -> None:  # noqa: N802 - the operator's name
        stream = resolve1(self.xobjmap.get(getattr(xobjid_arg, "name", "")))
        form: Mapping[str, Any] = stream.attrs if isinstance(stream, PDFStream) else {}
        is_off = self._is_off(form.get("OC"))
        outer = self._clip
        self.device.off += is_off
        if _name(form.get("Subtype")) == "Form":
            self._cut(self._corners(form))
            self._tell()
        super().do_Do(xobjid_arg)
        self.device.off -= is_off
        self._clip = outer
        self._tell()

    def _corners(self, form: Mapping[str, Any]) -> list[tuple[float, float]]:
        box, matrix = (resolve1(form.get(key)) for key in ("BBox", "Matrix"))
        sides = [resolve1(side) for side in box] if isinstance(box, list) else []
        if len(sides) != 4:
            return []
        inner = tuple(resolve1(part) for part in matrix or (1, 0, 0, 1, 0, 0))
        corners = [(x, y) for x in sides[::2] for y in sides[1::2]]
        return [apply_matrix_pt(self.ctm, apply_matrix_pt(inner, corner)) for corner in corners]

    def _cut(self, points: list[tuple[float, float]]) -> None:
        """Cuts out the box around a path, inside of what is cut out already."""
        if points:
            across, down = [x for x, _ in points], [y for _, y in points]
            left, bottom, right, top = self._clip
            self._clip = (
                max(left, min(across)),
                max(bottom, min(down)),
                min(right, max(across)),
                min(top, max(down)),
            )

    def _tell(self) -> None:
        self.device.clip, self.device.ink = self._clip, self._ink
        is_sheer = self._ink < 1 or self._blend != _PLAIN or self._is_masked
        self.device.is_sheer = self._is_in_sheer or is_sheer

    def _enter(self, is_off: bool) -> None:
        self._marks.append(is_off)
        self.device.off += is_off

    def _is_off(self, layer: Any) -> bool:
        """Whether a layer is switched off, or several together by the rule that the file gives."""
        off = self.device.layers
        if not off or layer is None:
            return False
        members = _dictionary(layer)
        if _name(members.get("Type")) != "OCMD":
            return isinstance(layer, PDFObjRef) and layer.objid in off
        states = [number in off for number in _numbers(members.get("OCGs"))]
        how = {"AllOn": any(states), "AnyOff": not any(states), "AllOff": not all(states)}
        return bool(states) and how.get(_name(members.get("P")), all(states))


class PaintedPage(Page):
    """A page whose things know when they were painted (``mcid``), its text how (``tag``)."""

    @property
    def layout(self) -> LTPage:
        """What the page shows, in the order in which it is painted."""
        if not hasattr(self, "_layout"):
            device = _Device(self.pdf.rsrcmgr, pageno=self.page_number, laparams=None)
            device.layers = layers_off(self.pdf.doc)
            try:
                _Interpreter(self.pdf.rsrcmgr, device).process_page(self.page_obj)
            except Exception as error:
                raise PdfminerException(error) from error
            self._layout: LTPage = device.get_result()
        return self._layout

    @property
    def edges(self) -> list[dict[str, Any]]:
        """The straight lines drawn; one on a page drawn sideways may lean by a rounding."""
        return [
            {**edge, "orientation": "h"}
            if edge["orientation"] == "v" and edge["bottom"] - edge["top"] < _HAIR < edge["width"]
            else edge
            for edge in super().edges
        ]
