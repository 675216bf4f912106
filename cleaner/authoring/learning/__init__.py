"""Propose rules from a corpus: what recurs in the documents of a site, or across sites, and is no running text.

Documents are read once (:mod:`observe`), the lines that were seen go to a database on disk (:mod:`store`), and what
recurs is grouped into proposals (:mod:`propose`). Only the database grows with the corpus.
"""

from cleaner.authoring.learning.proposal import Proposal, Wording
from cleaner.authoring.learning.propose import learn

__all__ = ["Proposal", "Wording", "learn"]
