"""Fetching the official files of a day from the Department for Education."""

from __future__ import annotations

from hedgerow.sources.fetch.fetching import fetch_inputs

__all__ = ["fetch_inputs"]
