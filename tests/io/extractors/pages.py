"""A page with an article, navigation and comments, for the tests of all extractors."""

from __future__ import annotations

__all__ = ["HEAD", "PAGE", "PROSE"]

PROSE = (
    "The ferry across the Ember stays in the harbour until Friday, because the ice has damaged its rudder badly.",
    "Two hundred commuters now take the bus over the northern bridge, which adds half an hour to their way to work.",
    "The harbour master said on Monday that a diver would look at the hull as soon as the wind had gone down a bit.",
    "A spare rudder lies in the yard at Newford, where it was left after the last repair eleven winters ago.",
)
HEAD = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Ferry waits for the ice | River Post</title>
<meta property="og:title" content="Ferry waits for the ice"><meta name="author" content="Ann Hollis">
<meta property="og:site_name" content="River Post"><meta property="og:url" content="https://river.example/ferry">
<meta property="article:published_time" content="2026-01-12T08:30:00+00:00"></head>"""
PAGE = f"""{HEAD}<body><nav><ul><li><a href="/">Home</a></li><li><a href="/weather">Weather</a></li></ul></nav>
<main><article><h1>Ferry waits for the ice</h1>{"".join(f"<p>{line}</p>" for line in PROSE)}</article>
<section class="comments" id="comments"><p>I have been saying for years that they should paint it green.</p></section>
</main><footer><p>Imprint</p></footer></body></html>"""
