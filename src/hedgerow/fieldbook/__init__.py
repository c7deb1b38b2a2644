"""Local evidence in: what is known in a place and in no open data.

And the made-up localities to try it all on.
"""
