"""Network files: what is found in one, and reading it with what was said of its kinds."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import polars as pl

from hedgerow.fieldbook.evidence import FieldbookEvidence
from hedgerow.fieldbook.networks import CanvasOptions, ReadNetwork, read_network, to_evidence
from hedgerow.fieldbook.pseudonyms import KeyRing
from hedgerow.landscape.errors import UsageError
from hedgerow.landscape.evidence import with_evidence
from hedgerow.landscape.faults import Faults
from hedgerow.landscape.provenance import Source
from hedgerow.web.evidence.models import Contribution
from hedgerow.web.evidence.uploads import path_of
from hedgerow.web.registers import register_on

SAID = "network"
"""Where the mapping of a contribution keeps the day and the kinds."""


def network_of(contribution: Contribution) -> ReadNetwork:
    """Read the network in a contribution's file.

    Raises
    ------
    DataError
        If it is none that is known.
    """
    merge = contribution.mapping.get(SAID, {}).get("merge", [])
    return read_network(path_of(contribution.upload), canvas=CanvasOptions(merge=tuple(merge)))


def read_network_evidence(
    contribution: Contribution, ring: KeyRing, known: Mapping[str, pl.DataFrame]
) -> FieldbookEvidence:
    """Read what a network's file tells: organisations looked up, persons under pseudonyms.

    Parameters
    ----------
    contribution : Contribution
    ring : KeyRing
        Changed by new persons.
    known : mapping of str to polars.DataFrame
        What other contributions tell: clusters among it that no register knows.

    Raises
    ------
    UsageError
        If nobody has said yet which day it describes and what its kinds are.
    """
    if SAID not in contribution.mapping:
        raise UsageError(
            "Which day this network describes, and what its kinds are, has not been said yet.",
            advice="Open the file’s page and say it there.",
        )
    said = contribution.mapping[SAID]
    read = network_of(contribution)
    register = register_on()
    if "organisations" in known:
        register = with_evidence(register, {"organisations": known["organisations"]})
    source = Source(
        id=f"network-{contribution.name}",
        title=f"Network “{contribution.name}”",
        publisher="local evidence",
        licence="not for publication",
        as_of=date.fromisoformat(said["day"]),
        file=contribution.file,
        sha256=hashlib.sha256(path_of(contribution.upload).read_bytes()).hexdigest(),
        rows=read.network.ties.height,
        release=read.format,
    )
    evidence = to_evidence(
        read.network,
        source=source,
        pseudonym=ring.pseudonym_of,
        register=register,
        node_kinds=said["node_kinds"],
        tie_kinds=said["tie_kinds"],
    )
    faults = Faults()
    faults.extend(read.faults)
    faults.extend(evidence.faults)
    unread = read.set_aside.with_columns(pl.lit(None, pl.String).alias("sheet"))
    return replace(
        evidence,
        faults=faults,
        set_aside=pl.concat([unread.select(evidence.set_aside.columns), evidence.set_aside]),
    )


def counts(kinds: pl.Series) -> list[tuple[str, int]]:
    """Give each kind with how often it stands, the most frequent first; empty text for no kind."""
    rows = kinds.fill_null("").value_counts().iter_rows()
    return sorted(rows, key=lambda row: (-row[1], row[0]))
