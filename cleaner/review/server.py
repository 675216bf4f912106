"""A page on loopback that takes verdicts: it answers one person on this machine, and nobody else.

Other programs and web pages on the machine must not reach it. The port is chosen by the system, the address holds a
token, the Host header must name this machine (so that a name that somebody points at 127.0.0.1 leads nowhere), a
verdict must come as JSON from the page itself, and no other origin may read an answer.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from cleaner.report.page import policy
from cleaner.review.verdicts import Verdict, read_verdict

__all__ = ["ReviewServer"]

_LOOPBACK = "127.0.0.1"
_MOST_BYTES = 1 << 20  # of a verdict
_SECONDS = 30  # a client may take for one request
_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class ReviewServer:
    """Serves a page and takes verdicts. A context manager: the port is free again when the block ends.

    Args:
        page: makes the page whenever it is asked for, so that it holds all verdicts.
        take: gets each verdict; when it raises OSError, the page says that nothing was saved.
        port: the port; 0 for one that is free.

    Raises:
        OSError: the port is taken.
    """

    def __init__(self, page: Callable[[], bytes], take: Callable[[Verdict], None], port: int = 0) -> None:
        self.token = secrets.token_urlsafe(24)
        self._page, self._take = page, take
        self._server = _Server((_LOOPBACK, port), self._handler())

    @property
    def port(self) -> int:
        """The port."""
        return int(self._server.server_address[1])

    @property
    def url(self) -> str:
        """The address for the browser, with the token."""
        return f"http://{_LOOPBACK}:{self.port}/{self.token}/"

    def __enter__(self) -> ReviewServer:
        return self

    def __exit__(self, *_: object) -> None:
        self._server.server_close()

    def serve(self) -> None:
        """Answer until :meth:`stop` is called from another thread, or until Control-C."""
        self._server.serve_forever(poll_interval=0.1)

    def stop(self) -> None:
        """End :meth:`serve`."""
        self._server.shutdown()

    def refusal(self, host: str, origin: str | None, path: str) -> HTTPStatus | None:
        """Why a request gets no answer; None when it gets one."""
        names = {f"{_LOOPBACK}:{self.port}", f"localhost:{self.port}"}
        if host not in names or (origin is not None and origin.removeprefix("http://") not in names):
            return HTTPStatus.FORBIDDEN
        token = path.split("?")[0].strip("/").split("/")[0]
        if not secrets.compare_digest(token.encode("utf-8", "replace"), self.token.encode()):
            return HTTPStatus.FORBIDDEN
        return None

    def page_bytes(self) -> bytes:
        """The page as it is now."""
        return self._page()

    def accept(self, body: bytes) -> tuple[HTTPStatus, str]:
        """Take a verdict, and say what came of it."""
        try:
            self._take(read_verdict(body))
        except ValueError as error:
            return HTTPStatus.BAD_REQUEST, f"no verdict: {error}"
        except OSError as error:
            return HTTPStatus.INSUFFICIENT_STORAGE, f"the verdict cannot be written: {error.strerror or error}"
        return HTTPStatus.NO_CONTENT, ""

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        review = self

        class Handler(_Handler):
            server_of = review

        return Handler


class _Server(ThreadingHTTPServer):
    """A server whose port is its own: Windows would let another program listen on it too."""

    allow_reuse_address = os.name != "nt"
    daemon_threads = True


class _Handler(BaseHTTPRequestHandler):
    """Answers one request."""

    server_of: ReviewServer
    server_version, sys_version = "cleaner", ""
    timeout = _SECONDS

    def do_GET(self) -> None:
        """The page."""
        if self._is_refused():
            return
        if self._place() != "":
            self._answer(HTTPStatus.NOT_FOUND, b"there is only the page itself\n")
            return
        content = {"Content-Type": "text/html; charset=utf-8"}
        content["Content-Security-Policy"] = f"{policy(serves=True)}; frame-ancestors 'none'"
        self._answer(HTTPStatus.OK, self.server_of.page_bytes(), content)

    def do_POST(self) -> None:
        """A verdict."""
        if self._is_refused():
            return
        if self._place() != "verdicts":
            self._answer(HTTPStatus.NOT_FOUND, b"verdicts go to verdicts\n")
            return
        # A page of another origin can send a form or plain text without being asked, but no JSON.
        if self.headers.get("Content-Type", "").partition(";")[0].strip().lower() != "application/json":
            self._answer(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, b"a verdict is application/json\n")
            return
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or int(length) > _MOST_BYTES:
            self._answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, b"a verdict has a length of at most 1 MiB\n")
            return
        status, reason = self.server_of.accept(self.rfile.read(int(length)))
        self._answer(status, reason.encode())

    def _is_refused(self) -> bool:
        status = self.server_of.refusal(self.headers.get("Host", ""), self.headers.get("Origin"), self.path)
        if status is not None:
            self._answer(status, b"use the address that `clean review` printed\n")
        return status is not None

    def _place(self) -> str | None:
        """What is asked for below the token; None for nothing that could be there."""
        _, _, rest = self.path.split("?")[0].lstrip("/").partition("/")
        return rest

    def _answer(self, status: HTTPStatus, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {**_HEADERS, "Content-Type": "text/plain; charset=utf-8", **(headers or {})}.items():
            self.send_header(name, value)
        if status is not HTTPStatus.NO_CONTENT:
            self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        self.end_headers()
        if status is not HTTPStatus.NO_CONTENT:
            self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Requests are not logged: addresses hold the token."""
