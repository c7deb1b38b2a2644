"""Adding, changing and ending records by form: read like a fieldbook of one row, with history."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
from django.db import transaction
from django.utils import timezone

from hedgerow.fieldbook.evidence import FieldbookEvidence
from hedgerow.fieldbook.fieldbooks import read_raw
from hedgerow.fieldbook.identities import NUMBERED
from hedgerow.fieldbook.merging import merged
from hedgerow.fieldbook.opening import RawBook, RawSheet
from hedgerow.fieldbook.plan import SHEETS
from hedgerow.fieldbook.pseudonyms import SCHEME, KeyRing
from hedgerow.fieldbook.sheets import SheetSpec
from hedgerow.landscape.errors import UsageError
from hedgerow.landscape.faults import Fault
from hedgerow.landscape.provenance import Source
from hedgerow.web.evidence.discretion import POINTED_AT, discreet
from hedgerow.web.evidence.importing import held_for_import, name_as_agreed
from hedgerow.web.evidence.models import Contribution, Record
from hedgerow.web.evidence.reading import key_ring
from hedgerow.web.evidence.record_sheets import own_records
from hedgerow.web.evidence.recording import key_of, values_of
from hedgerow.web.evidence.tables import OWNER, contributions_in_force, told
from hedgerow.web.partnerships.audit import record as write_down
from hedgerow.web.partnerships.models import Partnership
from hedgerow.web.registers import register_on

FORMS = "forms on the site"
"""Name of the contribution that forms write into; no file can be called so."""
FILE = "this form"


@dataclass(frozen=True)
class Saved:
    """What came of a form.

    Attributes
    ----------
    record : Record or None
        What was written; None where faults stand in the way.
    faults : tuple of Fault
        Those that stand in the way, or notes on what was written.
    """

    record: Record | None
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Writer:
    """Who writes, and for whom.

    Attributes
    ----------
    partnership : Partnership
    organisation : str
        Identifier; empty for the partnership itself.
    by : User
    """

    partnership: Partnership
    organisation: str
    by: Any

    @transaction.atomic
    def save(
        self,
        spec: SheetSpec,
        cells: Mapping[str, str],
        *,
        old: Record | None = None,
        action: str = "",
    ) -> Saved:
        """Write what a form says as a record, in place of an earlier one where there is one.

        Nothing is written where anything of it cannot be used.

        Parameters
        ----------
        spec : SheetSpec
        cells : mapping of str to str
            By column, as a person would write them into the sheet.
        old : Record, optional
            What it takes the place of; it stays as ended.
        action : str
            What the audit trail says was done; "added" or "changed" unless given.
        """
        held_for_import(self.partnership)
        if old is not None:
            old = self._live(old)
        ring = key_ring(self.partnership)
        before = set(ring)
        if spec.table == "persons":
            cells = _person(cells, ring, old)
        evidence = self._read(spec, cells, ring)
        faults = tuple(evidence.faults)
        row = evidence.tables.get(spec.table)
        if any(one.consequence != "noted" for one in faults):
            return Saved(None, faults)
        if spec.table == "persons" and row is not None and old is not None:
            row = row.filter(pl.col("id") == old.values["id"])
        if row is None or row.height != 1:
            return Saved(None, (*faults, _nothing()))
        ring.save()  # before the data: pseudonyms without their key could never be told again
        forms = self._contribution()
        values = self._numbered(spec, values_of(spec.table, row)[0], forms, old)
        made = Record(
            contribution=forms,
            table=spec.table,
            key=key_of(spec.table, values),
            values=values,
            begun_by=self.by,
            follows=old,
        )
        if any(one.key == made.key for one in self._others(spec.table, old)):
            return Saved(None, (_there_already(),))
        made.save()
        self._write_besides(evidence, spec, made)
        if old is not None:
            self._end(old)
        done = action or ("added" if old is None else "changed")
        if set(ring) != before:
            name_as_agreed(self.partnership, ring)
        self._finish(forms, done, spec, made)
        return Saved(made, faults)

    @transaction.atomic
    def take_out(self, old: Record, spec: SheetSpec) -> None:
        """End a record that should never have been there; its history stays.

        Raises
        ------
        UsageError
            If other records point at it, and nothing else tells of it.
        """
        held_for_import(self.partnership)
        old = self._live(old)
        self._must_not_be_pointed_at(old)
        self._end(old)
        self._finish(self._contribution(), "took out", spec, old)

    def _must_not_be_pointed_at(self, old: Record) -> None:
        in_force = Record.objects.filter(
            contribution__partnership=self.partnership,
            contribution__state=Contribution.State.IN_FORCE,
            ended__isnull=True,
        ).exclude(pk=old.pk)
        is_told_again = in_force.filter(table=old.table, key=old.key).exists()
        if old.table not in POINTED_AT or is_told_again:
            return
        for spec in SHEETS:
            for column in spec.columns:
                pointing = {"table": spec.table, f"values__{column.name}": old.values["id"]}
                if column.kind == "reference" and in_force.filter(**pointing).exists():
                    raise UsageError(
                        f"Other records speak of it, in {spec.title} under {column.heading}.",
                        advice="Take those out first, or let them speak of something else.",
                    )

    def _live(self, old: Record) -> Record:
        found = Record.objects.select_related("contribution").get(pk=old.pk)
        if found.ended is not None or found.contribution.state != Contribution.State.IN_FORCE:
            raise UsageError(
                "Somebody changed this record since you opened it.",
                advice="Look at it as it is now, and change that.",
            )
        return found

    def _end(self, old: Record) -> None:
        old.ended, old.ended_by = timezone.now(), self.by
        old.save(update_fields=["ended", "ended_by"])

    def _read(self, spec: SheetSpec, cells: Mapping[str, str], ring: KeyRing) -> FieldbookEvidence:
        columns = [one for one in spec.columns if one.name in cells]
        frame = pl.DataFrame(
            {
                str(at): [column.heading, cells[column.name].strip() or None]
                for at, column in enumerate(columns)
            },
            schema={str(at): pl.String for at in range(len(columns))},
        )
        sheet = RawSheet(name=spec.title, file=FILE, cells=frame)
        order = [str(one.pk) for one in contributions_in_force(self.partnership)]
        known = {
            table: merged(table, rows.drop(OWNER), order)
            for table, rows in told(self.partnership, only=POINTED_AT).items()
        }
        # an agreement is taken back by the contribution that told it and no longer does: each form
        # tells one, so that none takes back another's
        name = f"forms-{secrets.token_hex(6)}"
        evidence = read_raw(
            RawBook(path=Path(FILE), sheets=(sheet,), sha256="", form="form"),
            ring=ring,
            register=register_on(),
            known=known,
            name=name,
        )
        own = pl.lit(self._source().id).alias("source")
        tables = {table: rows.with_columns(own) for table, rows in evidence.tables.items()}
        found = FieldbookEvidence(
            tables=tables, faults=evidence.faults, set_aside=evidence.set_aside
        )
        return discreet(found, self.partnership, self.organisation)

    def _others(self, table: str, old: Record | None) -> list[Record]:
        """Give the organisation's own records of a table, without the one that is changed."""
        others = own_records(self.partnership, self.organisation, table=table)
        return list(others if old is None else others.exclude(pk=old.pk))

    def _numbered(
        self, spec: SheetSpec, values: dict[str, Any], forms: Contribution, old: Record | None
    ) -> dict[str, Any]:
        """Give a tie's or adoption's row the next number that its spells leave free."""
        if spec.table not in NUMBERED:
            return values
        within = NUMBERED[spec.table]
        used = {
            one.values["number"]
            for one in self._others(spec.table, old)
            if all(one.values[name] == values[name] for name in within)
        }
        number = values["number"]
        if old is None or number in used:
            number = next(at for at in range(len(used) + 1) if at not in used)
        return {**values, "number": number}

    def _write_besides(self, evidence: FieldbookEvidence, spec: SheetSpec, made: Record) -> None:
        """Write the persons and bodies that a row speaks of, where no form told of them before."""
        held = set(made.contribution.records.filter(ended__isnull=True).values_list("table", "key"))
        for table, rows in evidence.tables.items():
            for values in values_of(table, rows):
                key = key_of(table, values)
                if (table, key) not in held and (table != spec.table or key != made.key):
                    Record.objects.create(
                        contribution=made.contribution,
                        table=table,
                        key=key,
                        values=values,
                        begun_by=self.by,
                    )

    def _contribution(self) -> Contribution:
        """Give the organisation's contribution of forms, which every form makes the newest."""
        found, _ = Contribution.objects.get_or_create(
            partnership=self.partnership,
            organisation=self.organisation,
            kind=Contribution.Kind.FORM,
            defaults={
                "name": FORMS,
                "state": Contribution.State.IN_FORCE,
                "brought_by": self.by,
                "imported": timezone.now(),
            },
        )
        return found

    def _source(self) -> Source:
        of = self.organisation.replace(":", "-")
        name = register_on().names().get(self.organisation, self.organisation)
        return Source(
            id=f"forms-{of}" if of else "forms",
            title=f"Forms on the site, of {name}" if name else "Forms on the site",
            publisher="local evidence",
            licence="not for publication",
            as_of=date.today(),
            file="",
            sha256="",
            rows=0,
            release="form",
        )

    def _finish(self, forms: Contribution, action: str, spec: SheetSpec, of: Record) -> None:
        rows = forms.records.filter(ended__isnull=True).count()
        source = asdict(self._source())
        source |= {"as_of": source["as_of"].isoformat(), "rows": rows}
        forms.sources, forms.brought = [source] if rows else [], timezone.now()
        forms.save(update_fields=["sources", "brought"])
        write_down(self.partnership, self.by, f"{action} a record", spec.title, {"record": of.pk})
        self.partnership.touch()


