"""A publisher's table: matched to a known layout, its wanted columns as clean text."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import polars as pl

from hedgerow.landscape.errors import DataError
from hedgerow.landscape.faults import Fault, Faults
from hedgerow.sources.delimited import Body, DelimitedText
from hedgerow.sources.layouts import known_layouts
from hedgerow.sources.opening import open_file
from hedgerow.sources.vintage import file_of
from hedgerow.sources.workbooks import sheets_of

SET_ASIDE_SCHEMA: dict[str, type[pl.DataType]] = {
    "file": pl.String,
    "row": pl.Int64,
    "reason": pl.String,
    "content": pl.String,
}
"""Columns of rows that could not be used; ``content`` holds the row's own fields as JSON."""


LINES_OF_A_LONG_ROW = 20
"""More lines than this are no one row cut short but many, swallowed by a stray quotation mark."""


@dataclass(frozen=True, kw_only=True)
class Release:
    """One layout of one source's file.

    Parameters
    ----------
    id : str
        Short name, such as ``"gias-extract"``.
    title : str
        The layout in words, for messages.
    columns : mapping of str to str
        Our name to the file's heading, for the columns without which the file cannot be used.
    optional : mapping of str to str
        The same for columns that may be absent. Columns in neither mapping are never read, so
        personal data stay out by not being named here.
    sheet : str, optional
        Name of the sheet, for workbooks; the first sheet that fits unless given.
    absent : tuple of str
        Headings that this layout never has, to tell it from a layout that has all its columns and
        more.
    spills : bool
        Whether surplus fields of a row belong to the last column, whose text holds unquoted
        delimiters.
    """

    id: str
    title: str
    columns: Mapping[str, str]
    optional: Mapping[str, str] = field(default_factory=dict)
    sheet: str | None = None
    absent: tuple[str, ...] = ()
    spills: bool = False


@dataclass(frozen=True, eq=False, kw_only=True)
class RawTable:
    """A table as the publisher wrote it, under our names.

    Attributes
    ----------
    file : str
        The file's name, without its folder.
    release : Release
        The layout that it has.
    sha256 : str
        Hash of the file's bytes.
    rows : polars.DataFrame
        ``row`` (as a spreadsheet numbers it; headings in row 1 where nothing stands above them) and
        our columns, all text, stripped, empty as null. Optional columns that the file lacks are
        there and null throughout.
    set_aside : polars.DataFrame
        Rows with too few or too many fields, columns of `SET_ASIDE_SCHEMA`.
    sheet : str or None
        The sheet, for workbooks.
    """

    file: str
    release: Release
    sha256: str
    rows: pl.DataFrame
    set_aside: pl.DataFrame
    sheet: str | None = None

    def heading(self, column: str) -> str:
        """Give the file's own heading of one of our columns, for a message."""
        return {**self.release.optional, **self.release.columns}[column]


class _Grid(Protocol):
    sheet: str | None

    def top(self) -> list[list[str]]: ...

    def body(self, header: int, width: int, wanted: Sequence[int], *, spills: bool) -> Body: ...


@dataclass(frozen=True, kw_only=True)
class _Fit:
    grid: _Grid
    header: int
    width: int
    release: Release
    places: dict[str, int]
    missing: tuple[str, ...]
    nearness: float


