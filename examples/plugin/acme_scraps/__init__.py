"""Scraps of the Acme newspapers."""
