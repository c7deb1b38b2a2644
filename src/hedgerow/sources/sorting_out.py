"""The rows of one file sorted into those used and those set aside, so that none is lost."""

from __future__ import annotations

import polars as pl

from hedgerow.landscape.faults import Faults
from hedgerow.sources.source_table import set_aside
from hedgerow.sources.tabular import RawTable


class Sorting:
    """The rows that are still in use, and those that are not, with the reason.

    Parameters
    ----------
    raw : RawTable
        The table to start from; its ragged rows are set aside already.
    faults : Faults
        Every row set aside is a fault too.
    """

    def __init__(self, raw: RawTable, faults: Faults) -> None:
        self.rows = raw.rows
        self._raw = raw
        self._faults = faults
        self._aside = [raw.set_aside]

    def put_aside(
        self,
        which: pl.Expr,
        *,
        kind: str,
        found: pl.Expr,
        expected: str,
        reason: str | pl.Expr | None = None,
        column: str | None = None,
        advice: str = "",
    ) -> None:
        """Put aside the rows for which an expression is true; null counts as false.

        Parameters
        ----------
        which : polars.Expr
            Over the rows in use.
        kind, expected, advice : str
            As in `Fault`.
        found : polars.Expr
            What stands there, as text.
        reason : str or polars.Expr, optional
            Why the row cannot be used; the kind unless given.
        column : str, optional
            The one of our columns that is at fault.
        """
        is_out = self.rows.select(which.fill_null(False)).to_series()
        if not is_out.any():
            return
        out = self.rows.filter(
            is_out
        ).rechunk()  # polars 2.1 cannot format columns in several chunks
        self.rows = self.rows.filter(~is_out)
        self._aside.append(
            set_aside(out, file=self._raw.file, reason=kind if reason is None else reason)
        )
        self._faults.add_rows(
            out.select("row", found.alias("found")),
            kind=kind,
            file=self._raw.file,
            sheet=self._raw.sheet,
            column=self._raw.heading(column) if column else None,
            expected=expected,
            advice=advice,
            consequence="set aside",
        )

    def note(
        self,
        which: pl.Expr,
        *,
        kind: str,
        found: pl.Expr,
        expected: str,
        column: str | None = None,
        advice: str = "",
        left_out: bool = False,
    ) -> None:
        """Note a fault of the rows for which an expression is true, and keep them.

        Parameters
        ----------
        which, kind, found, expected, column, advice
            As in `put_aside`.
        left_out : bool
            Whether the caller leaves out the value.
        """
        noted = self.rows.filter(which).rechunk()  # as above
        if noted.is_empty():
            return
        self._faults.add_rows(
            noted.select("row", found.alias("found")),
            kind=kind,
            file=self._raw.file,
            sheet=self._raw.sheet,
            column=self._raw.heading(column) if column else None,
            expected=expected,
            advice=advice,
            consequence="value left out" if left_out else "noted",
        )

    @property
    def set_aside(self) -> pl.DataFrame:
        """All rows set aside so far, in the order of the file."""
        return pl.concat(self._aside).sort("row")
