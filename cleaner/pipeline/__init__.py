"""The cleaner: decode, repair, apply rules. One object serves the command, the library and every adapter."""

from cleaner.pipeline.cleaner import Cleaner, clean
from cleaner.pipeline.result import CleanResult

__all__ = ["CleanResult", "Cleaner", "clean"]