def _person(cells: Mapping[str, str], ring: KeyRing, old: Record | None) -> dict[str, str]:
    """Give the cells of a person as they are read: an agreement needs the name itself.

    Whoever records one has to know who is meant: a pseudonym, which others see too, never leads to
    the name.
    """
    if old is None:
        return dict(cells)
    pseudonym = str(old.values["id"])
    entry = ring.find(pseudonym)
    called = cells.get("id", "").strip()
    is_written = bool(called) and called not in (old.values["label"], pseudonym)
    agrees = cells.get("is_named", "").strip().casefold() == "yes"
    is_other = called.startswith(SCHEME) or entry is None or ring.find(called) != entry
    if is_written and is_other:
        raise UsageError(
            "That is not what this person is called in your evidence.",
            advice="Write the name or code as it stands there, or leave the field as it was.",
        )
    if agrees and not is_written and not old.values["is_named"]:
        raise UsageError(
            "An agreement to be named needs the name.",
            advice="Write it into the field “Person” as it stands in your evidence.",
        )
    return {**cells, "id": pseudonym if entry is None else entry.called}


def _nothing() -> Fault:
    return Fault(
        kind="nothing is said",
        file=FILE,
        found="empty fields",
        expected="at least what cannot stay empty",
        advice="Fill it in.",
        consequence="set aside",
    )


def _there_already() -> Fault:
    return Fault(
        kind="there is such a record already",
        file=FILE,
        found="the same thing again",
        expected="each thing once",
        advice="Change the one that is there, or say what tells the two apart.",
        consequence="set aside",
    )
