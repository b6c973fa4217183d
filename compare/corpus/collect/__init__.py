"""Collecting: feeds and lists of addresses into the corpus, politely, once, and only from the public web.

sources (files, addresses) -> visit (robots, turns, redirects) -> client (one request) -> journal, catalogue

The only room of the product, beside mail delivery, that opens a socket.
"""
