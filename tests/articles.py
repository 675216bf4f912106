"""Articles for tests of runs: our own prose with real scraps, each a little different."""

from __future__ import annotations

import json

SCRAPS = (
    "Advertisement",
    "Follow us on:",
    "Read more",
    "Sign up for our newsletter",
    "(Reporting by Jane Doe; editing by John Roe)",
)


def article(number: int) -> str:
    """An article with scraps and broken encoding; equal numbers give equal articles."""
    prose = [
        f"On day {number} the council met in the town hall and voted to repair the old stone bridge over the river.",
        f"The mayor said that it couldnâ€™t wait another {number % 30 + 2} years, and that the mill would pay a third.",
        "Shopkeepers on the northern bank had asked for a second crossing while the work goes on, but were refused.",
    ]
    return "\n\n".join([*prose, SCRAPS[number % len(SCRAPS)], "Follow us on:"]) + "\n" * (number % 2)


def rows(count: int) -> list[dict[str, object]]:
    """Rows with fields of several types besides the text."""
    return [{"id": f"a{i}", "n": i, "tags": ["x", None], "text": article(i), "score": 1.5 * i} for i in range(count)]


def json_lines(count: int) -> bytes:
    return b"".join(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows(count))
