"""Reading a file that somebody sent: a fieldbook with what was mended on the site, and others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import polars as pl
from django.conf import settings

from hedgerow.fieldbook.evidence import FieldbookEvidence
from hedgerow.fieldbook.fieldbooks import read_raw
from hedgerow.fieldbook.merging import CONTRIBUTION, merged
from hedgerow.fieldbook.opening import RawBook, open_raw
from hedgerow.fieldbook.pseudonyms import KeyRing
from hedgerow.web.evidence.attendance import read_attendance
from hedgerow.web.evidence.discretion import discreet, seen_by_name
from hedgerow.web.evidence.models import Contribution
from hedgerow.web.evidence.networks import read_network_evidence
from hedgerow.web.evidence.tables import BROUGHT, contributions_in_force, told
from hedgerow.web.evidence.uploads import path_of
from hedgerow.web.partnerships.models import Partnership
from hedgerow.web.registers import register_on

Mended = Mapping[str, Mapping[str, str]]
"""What cells hold now, by sheet, then by “row,position”, both from 0."""


def key_ring(partnership: Partnership) -> KeyRing:
    """Open the key to the pseudonyms of a partnership; it lies apart from all data."""
    folder = settings.SITE.keys
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return KeyRing.open(folder / f"{partnership.slug}.json")


def opened(contribution: Contribution) -> RawBook:
    """Open the file of a contribution, with the cells that were mended on the site."""
    raw = open_raw(path_of(contribution.upload))
    mended: Mended = contribution.mapping.get("mended", {})
    return replace(
        raw,
        sheets=tuple(
            replace(sheet, cells=_mended(sheet.cells, mended[sheet.name]))
            if sheet.name in mended
            else sheet
            for sheet in raw.sheets
        ),
    )


def _mended(cells: pl.DataFrame, mended: Mapping[str, str]) -> pl.DataFrame:
    columns = {name: cells[name].to_list() for name in cells.columns}
    for place, text in mended.items():
        row, position = place.split(",")
        if position in columns and int(row) < cells.height:
            columns[position][int(row)] = text or None
    return pl.DataFrame(columns, schema=cells.schema)


def read_contribution(
    contribution: Contribution, ring: KeyRing, *, raw: RawBook | None = None
) -> FieldbookEvidence:
    """Read what a contribution's file tells, whatever kind of file it is.

    Parameters
    ----------
    contribution : Contribution
    ring : KeyRing
        Changed by new persons; not saved.
    raw : RawBook, optional
        The file, where it is opened already.
    """
    if contribution.kind == Contribution.Kind.ATTENDANCE:
        return read_attendance(contribution, ring, seen_besides(contribution), raw=raw).evidence
    if contribution.kind == Contribution.Kind.NETWORK:
        return read_network_evidence(contribution, ring, seen_besides(contribution))
    evidence = read_raw(
        raw or opened(contribution),
        ring=ring,
        register=register_on(),
        known=known_besides(contribution),
        name=contribution.name,
    )
    return discreet(evidence, contribution.partnership, contribution.organisation)


def seen_besides(contribution: Contribution) -> dict[str, pl.DataFrame]:
    """Give what other contributions tell, of organisations only those seen by name.

    Their names are offered where a name is nearly one of them.
    """
    known = known_besides(contribution)
    if "organisations" in known:
        names = seen_by_name(contribution.partnership, contribution.organisation)
        known["organisations"] = known["organisations"].filter(pl.col("id").is_in(sorted(names)))
    return known


def known_besides(contribution: Contribution) -> dict[str, pl.DataFrame]:
    """Give what other contributions of the partnership tell: what cells may point at."""
    partnership = contribution.partnership
    own = {
        one.pk
        for one in contributions_in_force(partnership)
        if (one.name, one.organisation) == (contribution.name, contribution.organisation)
    }
    order = [str(one.pk) for one in contributions_in_force(partnership)]
    tables = {}
    for name, rows in told(partnership).items():
        others = rows.filter(~pl.col(CONTRIBUTION).is_in([str(one) for one in own]))
        if others.height:
            bare = others.drop(*(one for one in BROUGHT if one != CONTRIBUTION))
            tables[name] = merged(name, bare, order)
    return tables