def read_table(
    path: Path, *, source: str, option: str, releases: Sequence[Release], faults: Faults
) -> RawTable:
    """Read the wanted columns of a table, whatever its packing, encoding, delimiter and layout.

    Parameters
    ----------
    path : pathlib.Path
        The file; may bear a vintage, ``file.csv@2022-04-25``.
    source : str
        What is expected, in words: "GIAS establishments".
    option : str
        The command-line option that the file was given with: ``--gias``.
    releases : sequence of Release
        The known layouts. Of those that fit, the one with most columns is taken, the first among
        equals.
    faults : Faults
        Where faults of single rows are gathered.

    Raises
    ------
    UsageError
        If there is no such file.
    DataError
        If it is empty, cut short, no table, in an unknown encoding, of another source, or lacks a
        needed column.
    """
    opened = open_file(file_of(path), option=option)
    grids: Sequence[_Grid]
    if opened.kind == "workbook":
        grids = sheets_of(opened.content, opened.file, option)
    else:
        grids = [DelimitedText(opened.content)]
    fits = [fit for grid in grids for fit in _fits(grid, releases)]
    whole = [fit for fit in fits if not fit.missing]
    if not whole:
        raise _no_fit(opened.file, source, option, releases, grids, fits)
    fit = max(whole, key=lambda candidate: len(candidate.places))
    twice = _headings_twice(fit)
    if needed := [heading for heading in fit.release.columns.values() if heading in twice]:
        raise DataError(
            f"{opened.file} ({option}) has more than one column headed {', '.join(needed)}: "
            "which is meant cannot be told.",
            advice="Take out or rename the other, or download the file again.",
        )
    body = fit.grid.body(
        fit.header, fit.width, list(fit.places.values()), spills=fit.release.spills
    )
    if body.last_is_cut or opened.is_cut:
        raise _cut(opened.file, option, body)
    rows = _clean(body.rows, fit)
    if rows.is_empty() and body.ragged.is_empty():
        raise DataError(
            f"{opened.file} ({option}) has headings but no rows; {source} were expected.",
            advice="Download it again.",
        )
    _report_shape(opened.file, fit, body, faults)
    for heading in twice:
        faults.add(
            Fault(
                kind="heading that stands twice",
                file=opened.file,
                row=fit.header + 1,
                column=heading,
                found="more than one column with this heading",
                expected="each heading once",
                advice="The first of them is read.",
            )
        )
    return RawTable(
        file=opened.file,
        release=fit.release,
        sha256=opened.sha256,
        rows=rows,
        set_aside=_ragged_rows(opened.file, fit, body.ragged),
        sheet=fit.grid.sheet,
    )


def _folded(heading: str) -> str:
    return " ".join(heading.split()).casefold()


def _fits(grid: _Grid, releases: Sequence[Release]) -> list[_Fit]:
    """Try every layout on the rows that may hold the headings, down to the first that fits."""
    found = []
    suited = [
        release
        for release in releases
        if not (release.sheet and grid.sheet and _folded(release.sheet) != _folded(grid.sheet))
    ]
    for number, row in enumerate(grid.top()):
        places_of = {_folded(heading): place for place, heading in reversed(list(enumerate(row)))}
        here = [_fit(grid, number, len(row), places_of, release) for release in suited]
        found += here
        if any(not fit.missing for fit in here):
            break
    return found


def _fit(
    grid: _Grid, number: int, width: int, places_of: Mapping[str, int], release: Release
) -> _Fit:
    named = {**release.optional, **release.columns}
    places = {
        name: places_of[_folded(heading)]
        for name, heading in named.items()
        if _folded(heading) in places_of
    }
    missing = [heading for name, heading in release.columns.items() if name not in places]
    strange = [heading for heading in release.absent if _folded(heading) in places_of]
    return _Fit(
        grid=grid,
        header=number,
        width=width,
        release=release,
        places=places,
        missing=(*missing, *(f"(a layout without “{heading}”)" for heading in strange)),
        nearness=0.0 if strange else 1 - len(missing) / len(release.columns),
    )


def _headings_twice(fit: _Fit) -> list[str]:
    """Give the headings that are read, and that more than one column has."""
    row = [_folded(heading) for heading in fit.grid.top()[fit.header]]
    named = {**fit.release.optional, **fit.release.columns}
    return [named[name] for name in fit.places if row.count(_folded(named[name])) > 1]


def _no_fit(
    file: str,
    source: str,
    option: str,
    releases: Sequence[Release],
    grids: Sequence[_Grid],
    fits: Sequence[_Fit],
) -> DataError:
    known = "; ".join(dict.fromkeys(release.title for release in releases))
    for layouts in known_layouts():
        if layouts.option == option:
            continue
        if any(not fit.missing for grid in grids for fit in _fits(grid, layouts.releases)):
            return DataError(
                f"{file}, given with {option}, is not {source}: it looks like {layouts.source}.",
                advice=f"Give it with {layouts.option}. Known layouts for {option}: {known}.",
            )
    best = max(fits, key=lambda fit: (fit.nearness, len(fit.places)), default=None)
    if best is None or not best.places:
        first = next((row for grid in grids for row in grid.top() if any(row)), [])
        shown = ", ".join(heading for heading in first[:6] if heading)
        return DataError(
            f"{file} ({option}) has none of the headings of {source}. "
            f"Its first row begins: {shown}.",
            advice=f"Known layouts: {known}.",
        )
    lacking = ", ".join(best.missing)
    sheet = f", sheet {best.grid.sheet}" if best.grid.sheet else ""
    return DataError(
        f"{file}{sheet} ({option}) lacks needed columns of {source}: {lacking}. "
        f"Nearest layout: {best.release.title}; headings found in row {best.header + 1}.",
        advice=f"Known layouts: {known}. Other columns may be there or not.",
    )


