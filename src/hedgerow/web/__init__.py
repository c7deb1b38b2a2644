"""The site: a partnership sees its landscape together.

Every page asks `hedgerow.web.access` what its audience may do and see, and nothing else decides it.
"""
