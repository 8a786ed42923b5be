"""Rejections for files a library trips over."""

from pipeline.model.document import Reason, Rejection

_LONGEST = 120


def damaged(finding: str, error: BaseException, remedy: str) -> Rejection:
    """Returns the rejection of a damaged file.

    Args:
        finding: What could not be done, as the beginning of a sentence.
        error: What the library said.
        remedy: What to do about it, as the end of the sentence.
    """
    said = " ".join(str(error).split())[:_LONGEST]
    return Rejection(Reason.DAMAGED, f"{finding} ({type(error).__name__}: {said}); {remedy}.")
