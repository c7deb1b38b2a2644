"""Open data in: one folder for each source, and the register that joins them.

A source's folder holds ``schema.py``, which alone knows the publisher's headings (one `Release` for
each layout, saying only what differs), and ``read.py``, whose ``read(path, faults)`` gives a
`SourceTable`.
"""
