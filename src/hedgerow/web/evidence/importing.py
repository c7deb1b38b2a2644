"""Taking a contribution into force, and taking it back: each in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import polars as pl
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from hedgerow.fieldbook.evidence import FieldbookEvidence, kept_faults
from hedgerow.fieldbook.importing import as_the_key_has_it, guard_another, refuse_names
from hedgerow.fieldbook.opening import open_raw
from hedgerow.fieldbook.pseudonyms import KeyRing
from hedgerow.fieldbook.store import Stored
from hedgerow.landscape.errors import DataError, UsageError
from hedgerow.web.accounts.models import User
from hedgerow.web.evidence.attendance import keep_for_next
from hedgerow.web.evidence.models import Contribution, Record
from hedgerow.web.evidence.reading import key_ring, read_contribution
from hedgerow.web.evidence.recording import AT_A_TIME, values_of, write_records
from hedgerow.web.evidence.tables import rows_by_table
from hedgerow.web.evidence.uploads import path_of, throw_away
from hedgerow.web.jobs.work import Progress, UnwantedError, work
from hedgerow.web.partnerships.audit import record
from hedgerow.web.partnerships.models import Partnership

IMPORT = "import a fieldbook"
STEPS = 2


@work(IMPORT)
def import_fieldbook(
    progress: Progress, *, contribution: int, user: int | None, is_replacing: bool = False
) -> str:
    """Take what is sound in a contribution's file into force; the file itself is then deleted."""
    found = Contribution.objects.select_related("partnership").get(pk=contribution)
    try:
        if found.state != Contribution.State.IN_FORCE:
            _import(progress, found, user=user, is_replacing=is_replacing)
    except UnwantedError:
        _stands(found, Contribution.State.CHECKED)
        raise
    except Exception:
        _stands(found, Contribution.State.FAILED)
        raise
    throw_away(found.upload)
    Contribution.objects.filter(pk=found.pk).update(upload="", mapping={})
    return reverse(
        "contribution",
        kwargs={"partnership": found.partnership.slug, "contribution_id": found.pk},
    )


def _import(
    progress: Progress, found: Contribution, *, user: int | None, is_replacing: bool
) -> None:
    progress.step(0, STEPS, "Reading the file")
    # nobody waits for us while we read; what changed in the meantime makes us read once more
    before = _version(found.partnership)
    ring = key_ring(found.partnership)
    evidence = read_contribution(found, ring)
    progress.step(1, STEPS, "Writing the records")
    with transaction.atomic():
        held_for_import(found.partnership)
        if _version(found.partnership) != before:
            ring = key_ring(found.partnership)
            evidence = read_contribution(found, ring)
        _check(found, evidence, ring, is_replacing=is_replacing)
        ring.save()  # before the data: pseudonyms without their key could never be told again
        by = None if user is None else User.objects.get(pk=user)
        if found.kind == Contribution.Kind.ATTENDANCE:
            keep_for_next(found, open_raw(path_of(found.upload)))
        bring_into_force(found, evidence, ring, by=by)


def _version(partnership: Partnership) -> int:
    return int(
        Partnership.objects.values_list("evidence_version", flat=True).get(pk=partnership.pk)
    )


def _stands(contribution: Contribution, state: Any) -> None:
    Contribution.objects.filter(pk=contribution.pk).update(state=state)


def held_for_import(partnership: Partnership) -> None:
    """Keep other imports of the partnership waiting until this transaction ends."""
    Partnership.objects.select_for_update().get(pk=partnership.pk)


def _check(
    contribution: Contribution, evidence: FieldbookEvidence, ring: KeyRing, *, is_replacing: bool
) -> None:
    if not evidence.tables:
        raise DataError(
            f"Nothing in {contribution.file} could be used: {evidence.set_aside.height} rows have "
            "faults.",
            advice="Look at them, mend them, and import it then.",
        )
    refuse_names(contribution.name, contribution.file, ring)
    earlier = earlier_of(contribution)
    if earlier is not None and _tells_of_others(earlier, evidence):
        # next term's file of the same name stands beside the last
        first = min(evidence.tables["activities"]["start"].to_list())
        contribution.name = f"{contribution.name}-{first.isoformat()}"
        contribution.save(update_fields=["name"])
        earlier = earlier_of(contribution)
    if earlier is not None and not is_replacing:
        _guard(contribution.name, tables_of(earlier), evidence.tables)


def _tells_of_others(earlier: Contribution, evidence: FieldbookEvidence) -> bool:
    """Whether an attendance file has no activity of an earlier one of its name."""
    if earlier.kind != Contribution.Kind.ATTENDANCE or "activities" not in evidence.tables:
        return False
    held = tables_of(earlier).get("activities")
    return held is not None and not set(evidence.tables["activities"]["id"]) & set(held["id"])


