"""A pack is installed as it came, or an error says why not and nothing is left behind."""

from __future__ import annotations

import stat
import threading
import tomllib
import zipfile
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from cleaner.authoring.pack_install import install_pack, pin_lines
from cleaner.config.settings import load_config
from cleaner.errors import CleanerError
from cleaner.rules.pack_names import hash_of
from cleaner.rules.pack_store import DATA_VARIABLE, PackStore
from tests.rules.packing import RULE, pack_bytes, pack_files, zipped


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PackStore:
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "data"))
    return PackStore()


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    path = tmp_path / "served" / "a.whl"
    path.parent.mkdir()
    path.write_bytes(pack_bytes())
    return path


class Quiet(SimpleHTTPRequestHandler):
    """Serves files, and prints nothing."""

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@pytest.fixture
def address(pack: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(pack.parent)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/a.whl"
    server.shutdown()
    server.server_close()


def test_a_file_needs_no_hash_and_an_address_needs_one(store: PackStore, pack: Path, address: str) -> None:
    assert install_pack(str(pack)).is_new
    with pytest.raises(CleanerError, match=r"an address needs --hash sha256:…"):
        install_pack(address)
    again = install_pack(address, hash_of(pack.read_bytes()).upper().replace("SHA", "sha"))
    assert (again.is_new, again.pack.id.name) == (False, "riverpost-rules")


def test_another_hash_is_refused_for_files_and_addresses(store: PackStore, pack: Path, address: str) -> None:
    for source in (str(pack), address):
        with pytest.raises(CleanerError, match=r"has the hash sha256:[0-9a-f]{64}, and not sha256:0{64}"):
            install_pack(source, "sha256:" + "0" * 64)
    assert not store.folder.exists()


@pytest.mark.parametrize("wrong", ["0" * 64, "md5:" + "0" * 32, "sha256:0", "sha256:" + "g" * 64])
def test_what_is_no_hash_is_told(store: PackStore, pack: Path, wrong: str) -> None:
    with pytest.raises(CleanerError, match="is no hash; it is sha256: and 64 digits"):
        install_pack(str(pack), wrong)


def hostile() -> Iterator[tuple[str, bytes]]:
    """Packs that somebody made to do harm, or made badly."""
    good: dict[Any, bytes] = dict(pack_files())
    link = zipfile.ZipInfo("riverpost_rules/rules/link.toml")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    yield "a name that leads out", zipped({**good, "../../evil.toml": b"x"})
    yield "a link", zipped({**good, link: b"/etc/passwd"})
    yield "code", zipped({**good, "riverpost_rules/__init__.py": b"import os; os.abort()"})
    yield "a file for site-packages", zipped({**good, "evil.pth": b"import os; os.abort()"})
    yield "broken TOML", pack_bytes("[[rule]\n")
    yield "another entry point", zipped({**good, "riverpost_rules-1.0.dist-info/entry_points.txt": b"[a]\nb = c\n"})
    yield "a manifest that is no JSON", zipped({**good, "riverpost_rules/pack.json": b"{"})
    yield "half of it", pack_bytes()[:-40]
    yield "no archive", b"MZ" + b"\0" * 100
    yield "nothing", b""
    yield "rules that are not valid", pack_bytes(RULE.replace("zone", "zonne"))
    yield (
        "a taken id",
        pack_bytes("[[rule]]\n" + RULE.partition("[[rule]]\n")[2].replace("riverpost.sign-off", "follow-us.networks")),
    )


@pytest.mark.parametrize(("what", "data"), [pytest.param(what, data, id=what) for what, data in hostile()])
def test_a_hostile_pack_is_refused_and_leaves_nothing(store: PackStore, tmp_path: Path, what: str, data: bytes) -> None:
    path = tmp_path / "hostile.whl"
    path.write_bytes(data)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(CleanerError, match=r"hostile\.whl"):
        install_pack(str(path), hash_of(data))
    assert sorted(tmp_path.rglob("*")) == before


def test_nothing_of_a_pack_is_imported_or_unpacked(store: PackStore, pack: Path) -> None:
    install_pack(str(pack))
    (file,) = store.folder.rglob("*")
    assert file.read_bytes() == pack.read_bytes()


def test_what_a_project_writes_pins_the_pack(store: PackStore, pack: Path, tmp_path: Path) -> None:
    installed = install_pack(str(pack)).pack
    lines = pin_lines(installed)
    assert tomllib.loads(lines)["packs"]["riverpost-rules"] == {"version": "1.0", "hash": installed.id.hash}
    (tmp_path / "cleaner.toml").write_text(lines)
    assert load_config(tmp_path / "cleaner.toml").selected().packs == (installed.id,)
