"""Fitting a model of the thorough profile: from texts with marked bodies to what the evidence is worth."""
