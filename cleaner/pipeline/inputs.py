"""What may be given as a text, and what to give instead of other things that people have at hand."""

from __future__ import annotations

from typing import Any

from cleaner.errors import InputError
from cleaner.rules import RuleSet

__all__ = ["check_jobs", "check_known", "check_rules", "check_settings", "checked_text"]


def checked_text(text: Any) -> str | bytes:
    """The text that was given, when it is one; bytes of other kinds become bytes.

    Raises:
        InputError: it is something else. The message says what to give.

    >>> checked_text(None)
    Traceback (most recent call last):
    ...
    cleaner.errors.InputError: the text is None; give str or bytes, and leave out rows that have no text
    >>> checked_text(["a", "b"])
    Traceback (most recent call last):
    ...
    cleaner.errors.InputError: the text is a list; give one text at a time, or all of them to Cleaner.clean_batch
    """
    if isinstance(text, str | bytes):
        return text
    if isinstance(text, bytearray | memoryview):
        return bytes(text)
    raise InputError(f"the text is {_named(text)}; {_advice(text)}")


def check_known(**known: Any) -> None:
    """Check what is given besides the text: each value is a str, or None when it is not known.

    Raises:
        InputError: one is something else, such as the NaN that pandas has for a missing value.
    """
    for name, value in known.items():
        if value is not None and not isinstance(value, str):
            advice = "give None when it is not known" if _is_missing(value) else f"give str, as {name}=str(...)"
            raise InputError(f"{name} is {_named(value)}; {advice}")


def check_jobs(jobs: Any) -> None:
    """Check a number of processes.

    Raises:
        InputError: it is none.

    >>> check_jobs(0)
    Traceback (most recent call last):
    ...
    cleaner.errors.InputError: jobs is 0; give a number of processes, 1 or more, as jobs=4
    """
    if not hasattr(jobs, "__index__") or jobs < 1:
        raise InputError(f"jobs is {jobs!r}; give a number of processes, 1 or more, as jobs=4")


def check_settings(document_seconds: Any, guard: Any, encoding: Any) -> None:
    """Check the settings of a cleaner that are single values.

    Raises:
        InputError: one is of another type, or there is no such encoding.
        ValueError: a number is too small or too large.

    >>> check_settings(10.0, 0.5, "latin-9000")
    Traceback (most recent call last):
    ...
    cleaner.errors.InputError: there is no encoding 'latin-9000'; name one such as windows-1252, shift_jis or euc-kr
    """
    for name, value in (("document_seconds", document_seconds), ("guard", guard)):
        if not isinstance(value, int | float) and not hasattr(value, "__float__"):
            raise InputError(f"{name} is {_named(value)}; give a number")
    if not document_seconds > 0:
        raise ValueError(f"document_seconds is a time in seconds, more than 0, not {document_seconds}")
    if not 0 <= guard <= 1:
        raise ValueError(f"guard is a share of the words, 0 to 1, not {guard}")
    if not isinstance(encoding, str):
        raise InputError(f'encoding is {_named(encoding)}; give the name of one, or "" to find it out for each text')
    if encoding:
        from cleaner.text.charsets import codec_of_label

        if codec_of_label(encoding) is None:
            advice = "name one such as windows-1252, shift_jis or euc-kr"
            raise InputError(f"there is no encoding {encoding!r}; {advice}")


def check_rules(rules: Any) -> None:
    """Check what is given as the rules of a cleaner.

    Raises:
        InputError: it is no rule set. The message says what to give.

    >>> check_rules("my-rules.toml")
    Traceback (most recent call last):
    ...
    cleaner.errors.InputError: rules is a str; give a RuleSet, as builtin_rules() | load_rules('my-rules.toml')
    """
    if isinstance(rules, RuleSet):
        return
    is_path = isinstance(rules, str) or hasattr(rules, "__fspath__")
    advice = (
        f"as builtin_rules() | load_rules({str(rules)!r})" if is_path else "as builtin_rules(), or RuleSet() for none"
    )
    raise InputError(f"rules is {_named(rules)}; give a RuleSet, {advice}")


def _named(value: Any) -> str:
    """What a value is called in a message."""
    if value is None:
        return "None"
    if _is_missing(value):
        return str(value)
    kind = "Path" if hasattr(value, "__fspath__") else type(value).__name__
    return f"{'an' if kind[:1].lower() in 'aeiou' else 'a'} {kind}"


def _advice(value: Any) -> str:
    if value is None or _is_missing(value):
        return "give str or bytes, and leave out rows that have no text"
    if hasattr(value, "__fspath__"):
        return "give the content of the file, as path.read_bytes()"
    if hasattr(value, "read"):
        return "give what is in it, as file.read()"
    if isinstance(value, dict):
        return 'give the field that holds the text, as row["text"]'
    if hasattr(value, "__iter__"):
        return "give one text at a time, or all of them to Cleaner.clean_batch"
    return "give str or bytes"


def _is_missing(value: Any) -> bool:
    """Whether it is the NaN or NA of a table: the first is not equal to itself, the second has no truth."""
    if isinstance(value, float):
        return value != value
    return type(value).__name__ in ("NAType", "NaTType")
