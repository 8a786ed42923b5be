"""Web pages saved in one file (MHTML, as browsers and Word write them)."""

from email import message_from_bytes
from email.message import Message

from pipeline.model.document import Document, Reason, Rejection
from pipeline.readers.html.html_reader import read_html


def read_mhtml(data: bytes) -> Document | Rejection:
    """Reads the page in an MHTML file; its pictures and frames are left out."""
    for part in message_from_bytes(data).walk():
        if part.get_content_type() == "text/html":
            return read_html(_payload(part))
    return Rejection(
        Reason.NO_TEXT, "The saved page holds no HTML; open it in a browser and save it again."
    )


def _payload(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""
