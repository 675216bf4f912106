"""Write docs/errors.md, what people type and the answer they get: ``python -m docs.generate_errors``.

All of it is tried, each in a fresh folder with the files below, in this process. A test holds the page against it.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

from cleaner.cli import main
from cleaner.rules.pack_store import DATA_VARIABLE

__all__ = ["PAGE", "SECTIONS", "answer_to", "page"]

PAGE = Path(__file__).resolve().with_name("errors.md")

_BODY = "The town council met on Tuesday evening and voted to repair the old stone bridge across the river.\n"
_ARTICLE = f"By Jane Doe\n\n{_BODY}\nFollow us on:\n"
_RULE = """[[rule]]
id = "own.bye"
description = "Sign-off"
lines = ["Bye from the Hill News"]
[rule.examples]
removes = ["Bye from the Hill News"]
keeps = ["Bye from the Hill News, she said, and left the studio for the last time."]
"""
FILES: Mapping[str, str | bytes] = {
    "article.txt": _ARTICLE,
    "clean.txt": _BODY,
    "empty.txt": "",
    "mine.txt": "My own notes.\n",
    "picture.txt": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "report.pdf": b"%PDF-1.7\n",
    "letter.docx": b"PK\x03\x04\x14\0",
    "page.html": f"<html><body><article><h1>The bridge</h1><p>{_BODY}</p><p>{_BODY}</p></article></body></html>",
    "no-article.html": "<html><body><nav><a href='/'>Home</a></nav></body></html>",
    "articles/a.txt": _ARTICLE,
    "articles/b.txt": _BODY,
    "rows.jsonl": '{"id": 1, "text": "The council met.\\n\\nFollow us on:"}\n',
    "content.jsonl": '{"id": 1, "body_of_it": "The council met.\\n\\nFollow us on:"}\n',
    "broken.jsonl": '{"id": 1, "text": "The council met."}\n{"id": 2, "text": \n',
    "array.json": '[{"id": 1, "text": "The council met.\\n\\nFollow us on:"}]\n',
    "semicolons.csv": 'id;text\n1;"The council met.\n\nFollow us on:"\n',
    "own/own.toml": _RULE,
    "pinned/cleaner.toml": f'[packs.riverpost-rules]\nversion = "1.0"\nhash = "sha256:{"0" * 64}"\n',
    "own.yaml": "rule:\n  - id: own.bye\n    lines: [Bye]\n",
    "own.json": '{"rule": [{"id": "own.bye"}]}\n',
    "digits.toml": '[[rule]]\nid = "own.number"\npattern = "\\d+ likes"\n',
    "wrong.toml": '[[rule]]\nid = "own.a"\nzonne = "head"\nunit = "lin"\n[[rule]]\nid = "own.b"\ndescription = "B"\n',
    "misspelt/cleaner.toml": 'profil = "facts"\n',
}


class Command(NamedTuple):
    """A command line, and what is on standard input."""

    line: str
    stdin: str = ""


SECTIONS: Mapping[str, tuple[Command | str, ...]] = {
    "Paths and results": (
        Command("clean"),
        Command("clean article.txt"),
        Command("clean clean.txt"),
        Command("clean rows.jsonl"),
        Command("clean page.html"),
        Command("clean - < article.txt", _ARTICLE),
        Command("clean nofile.txt"),
        Command("clean hepl"),
        Command("clean articles"),
        Command("clean article.txt rows.jsonl"),
        Command("clean articles -o cleaned --quiet"),
        Command("clean articles -o articles"),
        Command("clean articles -o articles/cleaned"),
        Command("clean article.txt -o mine.txt"),
        Command("clean article.txt -o done.txt --in-place"),
        Command("clean articles -o cleaned.txt"),
        Command("clean articles --include '*.text' -o cleaned"),
        Command("clean article.txt --audit audit.jsonl"),
        Command("clean - --audit audit.jsonl < article.txt", _ARTICLE),
        Command("clean articles --check"),
        Command("clean clean.txt --check"),
        Command("clean article.txt --diff --quiet"),
        Command("clean article.txt --quiet --verbose"),
        Command("clean article.txt --verbose"),
    ),
    "Memories of sites, signals and cards": (
        Command("clean rows.jsonl -o out.jsonl --site-memory mine.txt"),
        Command("clean rows.jsonl -o out.jsonl --site-memory none/sites.memory"),
        Command("clean rows.jsonl -o out.jsonl --site-memory sites.memory --site-lines"),
        Command("clean rows.jsonl -o out.jsonl --site-memory-fixed"),
        Command("clean rows.jsonl -o out.jsonl --site-memory sites.memory --site-memory-fixed"),
        Command("clean site-memory show sites.memory"),
        Command("clean site-memory merge mine.txt -o all.memory"),
        Command("clean why article.txt --site-memory sites.memory"),
        Command("clean rows.jsonl -o out.jsonl --signals residu"),
        Command("clean rows.jsonl -o out.jsonl --signals words=text"),
        Command("clean card rows.jsonl -o CARD.md"),
        Command("clean card rows.jsonl -o CARD.txt"),
    ),
    "Files of other kinds": (
        Command("clean empty.txt"),
        Command("clean picture.txt"),
        Command("clean report.pdf"),
        Command("clean letter.docx"),
        Command("clean no-article.html"),
        Command("clean broken.jsonl"),
        Command("clean content.jsonl"),
        Command("clean rows.jsonl --text-key txt"),
        Command("clean - --text-key txt < article.txt", _ARTICLE),
        Command("clean array.json"),
        Command("clean semicolons.csv"),
    ),
    "Options": (
        Command("clean article.txt --profil facts"),
        Command("clean article.txt --profile fact"),
        Command("clean article.txt --jobs 0"),
        Command("clean article.txt --encoding latin-99"),
        Command("clean article.txt --threshold 0.5"),
        Command("clean article.txt --keep bylin"),
        Command("clean article.txt --keep byline"),
        Command("clean article.txt --select correction-note"),
        Command("clean article.txt --ignore lang:xx"),
        Command("clean article.txt --language klingon"),
        Command("clean article.txt --config nofile.toml"),
        Command("clean article.txt --config misspelt/cleaner.toml"),
        Command("clean article.txt --rules nofile.toml"),
    ),
    "Questions": (
        Command("clean why article.txt:1"),
        Command("clean why article.txt:99"),
        Command("clean why nofile.txt"),
        Command("clean help ruels"),
        Command("clean rules lst"),
        Command("clean rules list --class bylines"),
        Command("clean rules list --keep byline --class share-bar"),
        Command("clean rules show bylin"),
        Command("clean rules show share-counter"),
        Command("clean completion tcsh"),
        Command("clean restore cleaned --audit nofile.jsonl -o back"),
    ),
    "Rules of one's own": (
        Command("clean rules pack own"),
        Command("clean rules install nofile.whl"),
        Command("clean rules install article.txt"),
        Command("clean rules install https://packs.example/riverpost.whl"),
        Command("clean rules packs riverpost-rules"),
        Command("clean rules remove riverpost-rules"),
        Command("clean article.txt --pack riverpost-rules"),
        Command("clean article.txt --config pinned/cleaner.toml"),
        Command("clean rules check own/own.toml"),
        Command("clean rules test own/own.toml"),
        Command("clean article.txt --rules own.yaml"),
        Command("clean article.txt --rules own.json"),
        Command("clean article.txt --rules digits.toml"),
        Command("clean article.txt --rules wrong.toml"),
        Command("clean rules check wrong.toml"),
        Command("clean rules new 'Follow us on:'"),
        Command("clean rules new 'Farewell from the Hill News'"),
        Command("clean rules new 'Tufuate kwenye Instagram' --in sw"),
        Command("clean rules new 'Follow us on the Newford site' --in sw"),
        Command("clean rules new 'Farewell' --in xx"),
        Command("clean rules new ' '"),
        Command("clean rules new 'Farewell' --id follow-us.networks"),
    ),
    "Python": (
        "clean(None)",
        'clean(float("nan"))',
        'clean(Path("article.txt"))',
        'clean(["a text", "another"])',
        'clean({"text": "a text"})',
        "clean(7)",
        'clean("The council met.", title=float("nan"))',
        'clean(b"\\x89PNG\\r\\n\\x1a\\n\\0\\0\\0\\rIHDR")',
        'clean("The council met on Tuesday.\\n\\nFollow us on:\\n")',
        'clean("The council met on Tuesday.\\n\\nFollow us on:\\n").removed[0]',
        'Cleaner(profile="gentle")',
        "Cleaner(guard=40)",
        'Cleaner(builtin_rules().select("facts"), profile="strict")',
        'Cleaner().clean_batch("a text")',
        'list(Cleaner().clean_batch(["a text", None]))',
        'Cleaner().clean_html("<html><body></body></html>")',
        'load_rules("nofile.toml")',
        'load_rules("wrong.toml")',
        'builtin_rules()["byline.by-nam"]',
        'builtin_rules().select(keep=["bylin"])',
    ),
}

_HEAD = """\
# What you type, and what you get

