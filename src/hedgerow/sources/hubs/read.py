"""Reading files on hubs, whichever of the three layouts a file has."""

from __future__ import annotations

from pathlib import Path

from hedgerow.landscape.faults import Faults
from hedgerow.sources.hubs import plain, schema, teaching_school_hubs
from hedgerow.sources.hubs.frames import HubFile
from hedgerow.sources.tabular import read_table


def read(path: Path, faults: Faults) -> HubFile:
    """Read a file on hubs.

    Three layouts are known: the national list of Teaching School Hubs with their area codes, the
    list of the districts in those areas, and the plain file for hubs of any kind that is described
    in ``docs/how-to/hubs-file.md``. `join_hubs` makes tables of a landscape from one or several.

    Parameters
    ----------
    path : pathlib.Path
        May bear a vintage, ``hubs.csv@2025-09-01``.
    faults : Faults

    Raises
    ------
    UsageError, DataError
        As `read_table` and `vintage_of`.
    """
    raw = read_table(
        path,
        source=schema.SOURCE,
        option=schema.OPTION,
        releases=schema.RELEASES,
        faults=faults,
    )
    if raw.release is schema.TEACHING_SCHOOL_HUBS:
        return teaching_school_hubs.hubs_of(path, raw, faults)
    if raw.release is schema.AREA_DISTRICTS:
        return teaching_school_hubs.areas_of(path, raw, faults)
    return plain.hubs_of(path, raw, faults)
