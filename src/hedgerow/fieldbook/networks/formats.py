"""The formats: which one a file has, and which one to write."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from hedgerow.fieldbook.networks.delimited import read_delimited
from hedgerow.fieldbook.networks.dl_reading import is_dl, read_dl
from hedgerow.fieldbook.networks.dl_writing import write_dl
from hedgerow.fieldbook.networks.gathering import ReadNetwork
from hedgerow.fieldbook.networks.gexf import read_gexf, write_gexf
from hedgerow.fieldbook.networks.graphml import read_graphml, write_graphml
from hedgerow.fieldbook.networks.interviews import is_canvas_graphml, is_export
from hedgerow.fieldbook.networks.kumu import read_blueprint, write_blueprint
from hedgerow.fieldbook.networks.kumu_workbook import read_workbook, write_workbook
from hedgerow.fieldbook.networks.matrix import is_matrix, read_matrix
from hedgerow.fieldbook.networks.network import Network
from hedgerow.fieldbook.networks.network_canvas import (
    CanvasOptions,
    read_canvas_graphml,
    read_export,
)
from hedgerow.fieldbook.networks.network_canvas_writing import write_export
from hedgerow.fieldbook.networks.opening import ZIP_MARK, Given, open_given
from hedgerow.fieldbook.networks.tables import (
    is_edge_list,
    read_edge_list,
    read_tables,
    write_edge_list,
    write_tables,
)
from hedgerow.fieldbook.writing import write_whole
from hedgerow.landscape.errors import DataError, UsageError

Reader = Callable[[Given, CanvasOptions], ReadNetwork]
Writer = Callable[[Network], tuple[bytes, list[str]]]


@dataclass(frozen=True, kw_only=True)
class Format:
    """A format of networks.

    Parameters
    ----------
    title : str
        What it is called.
    suffixes : tuple of str
        How its files' names end, the usual one first; a format without a writer may have none.
    read : callable
    write : callable, optional
        Where it is written too.
    """

    title: str
    suffixes: tuple[str, ...]
    read: Reader
    write: Writer | None = None


def _read_canvas(given: Given, options: CanvasOptions) -> ReadNetwork:
    if given.members:
        return read_export(given.members, given.file, options)
    if is_canvas_graphml(given.content):
        return read_canvas_graphml(given.content, given.file, options)
    return read_export({given.file: given.content}, given.file, options)


def _read_tables(given: Given, options: CanvasOptions) -> ReadNetwork:
    return read_tables(given.members or {given.file: given.content}, given.file)


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "graphml": Format(
            title="GraphML",
            suffixes=(".graphml",),
            read=lambda given, _: read_graphml(given.content, given.file),
            write=write_graphml,
        ),
        "gexf": Format(
            title="GEXF",
            suffixes=(".gexf",),
            read=lambda given, _: read_gexf(given.content, given.file),
            write=write_gexf,
        ),
        "kumu": Format(
            title="Kumu blueprint",
            suffixes=(".json",),
            read=lambda given, _: read_blueprint(given.content, given.file),
            write=write_blueprint,
        ),
        "kumu-workbook": Format(
            title="Kumu workbook",
            suffixes=(".xlsx",),
            read=lambda given, _: read_workbook(given.content, given.file),
            write=write_workbook,
        ),
        "csv": Format(
            title="Tables of nodes and edges (CSV)",
            suffixes=(".zip",),
            read=_read_tables,
            write=write_tables,
        ),
        "edge-list": Format(
            title="Edge list (CSV)",
            suffixes=(".csv",),
            read=lambda given, _: read_edge_list(given.content, given.file),
            write=write_edge_list,
        ),
        "dl": Format(
            title="UCINET DL",
            suffixes=(".dl",),
            read=lambda given, _: read_dl(given.content, given.file),
            write=write_dl,
        ),
        "network-canvas": Format(
            title="Network Canvas export",
            suffixes=(),
            read=_read_canvas,
            write=write_export,
        ),
        "matrix": Format(
            title="Matrix (CSV)",
            suffixes=(),
            read=lambda given, _: read_matrix(given.content, given.file),
        ),
    }
)
"""Every format, by the name to ask for it."""


def read_network(
    path: Path, *, format: str | None = None, canvas: CanvasOptions | None = None
) -> ReadNetwork:
    """Read a network of any known format.

    Parameters
    ----------
    path : pathlib.Path
        A file, a zip archive or a folder.
    format : str, optional
        A name of `FORMATS`; found out from the content unless given.
    canvas : CanvasOptions, optional
        What an export of Network Canvas does not say of itself.

    Returns
    -------
    ReadNetwork
        The network, the faults of the file, and the rows that could not be used.

    Raises
    ------
    UsageError
        If there is no such file or format.
    DataError
        If it is not of the format, or of none that is known.
    """
    given = open_given(path)
    name = format or format_of(given)
    if name not in FORMATS:
        raise UsageError(
            f"There is no format “{name}”.", advice=f"Known formats: {', '.join(FORMATS)}."
        )
    if given.members and name not in ("csv", "network-canvas"):
        if len(given.members) != 1:
            raise DataError(
                f"{given.file} holds {len(given.members)} files; one {FORMATS[name].title} was "
                "expected.",
                advice="Unpack it and give the one file that is meant.",
            )
        (file, content), *_ = given.members.items()
        given = Given(file=file, content=content, members={})
    return FORMATS[name].read(given, canvas or CanvasOptions())


def format_of(given: Given) -> str:
    """Find out the format of what was given, by its content.

    Raises
    ------
    DataError
        If it is none that is known.
    """
    if given.members:
        if _is_protocol(given.members.get("protocol.json", b"")):
            raise _questions(given.file)
        if is_export(given.members):
            return "network-canvas"
        if len(given.members) == 1:
            (file, content), *_ = given.members.items()
            return format_of(Given(file=file, content=content, members={}))
        return "csv"
    content = given.content
    if content.startswith(ZIP_MARK):
        return "kumu-workbook"
    start = content[:8_000].removeprefix(b"\xef\xbb\xbf").lstrip()
    if b"<" in start[:1] or b"<\x00" in content[:4] or b"\x00<" in content[:4]:
        return _format_of_markup(given)
    if start[:1] in (b"{", b"["):
        return _format_of_json(given)
    if is_dl(content):
        return "dl"
    if is_export({given.file: content}):
        return "network-canvas"
    if is_edge_list(read_delimited(content)):
        return "edge-list"
    if is_matrix(content):
        return "matrix"
    found = ", ".join(read_delimited(content).headings[:12])
    raise DataError(
        f"{given.file} is no network that is known. It begins: {found[:200]!r}.",
        advice=f"Known formats: {', '.join(f.title for f in FORMATS.values())}. Of a table, the "
        "first row names the columns: source, target, and where known kind, start, end, carrier.",
    )


def _format_of_markup(given: Given) -> str:
    head = given.content[:8_000].replace(b"\x00", b"").lower()
    if b"<gexf" in head:
        return "gexf"
    if b"<graphml" in head:
        return "network-canvas" if is_canvas_graphml(given.content) else "graphml"
    raise DataError(
        f"{given.file} is XML, but neither GraphML nor GEXF.",
        advice="Export the network as GraphML.",
    )


def _format_of_json(given: Given) -> str:
    if _is_protocol(given.content):
        raise _questions(given.file)
    return "kumu"


def _questions(file: str) -> DataError:
    return DataError(
        f"{file} is a protocol of Network Canvas: questions, not answers.",
        advice="Export the interviews that were held with it.",
    )


def _is_protocol(content: bytes) -> bool:
    if b'"codebook"' not in content or b'"stages"' not in content:
        return False
    try:
        document = json.loads(content)
    except (ValueError, RecursionError):
        return False
    return isinstance(document, dict) and {"codebook", "stages"} <= set(document)


def write_network(network: Network, path: Path, format: str | None = None) -> list[str]:
    """Write a network to a file, whole or not at all.

    Parameters
    ----------
    network : Network
    path : pathlib.Path
        An existing file is replaced.
    format : str, optional
        A name of `FORMATS`; found out from the ending of the path's name unless given.

    Returns
    -------
    list of str
        What the format could not hold; empty where it holds everything.

    Raises
    ------
    UsageError
        If the format is not known or not written.
    """
    name = format or next(
        (name for name, known in FORMATS.items() if path.suffix.lower() in known.suffixes), ""
    )
    writer = FORMATS[name].write if name in FORMATS else None
    if writer is None:
        written = {n: known for n, known in FORMATS.items() if known.write is not None}
        endings = ", ".join(known.suffixes[0] for known in written.values() if known.suffixes)
        raise UsageError(
            f"{path.name}: no format to write is called “{format or path.suffix}”.",
            advice=f"Let the name end in one of {endings}, or give one of the formats "
            f"{', '.join(written)}.",
        )
    content, lost = writer(network)
    write_whole(path, content)
    return lost
