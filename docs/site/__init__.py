"""Parts of the documentation site that are made from code while it is built."""
