"""Propose rules from a corpus: what recurs in the documents of a site, or across sites, and is no running text.

Documents are read once (:mod:`observing`), what was seen goes to a database on disk (:mod:`store`), and what recurs is
grouped into proposals (:mod:`proposing`). Only the database grows with the corpus.
"""

from cleaner.learning.proposing import Proposal, Wording, learn

__all__ = ["Proposal", "Wording", "learn"]
