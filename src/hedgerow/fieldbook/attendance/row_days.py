"""The days of a row: its own, those of what stands above it, or those of the sheet and the file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from hedgerow.fieldbook.attendance.layout import SheetLayout
from hedgerow.fieldbook.attendance.line import NOTHING_SAID
from hedgerow.fieldbook.attendance.mapping import AttendanceMapping
from hedgerow.fieldbook.attendance.rows import (
    Under,
)
from hedgerow.fieldbook.attendance.telling import Place, shown, tell
from hedgerow.fieldbook.attendance.written_days import (
    WrittenDays,
    find_days,
    read_days,
    with_year,
)
from hedgerow.landscape.faults import Faults


class RowDays:
    """Reads the days of rows, and tells once a sheet or column how it read them.

    Parameters
    ----------
    mapping : AttendanceMapping
    file : str
        The file's name, the last place to look for a term or a year.
    faults : Faults
    """

    def __init__(self, mapping: AttendanceMapping, file: str, faults: Faults) -> None:
        self._mapping, self._file, self._faults = mapping, file, faults
        self._told: set[str | tuple[str | None, str | None]] = set()

    def around(
        self, layout: SheetLayout, above: Mapping[str, str], plain: Sequence[str]
    ) -> WrittenDays:
        """Give the days that the title, the sheet's name, the mapping or the file's name tells."""
        start = first_days(above.get("date", ""), above.get("start", ""))
        if start.days:
            end = first_days(above.get("end", "")).last
            return replace(start, end=end or start.end, is_open=False)
        for text in (*plain, layout.name):
            if (found := find_days(text)[0]).days:
                return found
        if self._mapping.start is not None:
            end = self._mapping.end
            return WrittenDays((self._mapping.start,), end, is_open=end is None)
        return find_days(re.sub(r"[_.]", " ", self._file.rpartition(".")[0]))[0]

    def of_row(
        self, cells: Mapping[str, str], under: Under, place: Place, around: WrittenDays
    ) -> tuple[WrittenDays, bool]:
        """Give the days of a row, and whether it bears them itself."""
        texts = {name: cells.get(name, "") for name in ("date", "start", "end")}
        read: dict[str, WrittenDays] = {}
        for name, text in texts.items():
            if not text:
                continue
            found = with_year(text, around)
            read[name] = found
            where = replace(place, column=under.heading(name))
            if not found.days:
                tell(
                    self._faults,
                    where,
                    "no day",
                    found=shown(text),
                    expected="days such as 12/10/2021, or a term such as Autumn 2021",
                    advice=f"{found.note[:1].upper()}{found.note[1:]}. Write day/month/year.",
                    consequence="set aside",
                )
                return WrittenDays(note="no day can be read"), True
            if found.is_period:
                tell(
                    self._faults,
                    where,
                    "no day but a period",
                    found=shown(text),
                    expected="days such as 12/10/2021",
                    advice=f"{found.note[:1].upper()}{found.note[1:]}.",
                )
        if "end" in read and not read.keys() & {"date", "start"}:
            # a last day alone: the course is known by it
            read["date"] = read.pop("end")
        for name, found in read.items():
            if found.note and not found.is_period:
                self._tell_supposed(replace(place, column=under.heading(name)), found)
        own = read.get("date") or read.get("start")
        if own is None:
            return around, False
        if "start" in read and "date" not in read:
            own = replace(own, is_open="end" not in read and own.last == own.days[0])
        end = read["end"].last if "end" in read else None
        if end is not None and end < own.days[0]:
            tell(
                self._faults,
                replace(place, column=under.heading("end")),
                "ends before it begins",
                found=shown(texts["end"]),
                expected="a last day that is not before the first",
                consequence="set aside",
            )
            return WrittenDays(note="it ends before it begins"), True
        return replace(own, end=end or own.end, is_open=own.is_open and end is None), True

    def tell_period(self, layout: SheetLayout, around: WrittenDays) -> None:
        """Tell once a sheet that a term or a year stands for the days of its rows."""
        if layout.name in self._told:
            return
        self._told.add(layout.name)
        tell(
            self._faults,
            Place(file=layout.file, sheet=layout.name, row=None),
            "no day but a period",
            found="a term or a year above the table, or in a name",
            expected="days such as 12/10/2021",
            advice=f"Where a row bears no day of its own, {around.note}.",
        )

    def _tell_supposed(self, place: Place, found: WrittenDays) -> None:
        """Tell once a column how its days were read."""
        if (place.sheet, place.column) in self._told:
            return
        self._told.add((place.sheet, place.column))
        tell(
            self._faults,
            place,
            "day read with a supposition",
            found="days that can be read in two ways",
            expected="days such as 2021-10-12",
            advice=f"The first such was {found.note}; so were all in this column.",
        )


def first_days(*texts: str) -> WrittenDays:
    """Give the days of the first text that tells any."""
    return next((found for text in texts if (found := read_days(text)).days), NOTHING_SAID)
