"""Programs beside this one that some files need, and whether they are here."""

import shutil
import subprocess
from functools import cache
from importlib.util import find_spec

from pipeline.model.document import Reason

_OFFICE = ("soffice", "libreoffice")
_NAMESPACES = (("--map-current-user", "--net"), ("--map-root-user", "--net"), ("--net",))
_RECOGNITION = ("rapidocr", "onnxruntime", "cv2")


def office() -> str | None:
    """Returns where LibreOffice is, None if it is not installed."""
    return next(filter(None, map(shutil.which, _OFFICE)), None)


@cache
def without_network() -> tuple[str, ...]:
    """Returns the prefix that runs a command without network; empty where no way works.

    A namespace of its own needs a kernel, and a container, that allows one.
    """
    unshare = shutil.which("unshare")
    for flags in _NAMESPACES if unshare else ():
        prefix = (str(unshare), *flags, "--")
        try:
            tried = subprocess.run([*prefix, "true"], capture_output=True, timeout=10, check=False)
        except (OSError, subprocess.TimeoutExpired):
            continue
        if tried.returncode == 0:
            return prefix
    return ()


def can_recognise() -> bool:
    """Whether text can be recognised from pictures: the extra ``ocr`` is installed."""
    return all(map(find_spec, _RECOGNITION))


def no_longer_refused() -> frozenset[Reason]:
    """Reasons for refusal that no longer hold, since the program needed is installed."""
    reasons = {Reason.NEEDS_OFFICE} if office() else set()
    if can_recognise():
        reasons |= {Reason.NEEDS_OCR, Reason.GARBLED_FONTS}
    return frozenset(reasons)
