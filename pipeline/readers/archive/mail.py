"""Mails as programs save them (.eml): their text and the files attached."""

from collections.abc import Iterator
from email import message_from_binary_file
from email.header import decode_header, make_header
from email.message import Message
from typing import BinaryIO

from pipeline.model.document import Reason, Rejection
from pipeline.readers.archive.archives import MAX_DOCUMENT, MAX_MEMBERS, Member, too_large

_BODIES = {"text/html": "body.html", "text/plain": "body.txt"}
_NESTED = Rejection(
    Reason.TOO_DEEP,
    "The parts of the letter are nested without end; save what is attached to it and put that "
    "into the raw folder.",
)


def mail_members(stream: BinaryIO, size: int) -> Iterator[Member]:
    """Yields the text of a letter and the files attached to it.

    Args:
        stream: The letter.
        size: Its bytes.
    """
    if size > MAX_DOCUMENT:
        yield Member("", too_large(size))
        return
    try:
        parts = list(message_from_binary_file(stream).walk())
    except RecursionError:
        yield Member("", _NESTED)
        return
    said: dict[str, bytes] = {}
    attached = 0
    for part in parts:
        name, kind = _file_name(part), part.get_content_type()
        content = part.get_payload(decode=True)
        if not isinstance(content, bytes):
            continue
        if name:
            attached += 1
            if attached <= MAX_MEMBERS:
                yield Member(name, content)
        elif kind in _BODIES and content.strip():
            said.setdefault(kind, content)
    for kind, name in _BODIES.items():
        if kind in said:
            yield Member(name, said[kind])
            return


def _file_name(part: Message) -> str:
    """The name of an attached file, empty where a part is none."""
    name = part.get_filename()
    if not name:
        return ""
    return str(make_header(decode_header(name))).replace("\\", "/").rpartition("/")[2]
