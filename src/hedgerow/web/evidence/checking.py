"""The check of a file that somebody sent: every fault where it stands, before anything is taken."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

import polars as pl
from django.urls import reverse

from hedgerow.fieldbook.attendance.outcome import AttendanceResult
from hedgerow.fieldbook.attendance.review import TO_DECIDE
from hedgerow.fieldbook.evidence import FieldbookEvidence
from hedgerow.fieldbook.marking import write_marked
from hedgerow.fieldbook.opening import RawBook
from hedgerow.fieldbook.pseudonyms import KeyRing
from hedgerow.fieldbook.writing import write_whole
from hedgerow.landscape.faults import Faults
from hedgerow.web.evidence.attendance import read_attendance
from hedgerow.web.evidence.mending import Item, item_from, items_of
from hedgerow.web.evidence.models import Contribution
from hedgerow.web.evidence.reading import opened, read_contribution, seen_besides
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
    items : list of Item
        Faults place by place, those of a fieldbook with the cells in which they can be mended.
    review : list of dict
        Of an attendance file: texts to look at, as `ReviewRow.to_json` gives them.
    lines : list of str
        Of an attendance file: what became of its rows, in words.
    """

    rows: dict[str, int]
    set_aside: int
    items: list[Item]
    review: list[dict[str, Any]]
    lines: list[str]

    @property
    def faults(self) -> int:
        """How many faults there are."""
        return sum(len(item.faults) for item in self.items)

    @property
    def to_decide(self) -> int:
        """How many texts wait for a decision."""
        return sum(one["status"] == TO_DECIDE for one in self.review)


@work(CHECK)
def check(progress: Progress, *, contribution: int) -> str:
    """Read a contribution's file, keep what is wrong beside it, and mark a copy of a fieldbook."""
    progress.step(0, 2, "Reading the file")
    found = Contribution.objects.select_related("partnership").get(pk=contribution)
    folder = path_of(found.upload).parent
    (folder / MARKED).unlink(missing_ok=True)
    if found.kind == Contribution.Kind.ATTENDANCE:
        result = read_attendance(found, KeyRing(), seen_besides(found))
        held = _kept(result.evidence) | _said_of(result)
    elif found.kind == Contribution.Kind.NETWORK:
        held = _kept(read_contribution(found, KeyRing()))
    else:
        raw = opened(found)
        evidence = read_contribution(found, KeyRing(), raw=raw)
        held = _kept(evidence, raw)
        progress.step(1, 2, "Marking a copy")
        if len(evidence.faults):
            write_marked(raw, evidence.faults, folder / MARKED)
    write_whole(folder / CHECKED, json.dumps(held).encode())
    return reverse(
        "contribution",
        kwargs={"partnership": found.partnership.slug, "contribution_id": found.pk},
    )


def _kept(evidence: FieldbookEvidence, raw: RawBook | None = None) -> dict[str, Any]:
    return {
        "rows": {name: table.height for name, table in evidence.tables.items()},
        "set_aside": evidence.set_aside.height,
        # with their cells, so that no page of them opens the file again
        "items": [asdict(item) for item in items_of(evidence.faults, raw)],
    }


HOW_IN_WORDS = {
    "urn": "by URN",
    "name": "by name",
    "likeness": "by a name nearly the same",
    "decided": "by what was decided",
}


def _said_of(result: AttendanceResult) -> dict[str, Any]:
    """Give what became of the rows of an attendance file, and what is to be looked at."""
    lines = [f"{result.rows:,} rows of attendance, {result.used:,} of them used."]
    if result.absent:
        lines.append(f"{result.absent:,} of delegates who did not come, not counted.")
    if result.repeated:
        lines.append(f"{result.repeated:,} repeat a delegate, counted once.")
    lines += [
        f"{rows:,} set aside: {reason.partition(':')[0]}."
        for reason, rows in result.set_aside.most_common()
    ]
    lines += [
        f"{rows:,} with the school found {HOW_IN_WORDS[how]}."
        for how, rows in result.schools.most_common()
    ]
    if result.roles_unknown:
        lines.append(f"{result.roles_unknown:,} with a role that is not known, and not kept.")
    review = [
        row.to_json()
        | {
            "suggestions": [
                {"id": one.id, "name": str(one).rpartition(" (")[0], "score": one.score}
                for one in row.suggestions
            ]
        }
        for row in result.review
    ]
    return {"lines": lines, "review": review}


def found_in(contribution: Contribution) -> Check | None:
    """Give what the check of a contribution found; None where it was not checked yet."""
    if not contribution.upload:
        return None
    path = path_of(contribution.upload).parent / CHECKED
    if not path.is_file():
        return None
    kept = json.loads(path.read_text(encoding="utf-8"))
    if "items" not in kept:
        return None  # by an earlier Hedgerow: it is to be checked again
    return Check(
        rows=kept["rows"],
        set_aside=kept["set_aside"],
        items=[item_from(one) for one in kept["items"]],
        review=kept.get("review", []),
        lines=kept.get("lines", []),
    )


def forget_check(contribution: Contribution) -> None:
    """Throw away what a check found: it was made with something that has changed since."""
    (path_of(contribution.upload).parent / CHECKED).unlink(missing_ok=True)


def faults_of(contribution: Contribution) -> list[Item]:
    """Give what was wrong with a contribution that was imported, place by place."""
    schema = Faults().table().schema
    return items_of(Faults.of(pl.DataFrame(contribution.faults, schema=schema)))
