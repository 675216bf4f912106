"""The pytest plugin: its options, and the hooks when there is something for them to do.

pytest loads this module in every session of an environment that has the package, so it imports nothing, not even
pytest. :mod:`cleaner.pytest_collection` holds the hooks that a session with golden cases or rules needs.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    import pytest

__all__: list[str] = []


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options of the command line and of the configuration file."""
    group = parser.getgroup("cleaner", "golden cases and rules of article-cleaner")
    group.addoption(
        "--clean-golden",
        action="append",
        default=[],
        metavar="DIR",
        help="Also run the golden cases in this folder (repeatable).",
    )
    group.addoption(
        "--clean-rules",
        action="append",
        default=[],
        metavar="PATH",
        help="Also run the examples of the rules in this file or folder, and clean golden cases with these rules "
        "besides the built-in ones (repeatable).",
    )
    group.addoption(
        "--update-golden",
        action="store_true",
        help="Write what comes out into expected.txt and edits.jsonl of the golden cases, and say which changed.",
    )
    parser.addini("clean_golden", "Folders of golden cases, run when no path is given.", type="paths", default=[])
    parser.addini(
        "clean_rules",
        "Files and folders of rules, whose examples run when no path is given; golden cases are cleaned with them.",
        type="paths",
        default=[],
    )


def pytest_configure(config: pytest.Config) -> None:
    """Register the other hooks, unless no option asks for them."""
    options = ("clean_golden", "clean_rules")
    if config.getoption("update_golden") or any(config.getoption(name) or config.getini(name) for name in options):
        from cleaner import pytest_collection

        config.pluginmanager.register(pytest_collection, "cleaner_collection")
