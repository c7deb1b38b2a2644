"""Reading the links between establishments of GIAS: which came after which."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from hedgerow.landscape.faults import Faults
from hedgerow.sources.sorting_out import Sorting
from hedgerow.sources.source_table import SourceTable, source_of
from hedgerow.sources.successors.schema import LINK_TYPES, OPTION, RELEASES, SOURCE, TITLE
from hedgerow.sources.tabular import read_table
from hedgerow.sources.typed_columns import identifier, with_days
from hedgerow.sources.vintage import vintage_of

COLUMNS = ("row", "urn", "other_urn", "other_name", "link", "manner", "established")


def read(path: Path, faults: Faults) -> SourceTable:
    """Read a file of predecessor and successor links.

    Parameters
    ----------
    path : pathlib.Path
        May bear a vintage, ``file.csv@2023-04-21``.
    faults : Faults
        Where faults are gathered.

    Returns
    -------
    SourceTable
        One link a row, columns `COLUMNS`. ``link`` is what the other establishment is to this one
        ("predecessor" or "successor"), ``manner`` how ("succeeded", "merged", "amalgamated",
        "split"), ``established`` the day of the link, null where unknown. Most links stand there
        twice, once from each side, and the two days need not agree: the one may be the last day of
        the old school, the other the first of the new.
    """
    raw = read_table(path, source=SOURCE, option=OPTION, releases=RELEASES, faults=faults)
    as_of = vintage_of(path, option=OPTION)
    sorting = Sorting(raw, faults)
    for column in ("urn", "other_urn"):
        sorting.put_aside(
            identifier(column).is_null(),
            kind="no valid URN",
            found=pl.col(column).fill_null("nothing"),
            expected="a number of five to seven digits",
            column=column,
        )
    sorting.put_aside(
        ~pl.col("type").is_in(list(LINK_TYPES)).fill_null(False),
        kind="link that is no succession",
        reason=pl.format(
            "the type of link, {}, does not say which establishment came first",
            pl.col("type").fill_null("not given"),
        ),
        found=pl.col("type").fill_null("nothing"),
        expected="a predecessor or successor",
        column="type",
    )
    sorting.put_aside(
        identifier("urn") == identifier("other_urn"),
        kind="establishment linked to itself",
        found=pl.format("URN {}", "urn"),
        expected="another establishment",
        column="other_urn",
    )
    sorting.rows = with_days(sorting.rows, ("established",), raw=raw, faults=faults)
    sorting.put_aside(
        ~pl.struct("urn", "other_urn", "type").is_first_distinct(),
        kind="duplicate link",
        reason="the same link stands in an earlier row, which is used",
        found=pl.format("{} {} of {}", "type", "other_urn", "urn"),
        expected="each link once",
        column="other_urn",
    )
    sorting.note(
        pl.col("established") > as_of,
        kind="link to come",
        found=pl.col("established").cast(pl.String),
        expected=f"a day up to {as_of:%-d %B %Y}",
        column="established",
        advice="It is planned, and kept with its day.",
    )
    rows = sorting.rows.with_columns(
        identifier("urn").cast(pl.Int64).alias("urn"),
        identifier("other_urn").cast(pl.Int64).alias("other_urn"),
        *(
            pl.col("type")
            .replace_strict(
                {name: meaning[place] for name, meaning in LINK_TYPES.items()},
                return_dtype=pl.String,
            )
            .alias(ours)
            for place, ours in enumerate(("link", "manner"))
        ),
    ).select(COLUMNS)
    return SourceTable(
        source=source_of(raw, prefix="successors", title=TITLE, as_of=as_of, rows=rows.height),
        rows=rows,
        set_aside=sorting.set_aside,
    )