Generated by `python -m docs.generate_errors`, which tries all of it. Each line is typed in a folder with a few small
files: `article.txt` has a byline above its text and a scrap below, `clean.txt` has neither. Long answers are cut.
"""
_MOST_LINES = 9


class Answer(NamedTuple):
    """What was printed or raised, and the exit code; None for Python."""

    text: str
    code: int | None = None


def page() -> str:
    """The whole page as Markdown."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield _HEAD
    for title, asked in SECTIONS.items():
        yield f"## {title}\n"
        is_python = isinstance(asked[0], str)
        yield (
            "| typed | answer |\n| --- | --- |" if is_python else "| typed | answer | exit code |\n| --- | --- | --- |"
        )
        for one in asked:
            answer = answer_to(one)
            typed = one if isinstance(one, str) else one.line
            cells = [_code(typed), _shown(answer.text), *([] if answer.code is None else [str(answer.code)])]
            yield f"| {' | '.join(cells)} |"
        yield ""


def answer_to(asked: Command | str) -> Answer:
    """Type a command, or evaluate an expression, in a fresh folder."""
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        for path, content in FILES.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content.encode() if isinstance(content, str) else content)
        os.chdir(folder)
        try:
            with patch.dict(os.environ, {DATA_VARIABLE: str(folder / "data")}):  # where no pack is installed
                found = _evaluated(asked) if isinstance(asked, str) else _typed(asked)
        finally:
            os.chdir(before)
        return found._replace(text=found.text.replace(f"{folder}{os.sep}", "").replace(str(folder), "."))


