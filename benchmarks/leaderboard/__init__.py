"""A benchmark that anybody can run: cleaners side by side on marked bodies and clean texts. See ``__main__``."""
