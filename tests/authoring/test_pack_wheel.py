"""A pack is a wheel: what pip reads in it is right, and its bytes are the same each time."""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from base64 import urlsafe_b64encode
from email import message_from_bytes

import pytest

from cleaner.authoring.pack_project import read_project
from cleaner.authoring.pack_wheel import wheel_bytes, wheel_name
from tests.authoring.pack_folders import TEMPLATE

PROJECT = read_project(TEMPLATE)
FILES = {"rules/a.toml": b"schema = 1\n", "README.md": "# Grüße\n".encode(), "pack.json": b"{}"}
ABOUT = "riverpost_rules-1.0.dist-info"


def archive() -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(wheel_bytes(PROJECT, FILES)))


def test_the_name_says_that_it_runs_anywhere() -> None:
    assert wheel_name(PROJECT) == "riverpost_rules-1.0-py3-none-any.whl"


def test_the_same_files_give_the_same_bytes_in_any_order() -> None:
    assert wheel_bytes(PROJECT, FILES) == wheel_bytes(PROJECT, dict(reversed(FILES.items())))


def test_nothing_in_it_depends_on_a_clock_or_on_a_version_of_zlib() -> None:
    for entry in archive().infolist():
        assert entry.date_time == (1980, 1, 1, 0, 0, 0)
        assert entry.compress_type == zipfile.ZIP_STORED
        assert entry.external_attr >> 16 == 0o100644


def test_the_record_names_every_file_with_its_digest() -> None:
    wheel = archive()
    rows = {
        name: (digest, size) for name, digest, size in csv.reader(io.StringIO(wheel.read(f"{ABOUT}/RECORD").decode()))
    }
    assert rows.keys() == set(wheel.namelist())
    for name, (digest, size) in rows.items():
        data = wheel.read(name)
        if name.endswith("/RECORD"):
            assert (digest, size) == ("", "")
        else:
            wanted = urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
            assert (digest, int(size)) == (f"sha256={wanted}", len(data))


def test_the_metadata_says_what_the_author_said() -> None:
    found = message_from_bytes(archive().read(f"{ABOUT}/METADATA"))
    assert (found["Name"], found["Version"]) == ("riverpost-rules", "1.0")
    assert (found["License-Expression"], found["License-File"]) == ("CC0-1.0", "LICENSE")
    assert found.get_payload(decode=True) == FILES["README.md"]


def test_the_metadata_is_valid() -> None:
    metadata = pytest.importorskip("packaging.metadata", reason="packaging is not installed")
    found = metadata.Metadata.from_email(archive().read(f"{ABOUT}/METADATA"), validate=True)
    assert found.license_expression == "CC0-1.0"


def test_the_entry_point_names_the_rules() -> None:
    assert archive().read(f"{ABOUT}/entry_points.txt") == b"[cleaner.rules]\nriverpost-rules = riverpost_rules.rules\n"
