"""Building a register: read every file, join what they say, check it, and write it as a whole."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import dataframely as dy
import polars as pl

from hedgerow import __version__
from hedgerow.landscape.errors import DataError
from hedgerow.landscape.faults import SCHEMA as FAULT_SCHEMA
from hedgerow.landscape.faults import Faults
from hedgerow.landscape.provenance import Source
from hedgerow.landscape.tables import TABLES
from hedgerow.sources.register.belonging import Seen
from hedgerow.sources.register.describing import describe_package
from hedgerow.sources.register.earlier import Earlier, earlier_registers
from hedgerow.sources.register.inputs import RegisterInputs
from hedgerow.sources.register.joining import join
from hedgerow.sources.register.package import FILE
from hedgerow.sources.register.reading import Read, read_all
from hedgerow.sources.register.writing import folder_of_registers, put_in_place
from hedgerow.sources.tabular import SET_ASIDE_SCHEMA


def build_register(inputs: RegisterInputs, out: Path, on_progress: Callable[[str], None]) -> Path:
    """Build a register and give its folder; see `hedgerow.sources.register.build`."""
    faults = Faults()
    read = read_all(inputs, faults, on_progress)
    on_progress("joining")
    vintage = read.gias.source.as_of
    earlier = earlier_registers(out, vintage, faults)
    joined = join(read, earlier, faults)
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
    files = _parquet_files(tables)
    package = describe_package(
        vintage=vintage,
        trust_days=[
            {"day": seen.day.isoformat(), "source": seen.source, "lists_all": seen.lists_all}
            for seen in joined.trust_days
        ],
        files=files,
        rows={name: table.height for name, table in tables.items()},
        sources=_sources(read, earlier, joined.trust_days, tables),
        made_with=__version__,
    )
    contents = {f"{name}.parquet": content for name, content in files.items()}
    contents[FILE] = json.dumps(package, ensure_ascii=False, indent=1).encode()
    with folder_of_registers(out) as folder:
        return put_in_place(folder, vintage.isoformat(), contents)


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


def _parquet_files(tables: dict[str, pl.DataFrame]) -> dict[str, bytes]:
    with ThreadPoolExecutor() as pool:
        return dict(zip(tables, pool.map(_parquet, tables.values()), strict=True))


def _parquet(table: pl.DataFrame) -> bytes:
    buffer = io.BytesIO()
    table.write_parquet(buffer, compression="zstd", compression_level=1)
    return buffer.getvalue()


def _sources(
    read: Read, earlier: Earlier, trust_days: Sequence[Seen], tables: dict[str, pl.DataFrame]
) -> list[Source]:
    """Give the files read, and those of older registers that something here rests on."""
    own = [table.source for table in read.tables()]
    named = {seen.source for seen in trust_days}
    for name in ("organisations", "ties"):
        named |= set(tables[name]["source"].unique())
    sources = {source.id: source for source in own}
    for source in earlier.sources:
        if source.id in named:
            sources.setdefault(source.id, source)
    return list(sources.values())
