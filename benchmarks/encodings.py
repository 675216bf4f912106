"""Measure how often legacy encodings are told right.

usage: python -m benchmarks.encodings [--shared DIR] [--characters N] [--most N]

Texts are the bodies of DIR/corpus (default: ../shared beside the checkout). Their language is told by py3langid
(`pip install py3langid`). Each piece of N characters is encoded in the usual legacy encodings of its language and
decoded as bytes about which nothing is known. A document is right when every character is. Printed are the share for
each language and encoding, and for all documents; the exit code is 1 below the aim of 99.5 %.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from cleaner.text.decoding import decode

ROOT = Path(__file__).resolve().parent.parent
AIM = 0.995
USUAL = {
    **dict.fromkeys(["sv", "es", "pt", "fr", "it", "de", "nl", "da", "no", "fi", "sq"], ("cp1252",)),
    **dict.fromkeys(["pl", "cs", "hu", "ro"], ("cp1250", "iso8859-2")),
    "tr": ("cp1254",),
    "ru": ("cp1251", "koi8-r"),
    "el": ("cp1253", "iso8859-7"),
    "ja": ("cp932", "euc_jp"),
    "zh": ("gb18030", "big5"),
    "ko": ("cp949",),
}
CEDILLAS = str.maketrans("șțȘȚ", "şţŞŢ")  # legacy encodings have no comma below


def bodies(shared: Path) -> Iterator[str]:
    """The different bodies of the corpora."""
    seen = set()
    for path in sorted((shared / "corpus").rglob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as source:
            for row in map(json.loads, source):
                text = row.get("gold") or row["text"]
                if text[:200] not in seen:
                    seen.add(text[:200])
                    yield unicodedata.normalize("NFC", text)


def by_language(shared: Path) -> dict[str, list[str]]:
    try:
        import py3langid
    except ImportError:
        raise SystemExit("py3langid tells the languages of the texts; pip install py3langid") from None
    texts: dict[str, list[str]] = defaultdict(list)
    for text in bodies(shared):
        language = str(py3langid.classify(text[:3000])[0])
        texts["no" if language in ("nb", "nn") else language].append(text)
    return texts


def pieces(texts: list[str], codec: str, size: int, most: int) -> Iterator[tuple[str, bytes]]:
    """Pieces that the codec can write and that are no ASCII, with their bytes."""
    chosen = random.Random(7)
    found = []
    for text in texts:
        written = text.translate(CEDILLAS).encode(codec, "ignore").decode(codec)
        for start in range(0, len(written) - size + 1, 4 * size):
            piece = written[start : start + size]
            if not piece.isascii():
                found.append((piece, piece.encode(codec)))
    yield from chosen.sample(found, min(most, len(found)))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--characters", type=int, default=300)
    parser.add_argument("--most", type=int, default=100, help="pieces of each language and encoding")
    options = parser.parse_args()
    texts = by_language(options.shared)
    right = every = 0
    for language, codecs in USUAL.items():
        for codec in codecs:
            wrong: Counter[str] = Counter()
            count = 0
            for text, data in pieces(texts[language], codec, options.characters, options.most):
                decoded = decode(data)
                count += 1
                if decoded.text != text:
                    wrong[decoded.encoding] += 1
            right, every = right + count - wrong.total(), every + count
            shown = ", ".join(f"{name} {number}" for name, number in wrong.most_common())
            print(f"{language} {codec:10} {count - wrong.total():4} of {count:4}  {shown}")
    share = right / max(every, 1)
    print(f"{right} of {every} documents right: {share:.2%}, aim {AIM:.1%}")
    return int(share < AIM)


if __name__ == "__main__":
    sys.exit(main())
