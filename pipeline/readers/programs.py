"""Programs beside this one that some files need, and whether they are here."""

import shutil
from importlib.util import find_spec

from pipeline.model.document import Reason

_OFFICE = ("soffice", "libreoffice")
_RECOGNITION = ("rapidocr", "onnxruntime", "cv2")


def office() -> str | None:
    """Returns where LibreOffice is, None if it is not installed."""
    return next(filter(None, map(shutil.which, _OFFICE)), None)


def can_recognise() -> bool:
    """Whether text can be recognised from pictures: the extra ``ocr`` is installed."""
    return all(map(find_spec, _RECOGNITION))


def no_longer_refused() -> frozenset[Reason]:
    """The reasons for which no file would be refused now: what it waited for is here."""
    reasons = {Reason.NEEDS_OFFICE} if office() else set()
    if can_recognise():
        reasons |= {Reason.NEEDS_OCR, Reason.GARBLED_FONTS}
    return frozenset(reasons)
