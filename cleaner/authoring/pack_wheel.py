"""The file of a rule pack: a wheel, the same bytes each time and on each machine, so that its hash says what it is."""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from base64 import urlsafe_b64encode
from collections.abc import Mapping

from cleaner.authoring.pack_project import PackProject
from cleaner.rules.pack_names import module_of
from cleaner.rules.plugins import RULES_GROUP

__all__ = ["wheel_bytes", "wheel_name"]

_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first time that a ZIP archive can tell
_MODE = 0o100644 << 16


def wheel_name(project: PackProject) -> str:
    """The name of the file."""
    return f"{module_of(project.name)}-{project.version}-py3-none-any.whl"


def wheel_bytes(project: PackProject, files: Mapping[str, bytes]) -> bytes:
    """The file.

    Args:
        project: what is said about it.
        files: the files of the package, by their names below it.
    """
    module = module_of(project.name)
    about = f"{module}-{project.version}.dist-info"
    every = {f"{module}/{name}": data for name, data in sorted(files.items())}
    every[f"{about}/METADATA"] = _metadata(project, files)
    every[f"{about}/WHEEL"] = (
        b"Wheel-Version: 1.0\nGenerator: article-cleaner\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    )
    every[f"{about}/entry_points.txt"] = f"[{RULES_GROUP}]\n{project.name} = {module}.rules\n".encode()
    if project.licence_file is not None:
        every[f"{about}/licenses/{project.licence_file.name}"] = project.licence_file.read_bytes()
    every[f"{about}/RECORD"] = _record(every, f"{about}/RECORD")
    target = io.BytesIO()
    # Stored and not deflated: versions of zlib compress differently, and the hash would tell them apart.
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, data in every.items():
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            entry.create_system, entry.external_attr = 3, _MODE
            archive.writestr(entry, data)
    return target.getvalue()


def _metadata(project: PackProject, files: Mapping[str, bytes]) -> bytes:
    lines = [
        "Metadata-Version: 2.4",
        f"Name: {project.name}",
        f"Version: {project.version}",
        f"Summary: {project.description}",
        *(f"Author: {author}" for author in (", ".join(project.authors),) if author),
        f"License-Expression: {project.licence}",
        *(f"License-File: {file.name}" for file in (project.licence_file,) if file is not None),
        *(f"Requires-Dist: {requirement}" for requirement in project.requires),
    ]
    if "README.md" not in files:
        return "\n".join([*lines, ""]).encode()
    return "\n".join([*lines, "Description-Content-Type: text/markdown", "", ""]).encode() + files["README.md"]


def _record(files: Mapping[str, bytes], own_name: str) -> bytes:
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    for name, data in files.items():
        digest = urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
        writer.writerow([name, f"sha256={digest}", len(data)])
    writer.writerow([own_name, "", ""])
    return target.getvalue().encode()
