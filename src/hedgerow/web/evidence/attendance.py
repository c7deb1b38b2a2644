"""Attendance files: the mapping that is kept for a contribution, and reading with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import polars as pl

from hedgerow.fieldbook.attendance.guessing import GuessedMapping, guess_mapping
from hedgerow.fieldbook.attendance.importing import Provider, find_provider
from hedgerow.fieldbook.attendance.importing import read_attendance as read_file
from hedgerow.fieldbook.attendance.lines import read_lines
from hedgerow.fieldbook.attendance.mapping import (
    NO_SCHOOL,
    AttendanceMapping,
    mapping_as_json,
    mapping_from_json,
)
from hedgerow.fieldbook.attendance.outcome import AttendanceResult
from hedgerow.fieldbook.attendance.reading import lay_out_all, lay_out_read
from hedgerow.fieldbook.attendance.rows import RowCounts
from hedgerow.fieldbook.folding import fold
from hedgerow.fieldbook.merging import CONTRIBUTION
from hedgerow.fieldbook.names_in_text import NameWatch
from hedgerow.fieldbook.opening import RawBook, open_raw
from hedgerow.fieldbook.pseudonyms import KeyRing
from hedgerow.fieldbook.store import Contribution as StoredContribution
from hedgerow.fieldbook.store import Stored
from hedgerow.landscape.errors import UsageError
from hedgerow.landscape.faults import Faults
from hedgerow.landscape.landscape import Landscape
from hedgerow.web.evidence.models import Contribution, SavedMapping
from hedgerow.web.evidence.uploads import path_of
from hedgerow.web.registers import register_on

MAPPING, PSEUDONYMISE = "attendance", "pseudonymise"
"""Where the mapping of a contribution keeps which column is what, and what is done with names."""
_HELD = "held"


def mapping_of(contribution: Contribution) -> AttendanceMapping:
    """Give the mapping with which an attendance file is read.

    Raises
    ------
    UsageError
        If nobody has said yet which column is what.
    """
    if MAPPING not in contribution.mapping:
        raise UsageError(
            "Which column of this attendance file is what has not been said yet.",
            advice="Open the file’s page and say it there.",
        )
    return mapping_from_json(contribution.mapping[MAPPING], called=contribution.file)


def proposed(contribution: Contribution, raw: RawBook) -> tuple[AttendanceMapping, GuessedMapping]:
    """Give the mapping to begin with: as it was said, as it was for the last file, or as guessed.

    A heading of the last file that this one lacks is guessed anew.
    """
    names = {fold(one) for one in register_on().schools["name"].to_list()}

    def is_school(text: str) -> bool:
        return fold(text) in names

    if MAPPING in contribution.mapping:
        said = mapping_of(contribution)
        return said, guess_mapping(lay_out_all(raw, said), is_school=is_school)
    saved = kept_for(contribution)
    guessed = guess_mapping(lay_out_all(raw, saved), is_school=is_school)
    if saved is None:
        return _by_own(guessed.mapping, contribution), guessed
    now = {fold(column.heading) for column in guessed.columns}
    columns = {
        name: written
        for name, written in saved.columns.items()
        if any(fold(one) in now for one in written)
    }
    taken = {fold(one) for written in columns.values() for one in written}
    columns |= {
        name: written
        for name, written in guessed.mapping.columns.items()
        if name in saved.columns and name not in columns and fold(written[0]) not in taken
    }
    return replace(saved, columns=columns), guessed


def _by_own(mapping: AttendanceMapping, contribution: Contribution) -> AttendanceMapping:
    """Give a mapping with those who bring the file as the provider, where no column names one."""
    own = contribution.organisation
    if not own or mapping.provider or "provider" in mapping.columns:
        return mapping
    register = register_on()
    name = register.names().get(own, own)
    try:
        is_plain = find_provider(name, None, register) == Provider(id=own)
    except UsageError:
        is_plain = False
    return replace(mapping, provider=name if is_plain else own)


def kept_for(contribution: Contribution) -> AttendanceMapping | None:
    """Give the mapping of the last attendance file that the same organisation brought."""
    kept = SavedMapping.objects.filter(
        partnership=contribution.partnership, organisation=contribution.organisation
    ).first()
    return None if kept is None else mapping_from_json(kept.mapping)


def keep_for_next(contribution: Contribution, raw: RawBook) -> None:
    """Keep the mapping of a file that goes into force for the next one.

    Days of this file alone are no part of it, nor is any text that is or may be a delegate's name:
    what was decided to be no school may be anything, a name among it.
    """
    mapping = mapping_of(contribution)
    watch = watch_of(mapping, raw)
    aliases = {
        kind: {
            text: meant
            for text, meant in decided.items()
            if meant != NO_SCHOOL and watch.without_names(fold(text)) == fold(text)
        }
        for kind, decided in mapping.aliases.items()
    }
    SavedMapping.objects.update_or_create(
        partnership=contribution.partnership,
        organisation=contribution.organisation,
        defaults={
            "mapping": mapping_as_json(replace(mapping, aliases=aliases, start=None, end=None))
        },
    )


def watch_of(mapping: AttendanceMapping, raw: RawBook) -> NameWatch:
    """Give what looks for the names of a file's delegates in what is kept."""
    layouts = lay_out_read(raw, mapping)
    counts = {layout.name: RowCounts() for layout in layouts}
    lines = read_lines(layouts, counts, mapping, raw.file, Faults())
    return NameWatch({name: "name" for line in lines for name in line.delegates})