def _cut(file: str, option: str, body: Body) -> DataError:
    last = body.rows.tail(1)
    where = "No row is whole."
    if last.height:
        values = [str(value) for value in last.row(0)[1:4] if value]
        where = f"The last whole row is row {last['row'][0]} ({', '.join(values)})."
    if body.unclosed_lines > LINES_OF_A_LONG_ROW:
        return DataError(
            f"{file} ({option}) opens a quotation that is never closed, "
            f"{body.unclosed_lines} lines before its end. {where}",
            advice="Look for a stray quotation mark in the next row, or download the file again.",
        )
    return DataError(
        f"{file} ({option}) breaks off in the middle of a row: rows are missing at its end. "
        f"{where}",
        advice="Download it again; the rows after the break cannot be known.",
    )


def _clean(rows: pl.DataFrame, fit: _Fit) -> pl.DataFrame:
    stripped = rows.select(
        "row",
        *(pl.col(str(place)).str.strip_chars().alias(name) for name, place in fit.places.items()),
    )
    ours = list(fit.places)
    cleaned = stripped.select("row", *(pl.when(pl.col(name) != "").then(name) for name in ours))
    blank = cleaned.filter(pl.all_horizontal(pl.col(ours).is_null()))
    if blank.height:
        cleaned = cleaned.filter(~pl.all_horizontal(pl.col(ours).is_null()))
    lacking = [name for name in fit.release.optional if name not in fit.places]
    return cleaned.rechunk().with_columns(
        pl.lit(None, dtype=pl.String).alias(name) for name in lacking
    )


def _report_shape(file: str, fit: _Fit, body: Body, faults: Faults) -> None:
    found = pl.format("{} fields, beginning with “{}”", "fields", "first").alias("found")
    faults.add_rows(
        body.ragged.select("row", found),
        kind="ragged row",
        file=file,
        expected=f"{fit.width} fields, one for each heading",
        advice="Compare it with the publisher's file: a quotation mark or delimiter is astray.",
        consequence="set aside",
    )
    faults.add_rows(
        body.spilled.select("row", found),
        kind="fields beyond the last column",
        file=file,
        expected=f"{fit.width} fields, one for each heading",
        advice="The surplus belongs to the last column, which is not used; the row is used.",
    )
    if body.fields < fit.width:
        unfilled = ", ".join(fit.grid.top()[fit.header][body.fields :])
        faults.add(
            Fault(
                kind="heading without fields",
                file=file,
                row=fit.header + 1,
                column=unfilled,
                found=f"{fit.width} headings over rows of {body.fields} fields",
                expected="a field for each heading",
                advice="The last headings are taken to be the empty ones; none of them is used.",
            )
        )
    if body.ends_openly and body.rows.height:
        faults.add(
            Fault(
                kind="no line break at the end",
                file=file,
                row=body.rows["row"][-1],
                found="a last row that ends with the file",
                expected="a line break after the last row",
                advice="Nothing shows that the last field is whole; look it up.",
            )
        )


def _ragged_rows(file: str, fit: _Fit, ragged: pl.DataFrame) -> pl.DataFrame:
    # Only the first field is kept: which the others are cannot be told, and some might be personal.
    return pl.DataFrame(
        {
            "file": [file] * ragged.height,
            "row": ragged["row"],
            "reason": [
                f"{fields} fields where the headings are {fit.width}" for fields in ragged["fields"]
            ],
            "content": [json.dumps({"first field": first}) for first in ragged["first"]],
        },
        schema=SET_ASIDE_SCHEMA,
    )
