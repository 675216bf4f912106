"""The server of a review: it answers the page that it served, and nobody else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from threading import Thread

import pytest

from cleaner.review.server import ReviewServer
from cleaner.review.verdicts import Verdict

VERDICT = {"document": "a", "kind": "removal", "start": 0, "end": 2, "text": "Ad", "verdict": "right", "rule": "a.b"}
SECONDS = 10


@pytest.fixture
def taken() -> list[Verdict]:
    return []


@pytest.fixture
def server(taken: list[Verdict]) -> Iterator[ReviewServer]:
    with ReviewServer(lambda: b"<p>the page</p>", taken.append) as made:
        thread = Thread(target=made.serve, daemon=True)
        thread.start()
        yield made
        made.stop()
        thread.join()


def ask(server: ReviewServer, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[HTTPResponse, bytes]:
    connection = HTTPConnection("127.0.0.1", server.port, timeout=SECONDS)
    try:
        connection.request(
            method, path, body or None, {name.replace("_", "-"): value for name, value in headers.items()}
        )
        answer = connection.getresponse()
        return answer, answer.read()
    finally:
        connection.close()


def post(server: ReviewServer, body: bytes, path: str = "verdicts", **headers: str) -> tuple[HTTPResponse, bytes]:
    return ask(server, "POST", f"/{server.token}/{path}", body, **{"Content_Type": "application/json", **headers})


def test_the_page_comes_with_a_policy(server: ReviewServer) -> None:
    answer, body = ask(server, "GET", f"/{server.token}/")
    assert (answer.status, body) == (200, b"<p>the page</p>")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert not [name for name in answer.headers if name.lower().startswith("access-control")]


def test_the_address_is_of_this_machine_alone(server: ReviewServer) -> None:
    assert server.url.startswith("http://127.0.0.1:")
    assert len(server.token) >= 32
    with pytest.raises(OSError, match="in use"):
        ReviewServer(lambda: b"", lambda verdict: None, server.port)


@pytest.mark.parametrize("path", ["/", "/x/", "/../", "//", "/favicon.ico", "/%00"])
def test_nothing_comes_without_the_token(server: ReviewServer, path: str, taken: list[Verdict]) -> None:
    assert ask(server, "GET", path)[0].status == 403
    assert (
        ask(server, "POST", f"{path}verdicts", json.dumps(VERDICT).encode(), Content_Type="application/json")[0].status
        == 403
    )
    assert taken == []


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1", "127.0.0.1:1", ""])
def test_another_host_is_refused(server: ReviewServer, host: str) -> None:
    answer, body = ask(server, "GET", f"/{server.token}/", Host=host)
    assert (answer.status, b"the page" in body) == (403, False)


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://127.0.0.1", "file://"])
def test_another_origin_is_refused(server: ReviewServer, origin: str, taken: list[Verdict]) -> None:
    assert post(server, json.dumps(VERDICT).encode(), Origin=origin)[0].status == 403
    assert taken == []


def test_a_verdict_of_the_page_is_taken(server: ReviewServer, taken: list[Verdict]) -> None:
    origin = f"http://127.0.0.1:{server.port}"
    answer, body = post(server, json.dumps(VERDICT).encode(), Origin=origin)
    assert (answer.status, body) == (204, b"")
    assert [(one.document, one.verdict) for one in taken] == [("a", "right")]


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_what_a_form_can_send_is_refused(server: ReviewServer, kind: str, taken: list[Verdict]) -> None:
    assert post(server, json.dumps(VERDICT).encode(), Content_Type=kind)[0].status == 415
    assert taken == []


def test_bad_verdicts_are_told(server: ReviewServer, taken: list[Verdict]) -> None:
    answer, body = post(server, b"{}")
    assert answer.status == 400
    assert b"no verdict: Object missing required field" in body
    assert taken == []


def test_long_verdicts_are_not_read(server: ReviewServer) -> None:
    assert post(server, b"{}", Content_Length=str(2 << 20))[0].status == 413


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "verdicts", 404), ("POST", "", 404), ("PUT", "verdicts", 501), ("OPTIONS", "verdicts", 501)],
)
def test_there_is_nothing_else(server: ReviewServer, method: str, path: str, status: int) -> None:
    body = b"{}" if method == "POST" else b""
    assert ask(server, method, f"/{server.token}/{path}", body)[0].status == status


def test_a_full_disk_is_told(server: ReviewServer, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(verdict: Verdict) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(server, "_take", full)
    answer, body = post(server, json.dumps(VERDICT).encode())
    assert (answer.status, body) == (507, b"the verdict cannot be written: No space left on device")
