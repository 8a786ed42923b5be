"""Old Word and WPS files, RTF and other office text: converted, then read as Word files."""

import os
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

import doc2docx
from doc2docx.cfb import CompoundFile
from doc2docx.errors import Doc2DocxError, EncryptedDocumentError, InvalidCompoundFile

from pipeline.model.document import Document, Reason, Rejection
from pipeline.readers.office.odt_prepared import prepared
from pipeline.readers.office.word import read_docx
from pipeline.readers.programs import office, without_network

# Seconds: a form takes few, on a busy machine some more.
_PATIENCE = 90.0
_NOBODY, _PORT = "127.0.0.1", 9
_PROXIES = ("http_proxy", "https_proxy", "ftp_proxy", "all_proxy")
_PROFILE = (
    ("Inet/Settings", "ooInetProxyType", "2"),
    *(
        ("Inet/Settings", f"ooInet{kind}{what}", value)
        for kind in ("HTTPProxy", "HTTPSProxy", "FTPProxy")
        for what, value in (("Name", _NOBODY), ("Port", _PORT))
    ),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Office.Calc/Content/Update", "Link", "0"),
)
_COMPOUND = b"\xd0\xcf\x11\xe0"


def read_doc(data: bytes) -> Document | Rejection:
    """Reads a Word 97-2003 or WPS file, by LibreOffice where the built-in way fails."""
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
        source.write_bytes(prepared(data))
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
    """The file as DOCX, None where LibreOffice gives up. Its profile lives in the folder.

    A file may name pictures and documents elsewhere. Nothing is asked for: there is no network,
    and where there has to be one, a proxy that nobody is and settings that follow no link.
    """
    profile = Path(folder, "profile")
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_settings(), "utf-8")
    command = [
        *without_network(),
        program,
        f"-env:UserInstallation={profile.as_uri()}",
        "--headless",
        "--norestore",
        "--convert-to",
        "docx",
        "--outdir",
        str(folder),
        str(source),
    ]
    try:
        subprocess.run(
            command,
            capture_output=True,
            timeout=_PATIENCE,
            check=False,
            env={**os.environ, **dict.fromkeys(_PROXIES, f"http://{_NOBODY}:{_PORT}")},
        )
    except (subprocess.TimeoutExpired, OSError):
        return None
    target = source.with_suffix(".docx")
    return target.read_bytes() if target.exists() else None


def _settings() -> str:
    """The profile's settings, in the format of LibreOffice."""
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for path, name, value in _PROFILE
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><oor:items '
        'xmlns:oor="http://openoffice.org/2001/registry" '
        f'xmlns:xs="http://www.w3.org/2001/XMLSchema">{items}</oor:items>'
    )


def _typed(content: Document | Rejection, media_type: str | None) -> Document | Rejection:
    if isinstance(content, Rejection) or media_type is None:
        return content
    return replace(content, media_type=media_type)
