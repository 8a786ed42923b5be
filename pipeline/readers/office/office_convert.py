"""Old Word and WPS files, RTF and other office text: converted, then read as Word files."""

import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

import doc2docx
from doc2docx.cfb import CompoundFile
from doc2docx.errors import Doc2DocxError, EncryptedDocumentError, InvalidCompoundFile

from pipeline.model.document import Document, Reason, Rejection
from pipeline.readers.office.word import read_docx
from pipeline.readers.programs import office

_PATIENCE = 90.0
_COMPOUND = b"\xd0\xcf\x11\xe0"


def read_doc(data: bytes) -> Document | Rejection:
    """Reads a Word 97-2003 or WPS file, by LibreOffice where the built-in way fails.

    Args:
        data: The whole file.

    Returns:
        The document; a rejection where neither way can read it.
    """
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "source.doc"), Path(folder, "converted.docx")
        source.write_bytes(data)
        try:
            doc2docx.convert(source, target)
            converted = read_docx(target.read_bytes())
        except EncryptedDocumentError:
            return Rejection(
                Reason.ENCRYPTED,
                "The Word file is locked with a password; save it without one.",
            )
        except (Doc2DocxError, ValueError, KeyError, IndexError, OSError):
            return read_by_office(data)
    return _typed(converted, "application/msword")


def read_by_office(data: bytes) -> Document | Rejection:
    """Reads RTF, ODT and other office text by LibreOffice, where it is installed.

    Args:
        data: The whole file.

    Returns:
        The document; a rejection where LibreOffice is missing or cannot read the file.
    """
    if data.startswith(_COMPOUND) and _is_broken(data):
        return Rejection(
            Reason.DAMAGED,
            "The file is cut off or broken; fetch it again, or open it in Word or WPS and save "
            "it as DOCX.",
        )
    program = office()
    if program is None:
        return Rejection(
            Reason.NEEDS_OFFICE,
            "The file needs LibreOffice, which is not installed; install it (the package "
            "libreoffice-writer-nogui will do) or save the file as DOCX.",
        )
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "source.bin")
        source.write_bytes(data)
        converted = _convert(program, source, Path(folder))
    if converted is None:
        return Rejection(
            Reason.DAMAGED,
            "LibreOffice cannot read the file; open it in Word or WPS and save it as DOCX.",
        )
    return _typed(read_docx(converted), "application/rtf" if data[:5] == b"{\\rtf" else None)


def _is_broken(data: bytes) -> bool:
    """Whether the streams inside an old office file cannot be reached."""
    try:
        CompoundFile(data)
    except (InvalidCompoundFile, ValueError, IndexError):
        return True
    return False


def _convert(program: str, source: Path, folder: Path) -> bytes | None:
    """The file as DOCX, None where LibreOffice gives up. Its profile lives in the folder."""
    profile = Path(folder, "profile").as_uri()
    command = [
        program,
        f"-env:UserInstallation={profile}",
        "--headless",
        "--norestore",
        "--convert-to",
        "docx",
        "--outdir",
        str(folder),
        str(source),
    ]
    try:
        subprocess.run(command, capture_output=True, timeout=_PATIENCE, check=False)
    except (subprocess.TimeoutExpired, OSError):
        return None
    target = source.with_suffix(".docx")
    return target.read_bytes() if target.exists() else None


def _typed(content: Document | Rejection, media_type: str | None) -> Document | Rejection:
    if isinstance(content, Rejection) or media_type is None:
        return content
    return replace(content, media_type=media_type)
