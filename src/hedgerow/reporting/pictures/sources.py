"""Which sources a picture rests on, read from the rows that it draws."""

from __future__ import annotations

import polars as pl

from hedgerow.landscape.landscape import LocalLandscape
from hedgerow.reporting.entries import source_titles


def titles_of(here: LocalLandscape, *columns: pl.Series) -> tuple[str, ...]:
    """Give the titles of the sources that rows name, each once, in the order of the register's own
    list."""
    used = {source for column in columns for source in column.drop_nulls().unique().to_list()}
    titles = source_titles(here.whole.sources)
    known = [title for source, title in titles.items() if source in used]
    return tuple(known + sorted(used - set(titles)))


def sources_of_governing(here: LocalLandscape) -> tuple[str, ...]:
    """Give the titles of what says which schools there are and who governs them."""
    schools = here.whole.organisations.join(here.schools.select("id"), on="id", how="semi")
    governs = here.ties.filter(pl.col("kind") == "governs")
    return titles_of(here, schools["source"], governs["source"])
