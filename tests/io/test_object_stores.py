"""Object stores: a server of S3 on this machine (moto), reached through the paths that users write."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cleaner.cli import main
from cleaner.io.compression import compress
from tests.articles import article, json_lines

pytest.importorskip("upath", reason="the extra remote is not installed")
pytest.importorskip("s3fs", reason="s3fs is not installed: pip install 'article-cleaner[stores]'")
pytest.importorskip("moto.server", reason="moto is not installed: pip install 'article-cleaner[stores]'")

pytestmark = pytest.mark.slow

NO_CREDENTIALS = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of the server."""
    from moto.server import ThreadedMotoServer

    made = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    made.start()
    host, port = made.get_host_and_port()
    yield f"http://{host}:{port}"
    made.stop()


class Bucket:
    """A bucket, seen with the client of Amazon and not with ours."""

    def __init__(self, name: str) -> None:
        import boto3

        self.name, self._client = name, boto3.client("s3")
        self._client.create_bucket(Bucket=name)

    def put(self, key: str, data: bytes) -> None:
        self._client.put_object(Bucket=self.name, Key=key, Body=data)

    def get(self, key: str) -> bytes:
        data: bytes = self._client.get_object(Bucket=self.name, Key=key)["Body"].read()
        return data

    @property
    def keys(self) -> list[str]:
        found = self._client.list_objects_v2(Bucket=self.name).get("Contents", [])
        return sorted(item["Key"] for item in found)


def forget_connections() -> None:
    """What s3fs keeps of an earlier test: connections with their credentials, and listings."""
    import s3fs

    s3fs.S3FileSystem.clear_instance_cache()


