"""Thin faces of the cleaner for the engines that people have; each needs the extra of its name."""
