"""A web server on this machine that serves the paths of the official one, well or badly."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PATH = "/edubase/downloads/public/"


@dataclass
class Answer:
    """What the server says to one request."""

    body: bytes = b""
    status: int = 200
    length: int | None = None  # a Content-Length other than the body's
    wait: float = 0.0
    etag: str | None = None


@dataclass
class Official:
    """The stand-in for the official server: answers by file name, in turn, the last for ever."""

    url: str = ""
    answers: dict[str, list[Answer]] = field(default_factory=dict)
    asked: list[tuple[str, str | None]] = field(default_factory=list)

    def serve(self, name: str, *answers: Answer) -> None:
        self.answers[name] = list(answers)

    def answer(self, name: str) -> Answer:
        queue = self.answers.get(name, [Answer(b"no such file", 404)])
        return queue.pop(0) if len(queue) > 1 else queue[0]


@contextmanager
def official_server() -> Iterator[Official]:
    state = Official()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            assert self.path.startswith(PATH)
            name = self.path.removeprefix(PATH)
            wanted = self.headers.get("Range")
            state.asked.append((name, wanted))
            answer = state.answer(name)
            time.sleep(answer.wait)
            body, status, length = answer.body, answer.status, answer.length
            if wanted and answer.etag and self.headers.get("If-Range") == answer.etag:
                body, status, length = body[int(wanted[6:-1]) :], 206, None
            self.send_response(status)
            self.send_header("Content-Length", str(len(body) if length is None else length))
            if answer.etag:
                self.send_header("ETag", answer.etag)
            self.end_headers()
            with suppress(OSError):  # the client has given up, as it should
                self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.url = f"http://127.0.0.1:{server.server_port}{PATH}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