def provider_of(
    mapping: AttendanceMapping, register: Landscape, known: Mapping[str, pl.DataFrame]
) -> Provider | None:
    """Give the provider of what names none; None where a column names it.

    Raises
    ------
    UsageError
        If nobody said who it is, or the name is not known and no kind is given.
    """
    if not mapping.provider:
        if "provider" in mapping.columns:
            return None
        raise UsageError(
            "Who provided the courses is not said.",
            advice="Name the provider, or say which column names it.",
        )
    try:
        return find_provider(
            mapping.provider, mapping.provider_kind or None, register, known.get("organisations")
        )
    except UsageError as fault:
        # the advice of the command line names its options
        near = [line.strip() for line in fault.advice.splitlines()[1:-1]]
        raise UsageError(
            fault.message,
            advice=(f"Did you mean {' or '.join(near)}? " if near else "")
            + "Write its name as it stands there, or choose what kind of organisation it is so "
            "that it is taken up.",
        ) from fault


def read_attendance(
    contribution: Contribution,
    ring: KeyRing,
    known: Mapping[str, pl.DataFrame],
    *,
    raw: RawBook | None = None,
) -> AttendanceResult:
    """Read an attendance file with its mapping.

    Parameters
    ----------
    contribution : Contribution
    ring : KeyRing
        Changed where delegates are kept under pseudonyms; without that they are counted and
        forgotten.
    known : mapping of str to polars.DataFrame
        What other contributions tell.
    raw : RawBook, optional
        The file, where it is opened already.

    Raises
    ------
    UsageError
        If the contribution is called after one of the delegates.
    """
    raw = raw or open_raw(path_of(contribution.upload))
    mapping = mapping_of(contribution)
    if (called := fold(contribution.name)) != watch_of(mapping, raw).without_names(called):
        raise UsageError(
            "What this file is called holds the name of one of its delegates, and would be kept.",
            advice="Throw it away and send it under another name.",
        )
    register = register_on()
    told: dict[str, Any] = {
        table: rows.with_columns(pl.lit(_HELD).alias(CONTRIBUTION)) for table, rows in known.items()
    }
    return read_file(
        raw,
        register,
        mapping,
        provider=provider_of(mapping, register, known),
        held=Stored(contributions=(StoredContribution(name=_HELD, sources=()),), told=told),
        name=contribution.name,
        ring=ring if contribution.mapping.get(PSEUDONYMISE) else None,
    )
