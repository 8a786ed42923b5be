"""A mail server and a web server on loopback, real enough to receive what is sent."""

import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any


class _Session(socketserver.StreamRequestHandler):
    """Speaks as much of RFC 5321 as a client of the standard library asks for."""

    server: "_Mailbox"

    def handle(self) -> None:
        self._say("220 mailbox")
        while line := self.rfile.readline():
            verb = line.strip().upper()
            if verb.startswith(b"DATA"):
                self._say("354 go on")
                self.server.letters.append(b"".join(self._data()))
                self._say("250 taken")
            elif verb.startswith(b"QUIT"):
                self._say("221 bye")
                return
            elif verb.startswith(b"RCPT") and self.server.refuses:
                self._say("550 nobody here")
            else:
                self._say("250 fine")

    def _data(self) -> Iterator[bytes]:
        while (line := self.rfile.readline()) != b".\r\n":
            yield line[1:] if line.startswith(b".") else line

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


class _Mailbox(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.letters: list[bytes] = []
        self.refuses = False


class Mailbox:
    """What arrived by mail, and what was posted."""

    def __init__(self, mail: _Mailbox, web: "_Web") -> None:
        self._mail, self._web = mail, web
        self.mail_port = mail.server_address[1]
        self.hook = f"http://127.0.0.1:{web.server_address[1]}/hook"

    @property
    def letters(self) -> list[EmailMessage]:
        return [message_from_bytes(one, policy=policy.default) for one in self._mail.letters]  # type: ignore[misc]

    @property
    def posts(self) -> list[dict[str, Any]]:
        return self._web.posts

    def refuse(self, status: int = 500) -> None:
        self._mail.refuses = True
        self._web.status = status


class _Hook(BaseHTTPRequestHandler):
    server: "_Web"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.posts.append({**json.loads(body), "token": self.headers["Authorization"]})
        self.send_response(self.server.status)
        self.send_header("Location", "http://127.0.0.1:1/elsewhere")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Says nothing."""


class _Web(HTTPServer):
    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Hook)
        self.posts: list[dict[str, Any]] = []
        self.status = 204


@contextmanager
def receiving() -> Iterator[Mailbox]:
    with _Mailbox() as mail, _Web() as web:
        for server in (mail, web):
            threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Mailbox(mail, web)
        mail.shutdown()
        web.shutdown()
