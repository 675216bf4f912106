"""The documentation: pages, the scripts that generate some of them, and what MkDocs needs to make a site of them."""
