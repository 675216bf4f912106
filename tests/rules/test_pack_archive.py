"""An archive is read in memory, and what a rule pack never holds is refused."""

from __future__ import annotations

import stat
import warnings
import zipfile

import pytest

from cleaner.errors import CleanerError
from cleaner.rules import pack_archive
from cleaner.rules.pack_archive import archive_files
from tests.rules.packing import zipped


def entry(name: str, mode: int = stat.S_IFREG | 0o644) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name)
    made.create_system, made.external_attr = 3, mode << 16
    return made


def test_the_files_come_out_by_their_names() -> None:
    data = zipped({entry("a/", stat.S_IFDIR | 0o755): b"", entry("a/b.toml"): b"x = 1", "c d+e.txt": b""})
    assert archive_files(data, "a.whl") == {"a/b.toml": b"x = 1", "c d+e.txt": b""}


@pytest.mark.parametrize(
    "name", ["../evil", "a/../../evil", "/etc/evil", "a//b", "./a", "a\\..\\evil", "C:evil", "a/\x07", " a"]
)
def test_a_name_that_leads_elsewhere_is_refused(name: str) -> None:
    with pytest.raises(CleanerError, match=r"^a\.whl: the name .* in it is not allowed"):
        archive_files(zipped({"a/b.toml": b"", name: b""}), "a.whl")


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
def test_a_link_or_device_is_refused(kind: int) -> None:
    with pytest.raises(CleanerError, match="is a link or a device"):
        archive_files(zipped({entry("a/link", kind | 0o777): b"/etc/passwd"}), "a.whl")


def test_a_name_that_stands_twice_is_refused() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # zipfile warns when it writes one
        target = zipped({entry("a"): b"1", entry("a"): b"2"})
    with pytest.raises(CleanerError, match="holds 'a' twice"):
        archive_files(target, "a.whl")


def test_an_encrypted_file_is_refused() -> None:
    data = bytearray(zipped({"a": b"secret"}))
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + place] |= 1
    with pytest.raises(CleanerError, match="is encrypted"):
        archive_files(bytes(data), "a.whl")


def test_a_compression_that_wheels_do_not_have_is_refused() -> None:
    made = entry("a")
    made.compress_type = zipfile.ZIP_BZIP2
    with pytest.raises(CleanerError, match="compressed in another way"):
        archive_files(zipped({made: b"aaaa"}), "a.whl")


def test_what_unpacks_to_too_much_is_refused_before_it_is_unpacked() -> None:
    bomb = entry("a")
    bomb.compress_type = zipfile.ZIP_DEFLATED
    data = zipped({bomb: b"\0" * (pack_archive.MOST_UNPACKED + 1)})
    assert len(data) < 100_000
    with pytest.raises(CleanerError, match="bytes unpacked; a rule pack has at most"):
        archive_files(data, "a.whl")


def test_a_size_that_an_entry_lies_about_is_found() -> None:
    made = entry("a")
    made.compress_type = zipfile.ZIP_DEFLATED
    data = bytearray(zipped({made: b"\0" * 100_000}))
    for signature, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = data.index(signature) + place
        data[start : start + 4] = (10).to_bytes(4, "little")
    with pytest.raises(CleanerError, match="is a damaged archive"):
        archive_files(bytes(data), "a.whl")


def test_too_many_files_and_too_large_a_file_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    data = zipped({"a": b"", "b": b""})
    monkeypatch.setattr(pack_archive, "MOST_FILES", 1)
    with pytest.raises(CleanerError, match="holds 2 files; a rule pack has at most 1"):
        archive_files(data, "a.whl")
    monkeypatch.setattr(pack_archive, "MOST_BYTES", 10)
    with pytest.raises(CleanerError, match="is larger than 10 bytes"):
        archive_files(data, "a.whl")


@pytest.mark.parametrize("length", [3, 20, 60, 90])
def test_half_an_archive_is_refused(length: int) -> None:
    with pytest.raises(CleanerError, match=r"is a damaged archive: .*; get it again"):
        archive_files(zipped({"a/b.toml": b"x = 1"})[:length], "a.whl")


def test_every_damaged_byte_gives_files_or_an_error_of_ours() -> None:
    data = zipped({"a/b.toml": b"x = 1", "c": b"d"})
    refused = 0
    for place in range(len(data)):
        changed = bytearray(data)
        changed[place] ^= 0xFF
        try:
            archive_files(bytes(changed), "a.whl")
        except CleanerError:
            refused += 1
    assert refused > len(data) / 3