def _typed(asked: Command) -> Answer:
    arguments = shlex.split(asked.line.partition(" < ")[0])[1:]
    out, err = _stream(), _stream()
    stdin = io.TextIOWrapper(io.BufferedReader(io.BytesIO(asked.stdin.encode())), encoding="utf-8")
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), _stdin(stdin):
        code = main(arguments)
    return Answer("".join(_content(stream) for stream in (out, err)), code)


def _evaluated(expression: str) -> Answer:
    import cleaner

    names: dict[str, Any] = {name: getattr(cleaner, name) for name in cleaner.__all__} | {"Path": Path}
    try:
        return Answer(repr(eval(expression, names)))
    except Exception as error:  # the answer
        return Answer(f"{type(error).__name__}: {error}")


@contextlib.contextmanager
def _stdin(stream: io.TextIOWrapper) -> Iterator[None]:
    before, sys.stdin = sys.stdin, stream
    try:
        yield
    finally:
        sys.stdin = before


def _stream() -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="")


def _content(stream: io.TextIOWrapper) -> str:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode()


def _shown(text: str) -> str:
    lines = [line.rstrip() for line in text.split("\n") if line.strip()]
    lines = [re.sub(r"^(time\s+).*", r"\1…", line) for line in lines]
    shown = [_code(line) for line in lines[:_MOST_LINES]]
    return "<br>".join([*shown, *(["…"] if len(lines) > _MOST_LINES else [])]) or "nothing"


def _code(text: str) -> str:
    """A line as code in a cell of a table: runs of blanks stay, and no bar ends the cell."""
    fence = "``" if "`" in text else "`"
    pad = " " if fence == "``" else ""
    return f"{fence}{pad}{text}{pad}{fence}".replace("|", "\\|")


if __name__ == "__main__":
    os.environ.update(NO_COLOR="1")
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
