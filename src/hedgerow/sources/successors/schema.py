"""Layout of the links between establishments, and what each official type of link means."""

from __future__ import annotations

from hedgerow.sources.tabular import Release

SOURCE = "GIAS predecessor and successor links"
OPTION = "--successors"
TITLE = "Get Information about Schools: links between establishments"

ESTABLISHMENT_LINKS = Release(
    id="successors-2023",
    title="links between establishments, links_edubasealldataYYYYMMDD.csv",
    columns={"urn": "URN", "other_urn": "LinkURN", "type": "LinkType"},
    optional={"established": "LinkEstablishedDate", "other_name": "LinkName"},
)

RELEASES = (ESTABLISHMENT_LINKS,)

PLAIN = "succeeded"
LINK_TYPES: dict[str, tuple[str, str]] = {
    "Predecessor": ("predecessor", PLAIN),
    "Predecessor - merged": ("predecessor", "merged"),
    "Predecessor - amalgamated": ("predecessor", "amalgamated"),
    "Predecessor - Split School": ("predecessor", "split"),
    "Successor": ("successor", PLAIN),
    "Successor - merged": ("successor", "merged"),
    "Successor - amalgamated": ("successor", "amalgamated"),
    "Successor - Split School": ("successor", "split"),
    # as they were called before 2017
    "Parent": ("predecessor", PLAIN),
    "Parent - merged": ("predecessor", "merged"),
    "Parent - Split School": ("predecessor", "split"),
    "Child": ("successor", PLAIN),
    "Child - Split School": ("successor", "split"),
}
"""What the linked establishment is to the one whose row it is, and in what way.

Links of other types (sixth form centres, expansions, changes of age range, closures) do not say
which of the two came first.
"""