def _guard(name: str, earlier: dict[str, pl.DataFrame], now: Mapping[str, pl.DataFrame]) -> None:
    try:
        guard_another(name, earlier, now)
    except UsageError as fault:
        raise UsageError(
            fault.message,
            advice="Throw it away and send it under another name; or, if it is to take the place "
            "of the earlier one, tick that it does although little of that is left.",
        ) from fault


def earlier_of(contribution: Contribution) -> Contribution | None:
    """Give the contribution in force whose place this one takes; None where there is none."""
    return (
        contribution.partnership.contributions.filter(
            name=contribution.name,
            organisation=contribution.organisation,
            state=Contribution.State.IN_FORCE,
        )
        .exclude(pk=contribution.pk)
        .exclude(kind=Contribution.Kind.FORM)
        .first()
    )


def tables_of(contribution: Contribution) -> dict[str, pl.DataFrame]:
    """Give the tables as one contribution told them."""
    records = contribution.records.filter(ended__isnull=True).order_by("pk")
    return {table: rows.drop("pk") for table, rows in rows_by_table(records, "pk").items()}


def bring_into_force(
    contribution: Contribution, evidence: FieldbookEvidence, ring: KeyRing, *, by: Any
) -> None:
    """Write what was read as records that are seen from now on, in place of an earlier telling.

    Call it in a transaction that holds the partnership (`held_for_import`).
    """
    now = timezone.now()
    earlier = earlier_of(contribution)
    if earlier is not None:
        earlier.state, earlier.ended = Contribution.State.REPLACED, now
        earlier.save(update_fields=["state", "ended"])
    rows = write_records(contribution, evidence.tables, by=by)
    contribution.state, contribution.imported = Contribution.State.IN_FORCE, now
    contribution.sources = [
        {**asdict(source), "as_of": source.as_of.isoformat()} for source in evidence.sources
    ]
    contribution.faults = kept_faults(evidence.faults).to_dicts()
    contribution.save(update_fields=["state", "imported", "sources", "faults"])
    name_as_agreed(contribution.partnership, ring)
    detail = {"rows": rows, "set aside": evidence.set_aside.height, "kind": contribution.kind}
    record(contribution.partnership, by, "imported", contribution.name, detail)
    contribution.partnership.touch()


def name_as_agreed(partnership: Partnership, ring: KeyRing) -> None:
    """Name in all records those who agreed, and nobody who did not or took it back.

    That holds for records that ended as well, and for those of contributions no longer in force: a
    name that may no longer be shown is overwritten there too. Otherwise they stay as they were.
    """
    records = Record.objects.filter(contribution__partnership=partnership).order_by("pk")
    told = rows_by_table(records, "pk")
    agreed = as_the_key_has_it(Stored(told=told), ring).told
    for table, rows in agreed.items():
        others = rows.join(told[table], on=rows.columns, how="anti", nulls_equal=True)
        changed = Record.objects.in_bulk(others["pk"].to_list())
        for values, number in zip(values_of(table, others), others["pk"], strict=True):
            one = changed[number]
            if one.ended is not None and values.get("is_named"):
                del changed[number]  # nobody was named then, and the history says so
                continue
            if one.ended is not None and table == "persons":
                values = {**one.values, "label": values["label"]}
            one.values = values
        Record.objects.bulk_update(changed.values(), ["values"], batch_size=AT_A_TIME)


@transaction.atomic
def undo(contribution: Contribution, *, by: Any) -> Contribution | None:
    """Take an import back, and put the one that it replaced in force again.

    Returns
    -------
    Contribution or None
        The one that is in force again.

    Raises
    ------
    UsageError
        If it is not in force.
    """
    held_for_import(contribution.partnership)
    now = timezone.now()
    in_force = Contribution.objects.filter(
        pk=contribution.pk, state=Contribution.State.IN_FORCE
    ).exclude(kind=Contribution.Kind.FORM)
    if not in_force.update(state=Contribution.State.UNDONE, ended=now):
        raise UsageError("This import is not in force, so that there is nothing to undo.")
    replaced = (
        contribution.partnership.contributions.filter(
            name=contribution.name,
            organisation=contribution.organisation,
            state=Contribution.State.REPLACED,
        )
        .order_by("-ended", "-pk")
        .first()
    )
    if replaced is not None:
        replaced.state, replaced.ended = Contribution.State.IN_FORCE, None
        replaced.save(update_fields=["state", "ended"])
    # what it said may speak of persons by name who took their agreement back since
    name_as_agreed(contribution.partnership, key_ring(contribution.partnership))
    again = {} if replaced is None else {"in force again": f"{replaced.brought:%Y-%m-%d %H:%M}"}
    record(contribution.partnership, by, "undid an import", contribution.name, again)
    contribution.partnership.touch()
    return replaced
