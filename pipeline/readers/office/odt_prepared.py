"""Text documents in OpenDocument format, written plainly enough for LibreOffice to pass on.

Converted to Word, they lose what a style inherits from its own parent, and formulas, which
are objects of their own; a field of digits and words comes out several times. All are written
where they are seen; sections that are hidden, which become ordinary text, are left out. Web
pages and templates, which it does not convert at all, are called texts.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree

from pipeline.readers.archive.archives import packed_too_tight
from pipeline.readers.sniffing import UNREADABLE_ZIP

_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_MATH = "{http://www.w3.org/1998/Math/MathML}"
_PROPERTIES = f"{_STYLE}text-properties"
_ZIP = b"PK"
_TYPES = ("mimetype", "META-INF/manifest.xml")
_OTHER_TEXT = re.compile(rb"(?<=vnd\.oasis\.opendocument\.text)-(?:web|template|master)")
_STYLES, _CONTENT = "styles.xml", "content.xml"
_SHOWN = frozenset(f"{_MATH}{kind}" for kind in ("mn", "mi", "mo", "mtext"))
_FIELDS = frozenset(
    f"{_TEXT}{kind}"
    for kind in (
        *("text-input", "placeholder", "expression", "conditional-text", "database-display"),
        *("user-field-get", "user-defined", "variable-get", "variable-set"),
    )
)

Part = ElementTree.Element


def prepared(data: bytes) -> bytes:
    """The file with looks, formulas and fields written out; as it is where nothing is to do."""
    if not data.startswith(_ZIP) or packed_too_tight(data):
        return data
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if not {_STYLES, _CONTENT} <= names:
                return data
            parts = {
                name: ElementTree.fromstring(archive.read(name)) for name in (_STYLES, _CONTENT)
            }
            changed = _leave_out_hidden(parts[_CONTENT]) + _inherit(parts)
            changed += _write_formulas(parts[_CONTENT], archive, names)
            changed += _write_fields(parts[_CONTENT])
            is_other = any(_OTHER_TEXT.search(archive.read(name)) for name in names & {*_TYPES})
            return _packed(archive, parts) if changed or is_other else data
    except (*UNREADABLE_ZIP, ElementTree.ParseError):
        return data


def _leave_out_hidden(content: Part) -> int:
    """Takes out sections that are not shown; tells how many."""
    hidden = [
        (around, section)
        for around in content.iter()
        for section in around.findall(f"{_TEXT}section[@{_TEXT}display='none']")
    ]
    for around, section in hidden:
        around.remove(section)
    return len(hidden)


def _inherit(parts: Mapping[str, Part]) -> int:
    """Writes inherited properties into every text style; returns how many were changed."""
    styles = {
        style.get(f"{_STYLE}name", ""): style
        for part in parts.values()
        for style in part.iter(f"{_STYLE}style")
        if style.get(f"{_STYLE}family") == "text"
    }
    changed = 0
    for name, style in styles.items():
        own = style.find(_PROPERTIES)
        inherited = {
            key: value
            for above in reversed(list(_lineage(name, styles)))
            for properties in above.iterfind(_PROPERTIES)
            for key, value in properties.items()
        }
        if inherited and (own is None or inherited != own.attrib):
            own = ElementTree.SubElement(style, _PROPERTIES) if own is None else own
            own.attrib.update(inherited)
            changed += 1
    return changed


def _lineage(name: str, styles: Mapping[str, Part]) -> Iterator[Part]:
    """A style, its parent, and so on."""
    met: set[str] = set()  # Broken files base styles on each other in a circle.
    while name in styles and name not in met:
        met.add(name)
        yield styles[name]
        name = styles[name].get(f"{_STYLE}parent-style-name", "")


def _write_formulas(content: Part, archive: zipfile.ZipFile, names: set[str]) -> int:
    """Puts the words of formulas in the place of the objects that hold them."""
    written = 0
    for frame in content.iter(f"{_DRAW}frame"):
        held = frame.find(f"{_DRAW}object")
        member = held.get(_HREF, "").removeprefix("./") + "/" + _CONTENT if held is not None else ""
        if member not in names:
            continue
        words = _words(ElementTree.fromstring(archive.read(member)))
        if words:
            tail = frame.tail
            frame.clear()
            frame.tag, frame.text, frame.tail = f"{_TEXT}span", words, tail
            written += 1
    return written


def _write_fields(content: Part) -> int:
    """Makes ordinary words of what fields show; tells of how many."""
    fields = [part for part in content.iter() if part.tag in _FIELDS]
    for field in fields:
        field.tag = f"{_TEXT}span"
        field.attrib.clear()
    return len(fields)


def _words(formula: Part) -> str:
    """What a formula shows; nothing where an object is none."""
    if formula.tag != f"{_MATH}math":
        return ""
    return "".join(part.text or "" for part in formula.iter() if part.tag in _SHOWN).strip()


def _packed(archive: zipfile.ZipFile, parts: Mapping[str, Part]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for entry in archive.infolist():
            part = parts.get(entry.filename)
            content = archive.read(entry) if part is None else ElementTree.tostring(part, "utf-8")
            if entry.filename in _TYPES:
                content = _OTHER_TEXT.sub(b"", content)
            packed.writestr(entry, content)
    return target.getvalue()
