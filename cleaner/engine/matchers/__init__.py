"""Named matchers: what a regex cannot say, because it needs more of the document than one line.

A matcher takes the view of a text and the rule's options and yields what it found. A context matcher also gets the
lines that other rules are about to remove: a scrap is evidence about its neighbours. Rules name either with
``matcher = "…"``; everything else (zone, unless, confidence, examples) works as for any rule.

A new matcher is a function in one of the modules here (or a new one), and an entry in ``registry``.
"""

from __future__ import annotations

from cleaner.engine.matchers.base import ContextMatcher, Matcher, MatcherHit

__all__ = ["ContextMatcher", "Found", "Matcher", "MatcherHit"]

Found = MatcherHit
"""The former name of :class:`MatcherHit`, for plugins that use it."""
