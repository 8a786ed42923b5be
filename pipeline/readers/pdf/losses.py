"""What the PDF library only whispers into its log: that part of a file is lost."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

_LOGGER = logging.getLogger("pdfminer")
_LOSS = "Data-loss"


class _Listener(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.notices: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if _LOSS in record.getMessage() and not self.notices:
            self.notices.append("the file is damaged, part of its text may be missing")


@contextmanager
def listening() -> Iterator[list[str]]:
    """Collects a notice of lost data while a file is read; other remarks are kept quiet."""
    listener = _Listener()
    propagated = _LOGGER.propagate
    _LOGGER.addHandler(listener)
    _LOGGER.propagate = False
    try:
        yield listener.notices
    finally:
        _LOGGER.removeHandler(listener)
        _LOGGER.propagate = propagated
