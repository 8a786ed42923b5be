"""A file that links to a server is converted without anybody being asked."""

import io
import socket
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from pipeline.model.document import Document
from pipeline.readers import programs
from pipeline.readers.office import office_convert

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(programs.office() is None, reason="needs LibreOffice"),
]

CONTENT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content office:version="1.2"
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 xmlns:xlink="http://www.w3.org/1999/xlink"><office:body><office:text>
<text:p>2018年收到政府信息公开申请84件。<draw:frame svg:width="3cm" svg:height="3cm"
 text:anchor-type="as-char"><draw:image xlink:href="http://{host}/picture.png"
 xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/></draw:frame></text:p>
<text:section text:name="s"><text:section-source xlink:href="http://{host}/part.odt"
 xlink:type="simple" xlink:show="embed"/><text:p>节</text:p></text:section>
</office:text></office:body></office:document-content>"""
MANIFEST = """<?xml version="1.0" encoding="UTF-8"?><manifest:manifest
 xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">
<manifest:file-entry manifest:full-path="/"
 manifest:media-type="application/vnd.oasis.opendocument.text"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
</manifest:manifest>"""


@contextmanager
def listening() -> Iterator[tuple[str, list[object]]]:
    """Gives an address, and who has called there."""
    called: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        stop = threading.Event()

        def take() -> None:
            while not stop.is_set():
                try:
                    caller, address = server.accept()
                except TimeoutError:
                    continue
                called.append(address)
                caller.close()

        thread = threading.Thread(target=take)
        thread.start()
        yield f"127.0.0.1:{server.getsockname()[1]}", called
        stop.set()
        thread.join()


def linked(host: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", CONTENT.format(host=host))
        archive.writestr("META-INF/manifest.xml", MANIFEST)
    return packed.getvalue()


@pytest.mark.parametrize("has_namespaces", [True, False])
def test_a_linked_picture_was_asked_for(
    monkeypatch: pytest.MonkeyPatch, has_namespaces: bool
) -> None:
    if not has_namespaces:
        monkeypatch.setattr(office_convert, "without_network", tuple)
    elif not programs.without_network():
        pytest.skip("this machine allows no namespace")
    with listening() as (host, called):
        content = office_convert.read_by_office(linked(host))
    assert isinstance(content, Document)
    assert "84件" in content.text
    assert called == []
