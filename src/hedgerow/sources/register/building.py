"""Building a register: read every file, join what they say, check it, and write it as a whole."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import dataframely as dy
import polars as pl

from hedgerow import __version__
from hedgerow.landscape.errors import DataError
from hedgerow.landscape.faults import SCHEMA as FAULT_SCHEMA
from hedgerow.landscape.faults import Faults
from hedgerow.landscape.provenance import Source
from hedgerow.landscape.tables import TABLES
from hedgerow.sources.register.inputs import RegisterInputs
from hedgerow.sources.register.joining import join
from hedgerow.sources.register.package import FILE, describe_package
from hedgerow.sources.register.reading import Read, read_all
from hedgerow.sources.register.writing import folder_of_registers, put_in_place
from hedgerow.sources.tabular import SET_ASIDE_SCHEMA


def build_register(inputs: RegisterInputs, out: Path, on_progress: Callable[[str], None]) -> Path:
    """Build a register and give its folder; see `hedgerow.sources.register.build`."""
    faults = Faults()
    read = read_all(inputs, faults, on_progress)
    on_progress("joining")
    joined = join(read, faults)
    on_progress("checking")
    tables = {name: _checked(name, table) for name, table in joined.tables.items()}
    tables["faults"] = faults.table().select(list(FAULT_SCHEMA))
    tables["set_aside"] = pl.concat(
        [
            pl.DataFrame(schema=SET_ASIDE_SCHEMA),
            *(table.set_aside for table in read.source_tables()),
            *joined.set_aside,
        ]
    )
    on_progress("writing")
    vintage = read.gias.source.as_of
    with folder_of_registers(out) as folder:
        return put_in_place(
            folder, vintage.isoformat(), _files(tables, read, vintage, joined.earliest)
        )


def _checked(name: str, table: pl.DataFrame) -> pl.DataFrame:
    """Fit a table to its schema, absent columns being empty; a breach here is a fault of ours."""
    schema = TABLES[name]
    columns = schema.columns()
    lacking = [
        pl.lit(None, dtype=column.dtype).alias(title)
        for title, column in columns.items()
        if title not in table.columns
    ]
    try:
        return schema.validate(table.with_columns(lacking).select(list(columns)), cast=True)
    except (dy.exc.ValidationError, dy.exc.SchemaError) as fault:
        raise DataError(
            f"What the files say of {name} cannot be joined: {fault}",
            advice="Send us this message; it names the rule that is broken.",
        ) from fault


def _files(
    tables: dict[str, pl.DataFrame], read: Read, vintage: date, earliest: date
) -> dict[str, bytes]:
    with ThreadPoolExecutor() as pool:
        contents = dict(zip(tables, pool.map(_parquet, tables.values()), strict=True))
    package = describe_package(
        vintage=vintage,
        earliest=earliest,
        files=contents,
        rows={name: table.height for name, table in tables.items()},
        sources=_one_an_id([table.source for table in read.tables()]),
        made_with=__version__,
    )
    files = {f"{name}.parquet": content for name, content in contents.items()}
    return files | {FILE: json.dumps(package, ensure_ascii=False, indent=1).encode()}


def _parquet(table: pl.DataFrame) -> bytes:
    buffer = io.BytesIO()
    table.write_parquet(buffer, compression="zstd", compression_level=1)
    return buffer.getvalue()


def _one_an_id(sources: Sequence[Source]) -> list[Source]:
    """Give each source once, in order."""
    return list({source.id: source for source in sources}.values())