@pytest.fixture
def bucket(server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Bucket:
    monkeypatch.chdir(tmp_path)
    settings = {
        "AWS_ENDPOINT_URL": server,
        "AWS_ACCESS_KEY_ID": "a name",
        "AWS_SECRET_ACCESS_KEY": "a word",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_SHARED_CREDENTIALS_FILE": str(tmp_path / "none"),
        "AWS_CONFIG_FILE": str(tmp_path / "none"),
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    for name in NO_CREDENTIALS[2:]:
        monkeypatch.delenv(name, raising=False)
    forget_connections()
    made = Bucket(f"articles-{abs(hash(request.node.name))}")
    made.put("in/a.txt", article(0).encode())
    made.put("in/sub/rows.jsonl.gz", compress(json_lines(3), "gzip"))
    made.put("in/picture.png", b"no text")
    return made


def s3(bucket: Bucket, key: str) -> str:
    return f"s3://{bucket.name}/{key}"


def left_behind(tmp_path: Path) -> list[Path]:
    """What a run keeps on this machine: unfinished files, locks and journals."""
    return [path for path in (tmp_path / "cache").rglob("*") if path.is_file() and "staging" in path.parts]


def test_a_folder_is_cleaned_from_a_store_to_a_store(bucket: Bucket, tmp_path: Path) -> None:
    records = ["--audit", s3(bucket, "audit.jsonl.gz"), "--stats", s3(bucket, "stats.json")]
    assert main([s3(bucket, "in"), "-o", s3(bucket, "out"), "-j", "2", "-q", *records]) == 0
    assert [key for key in bucket.keys if not key.startswith("in/")] == [
        "audit.jsonl.gz",
        "out/a.txt",
        "out/sub/rows.jsonl.gz",
        "stats.json",
    ]
    assert b"Follow us" in bucket.get("in/a.txt")
    assert b"Follow us" not in bucket.get("out/a.txt")
    assert b"Follow us" not in gzip.decompress(bucket.get("out/sub/rows.jsonl.gz"))
    audit = [json.loads(line) for line in gzip.decompress(bucket.get("audit.jsonl.gz")).splitlines()]
    assert [(line["path"], line["row"]) for line in audit] == [
        ("a.txt", 0),
        *(("sub/rows.jsonl.gz", n) for n in (1, 2, 3)),
    ]
    assert json.loads(bucket.get("stats.json"))["documents"] == 4
    back = ["--audit", s3(bucket, "audit.jsonl.gz"), "-o", s3(bucket, "back"), "--original"]
    assert main(["restore", s3(bucket, "out"), *back]) == 0
    assert bucket.get("back/a.txt") == bucket.get("in/a.txt")
    assert gzip.decompress(bucket.get("back/sub/rows.jsonl.gz")) == json_lines(3)
    assert main(["report", s3(bucket, "audit.jsonl.gz"), "--cleaned", s3(bucket, "out"), "-o", "page.html"]) == 0
    assert left_behind(tmp_path) == []


def test_a_run_that_was_stopped_goes_on(bucket: Bucket, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bucket.put("in/b.jsonl", json_lines(2) + b"{bad\n")
    bucket.put("in/c.txt", article(2).encode())
    command = [s3(bucket, "in"), "-o", s3(bucket, "out"), "-j", "1", "--audit", s3(bucket, "audit.jsonl")]
    assert main([*command, "--max-errors", "0"]) == 2
    assert "stopped after 1 errors" in capsys.readouterr().err
    assert "audit.jsonl" not in bucket.keys
    assert left_behind(tmp_path) != []
    bucket.put("out/a.txt", b"as the first attempt left it")
    assert main(command) == 2
    assert "note: going on after 2 files of a run that was stopped" in capsys.readouterr().err
    assert bucket.get("out/a.txt") == b"as the first attempt left it"  # it was not cleaned again
    assert {json.loads(line)["path"] for line in bucket.get("audit.jsonl").splitlines()} == {
        "a.txt",
        "b.jsonl",
        "c.txt",
        "sub/rows.jsonl.gz",
    }
    assert left_behind(tmp_path) == []


def test_a_cluster_cleans_from_a_store_to_a_store(
    bucket: Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from contextlib import contextmanager

    from cleaner.adapters import cluster

    @contextmanager
    def here() -> Iterator[Any]:
        yield lambda task, parts: map(task, parts)

    monkeypatch.setattr(cluster, "ENGINES", {"ray": here})
    assert main([s3(bucket, "in"), "-o", s3(bucket, "local"), "-q", "--audit", s3(bucket, "local.jsonl.gz")]) == 0
    records = ["--audit", s3(bucket, "out.jsonl.gz"), "--rejects", s3(bucket, "rejects.jsonl")]
    assert main(["cluster", s3(bucket, "in"), "-o", s3(bucket, "out"), "--engine", "ray", "-q", *records]) == 0
    for name in ("/a.txt", "/sub/rows.jsonl.gz"):
        assert bucket.get(f"out{name}") == bucket.get(f"local{name}")
    assert gzip.decompress(bucket.get("out.jsonl.gz")) == gzip.decompress(bucket.get("local.jsonl.gz"))
    assert bucket.get("rejects.jsonl") == b""
    assert [key for key in bucket.keys if ".cleaner-" in key] == []
    assert left_behind(tmp_path) == []


@pytest.mark.parametrize(
    ("source", "target", "message"),
    [
        ("s3://no-such-bucket/in", "out", "s3://no-such-bucket/in: does not exist; check the path"),
        ("{bucket}/none.jsonl", "out.jsonl", "{bucket}/none.jsonl: does not exist; check the path"),
        (
            "{bucket}/in/a.txt",
            "s3://no-such-bucket/a.txt",
            "s3://no-such-bucket/a.txt: The specified bucket does not exist; nothing was written for this file",
        ),
        (
            "{bucket}/in/sub",
            "s3://no-such-bucket/out",
            "s3://no-such-bucket/out/rows.jsonl.gz: The specified bucket does not exist; nothing was written",
        ),
    ],
)
def test_what_is_not_there_is_named(
    bucket: Bucket, source: str, target: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    place = f"s3://{bucket.name}"
    assert main([source.format(bucket=place), "-o", target, "-q", "-j", "1"]) == 2
    assert message.format(bucket=place) in " ".join(capsys.readouterr().err.split())


def test_missing_credentials_are_named(
    bucket: Bucket, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in NO_CREDENTIALS:
        monkeypatch.delenv(name, raising=False)
    forget_connections()
    assert main([s3(bucket, "in"), "-o", "out", "-q"]) == 2
    error = " ".join(capsys.readouterr().err.split())
    assert "NoCredentialsError: Unable to locate credentials; check address and credentials" in error
    assert not Path("out").exists()


def test_a_server_that_does_not_answer_is_named(
    bucket: Bucket, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    forget_connections()
    assert main([s3(bucket, "in"), "-o", "out", "-q"]) == 2
    assert "Could not connect to the endpoint URL" in capsys.readouterr().err
