"""The check of a file that somebody sent: every fault where it stands, before anything is taken."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import polars as pl
from django.urls import reverse

from hedgerow.fieldbook.evidence import FieldbookEvidence
from hedgerow.fieldbook.marking import write_marked
from hedgerow.fieldbook.pseudonyms import KeyRing
from hedgerow.fieldbook.writing import write_whole
from hedgerow.landscape.faults import Fault, Faults
from hedgerow.web.evidence.models import Contribution
from hedgerow.web.evidence.reading import opened, read_contribution
from hedgerow.web.evidence.uploads import path_of
from hedgerow.web.jobs.work import Progress, work

CHECK = "check a fieldbook"
CHECKED = "check.json"
MARKED = "marked.xlsx"


@dataclass(frozen=True)
class Check:
    """What a check found.

    Attributes
    ----------
    rows : dict of str to int
        Rows that can be used, by table.
    set_aside : int
        Rows that cannot.
    sheets : tuple of (str, list of Fault)
        Faults by sheet, in the order of the file.
    """

    rows: dict[str, int]
    set_aside: int
    sheets: tuple[tuple[str, list[Fault]], ...]

    @property
    def faults(self) -> int:
        """How many faults there are."""
        return sum(len(faults) for _, faults in self.sheets)


@work(CHECK)
def check(progress: Progress, *, contribution: int) -> str:
    """Read a contribution's file, keep what is wrong beside it, and mark a copy."""
    progress.step(0, 2, "Reading the file")
    found = Contribution.objects.select_related("partnership").get(pk=contribution)
    raw = opened(found)
    evidence = read_contribution(found, KeyRing(), raw=raw)
    progress.step(1, 2, "Marking a copy")
    folder = path_of(found.upload).parent
    (folder / MARKED).unlink(missing_ok=True)
    if len(evidence.faults):
        write_marked(raw, evidence.faults, folder / MARKED)
    write_whole(folder / CHECKED, json.dumps(_kept(evidence)).encode())
    return reverse(
        "contribution",
        kwargs={"partnership": found.partnership.slug, "contribution_id": found.pk},
    )


def _kept(evidence: FieldbookEvidence) -> dict[str, Any]:
    return {
        "rows": {name: table.height for name, table in evidence.tables.items()},
        "set_aside": evidence.set_aside.height,
        "faults": evidence.faults.table().to_dicts(),
    }


def found_in(contribution: Contribution) -> Check | None:
    """Give what the check of a contribution found; None where it was not checked yet."""
    if not contribution.upload:
        return None
    path = path_of(contribution.upload).parent / CHECKED
    if not path.is_file():
        return None
    kept = json.loads(path.read_text(encoding="utf-8"))
    return Check(kept["rows"], kept["set_aside"], by_sheet(kept["faults"]))


def by_sheet(faults: list[dict[str, Any]]) -> tuple[tuple[str, list[Fault]], ...]:
    """Give faults by the sheet that they stand in."""
    held = Faults.of(pl.DataFrame(faults, schema=Faults().table().schema))
    return tuple(
        (sheet, list(listed))
        for sheet, listed in groupby(held, lambda fault: fault.sheet or fault.file)
    )
