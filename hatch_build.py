"""Puts the built-in rules into the wheel a second time, read and compiled: see cleaner/rules/shipped.py."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_MAKE = """
import sys
from pathlib import Path
from regex import _regex_core

def steady(node):
    "A hash that does not depend on where classes and None lie in memory, so that sets of nodes have one order."
    key = node._key if isinstance(node._key, tuple) else (node._key,)
    return hash((key[0].__name__, *("None" if part is None else part for part in key[1:])))

if hasattr(_regex_core, "RegexBase"):  # the inside of the module; without it only the bytes differ
    _regex_core.RegexBase.__hash__ = steady
from cleaner.rules.builtin import builtin_rules, builtin_rules_dir
from cleaner.rules.shipped import shipped_bytes
Path(sys.argv[1]).write_bytes(shipped_bytes(builtin_rules_dir(), builtin_rules()))
"""


class CompiledRules(BuildHookInterface):  # type: ignore[type-arg]
    """Makes the file, in a process of its own, and removes it when the wheel is done."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version != "standard":  # an editable install reads the rule files of the checkout
            return
        self._folder = tempfile.TemporaryDirectory()
        path = Path(self._folder.name) / "compiled.msgpack"
        # A build in isolation has its requirements on the path of this process. The same files make the same bytes, so
        # strings have one hash, and no cache is read: it may come from a process that had another one.
        environment = os.environ | {
            "PYTHONPATH": os.pathsep.join([self.root, *filter(None, sys.path)]),
            "PYTHONHASHSEED": "0",
            "CLEANER_CACHE_DIR": "",
        }
        subprocess.run([sys.executable, "-c", _MAKE, str(path)], env=environment, check=True)
        build_data["force_include"][str(path)] = "cleaner/rules/builtin/compiled.msgpack"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        if version == "standard":
            self._folder.cleanup()
