"""How large the parts of a zipped file are once they are unpacked, whatever it says of them."""

from __future__ import annotations

import os
import struct
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

HEADER = struct.Struct("<4s22xHH")
"""What stands before each part: a mark, and at its end the lengths of two fields that follow."""
MARK = b"PK\x03\x04"
AT_A_TIME = 64 * 1024
PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Ways of packing that workbooks use; others are not opened."""


def unpacked_sizes(
    path: Path, parts: Sequence[zipfile.ZipInfo], *, most: int
) -> list[tuple[zipfile.ZipInfo, int]]:
    """Count what the parts of a zipped file hold, in bytes, by unpacking them and keeping nothing.

    A file declares the size of each part, and `zipfile` stops reading there; what reads workbooks
    goes on to the end of the part.

    Parameters
    ----------
    path : pathlib.Path
    parts : sequence of zipfile.ZipInfo
    most : int
        Counting stops once all parts together hold more than this; later parts are left out.

    Raises
    ------
    zipfile.BadZipFile
        If a part is cut short, or packed in an unknown way.
    zlib.error
        If a part is damaged.
    """
    sizes = []
    left = most
    with path.open("rb") as file:
        for part in parts:
            size = _size(file, part, left)
            sizes.append((part, size))
            left -= size
            if left < 0:
                break
    return sizes


def _size(file: BinaryIO, part: zipfile.ZipInfo, most: int) -> int:
    if part.compress_type not in PACKED:
        raise zipfile.BadZipFile(f"{part.filename} is packed in an unknown way")
    if part.compress_type == zipfile.ZIP_STORED:
        return part.compress_size
    file.seek(part.header_offset)
    header = file.read(HEADER.size)
    if len(header) < HEADER.size or not header.startswith(MARK):
        raise zipfile.BadZipFile(f"{part.filename} is not where it should be")
    _, name, extra = HEADER.unpack(header)
    file.seek(name + extra, os.SEEK_CUR)
    unpacking = zlib.decompressobj(-zlib.MAX_WBITS)
    left, size = part.compress_size, 0
    while left and size <= most and not unpacking.eof:
        packed = file.read(min(left, AT_A_TIME))
        if not packed:
            raise zipfile.BadZipFile(f"{part.filename} is cut short")
        left -= len(packed)
        while packed and size <= most:
            size += len(unpacking.decompress(packed, AT_A_TIME))
            packed = unpacking.unconsumed_tail
    return size + len(unpacking.flush()) if size <= most else size
