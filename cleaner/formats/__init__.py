"""Reading and writing: plain text, HTML pages, JSON Lines. Each room turns its format into documents and back."""
