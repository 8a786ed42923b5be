"""A server on loopback that answers what a test says, and remembers what it was asked."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Answer:
    """One answer.

    Attributes:
        announced: The length it claims; -1 sends it in chunks of one byte, -2 tells no end.
        drip: Seconds between its bytes.
        before: Sent as it is before anything else, one byte a ``drip``.
    """

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    announced: int | None = None
    drip: float = 0.0
    before: bytes = b""


class Server:
    def __init__(self, address: str) -> None:
        self.address = address
        self.answers: dict[str, list[Answer]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []

    def say(self, path: str, *answers: Answer) -> str:
        """Queues answers for a path; the last one is given from then on."""
        self.answers[path] = list(answers)
        return self.address + path

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]


@contextmanager
def serving() -> Iterator[Server]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            if self.path != "/robots.txt" or self.path in server.answers:
                server.asked.append((self.path, dict(self.headers)))
            queue = server.answers.get(self.path, [Answer(404)])
            answer = queue.pop(0) if len(queue) > 1 else queue[0]
            try:
                self._answer(answer)
            except OSError:
                self.close_connection = True

        def _answer(self, answer: Answer) -> None:
            self._send(answer.before, answer.drip)
            length = len(answer.body) if answer.announced is None else answer.announced
            self.send_response(answer.status)
            if length >= 0:
                self.send_header("Content-Length", str(length))
            elif length == -1:
                self.send_header("Transfer-Encoding", "chunked")
            else:
                self.send_header("Connection", "close")
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.end_headers()
            if length == -1:
                chunks = b"".join(b"1\r\n%c\r\n" % byte for byte in answer.body)
                self.wfile.write(chunks + b"0\r\n\r\n")
            else:
                self._send(answer.body, answer.drip)

        def _send(self, data: bytes, drip: float) -> None:
            if not drip:
                self.wfile.write(data)
                return
            for byte in data:
                self.wfile.write(bytes([byte]))
                time.sleep(drip)

        def log_message(self, *_: object) -> None:
            """Keeps the test's output clean."""

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server = Server(f"http://127.0.0.1:{http.server_port}")
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        http.shutdown()
        http.server_close()
        thread.join()
