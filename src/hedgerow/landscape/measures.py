"""What can be observed, taken up, said in an interview, scored, and looked after across a place.

Apart from the tables that use these words, so that figures can use them without loading schemas.
"""

from __future__ import annotations

MEASURES: dict[str, str] = {
    "pupils": "Pupils on roll",
    "fsm_eligible": "Pupils eligible for free school meals",
    "eal_pupils": "Pupils whose first language is known or believed to be other than English",
    "imd_decile": "Decile of the area's Index of Multiple Deprivation, 1 most deprived",
    "imd_rank": "Rank of the area's Index of Multiple Deprivation, 1 most deprived",
    "ks2_maths_expected": (
        "Share of pupils reaching the expected standard in mathematics at key stage 2"
    ),
    "ks2_maths_high": "Share of pupils reaching the higher standard in mathematics at key stage 2",
    "ks2_rwm_expected": (
        "Share reaching the expected standard in reading, writing and mathematics at key stage 2"
    ),
    "ks2_maths_progress": "Progress score in mathematics from key stage 1 to key stage 2",
    "inspection_grade": (
        "Overall effectiveness at the last graded inspection, 1 outstanding to 4 inadequate"
    ),
    "hub_capacity": "Places that a hub offers in a year",
    "schools_in_link_records": (
        "Open establishments of any kind tied to the trust in the group link records"
    ),
    "ties_asked": "1 where the school was asked whom it turns to, whether or not it named anyone",
}
"""The measures known so far, with what each is."""

ITEM_KINDS = ("practice", "tool", "routine")
"""The columns of the report's figure 5.2."""

MATTERS: dict[str, tuple[str, ...]] = {
    "local": (
        "own school",
        "neighbouring schools",
        "town or district",
        "authority area",
        "trust",
        "hub network",
        "online group",
    ),
    "scale": ("ground-up", "middle-out", "top-down"),
    "coherence": ("fragmented", "mostly fragmented", "mostly coherent", "coherent"),
}
"""What interviews are coded for, each with its codes; those of coherence rise."""

SCORED_LEVELS = ("expert", "maths lead", "staff", "classroom")
"""Levels of a cascade, from the source of expertise to where it is used."""

OVERSIGHT_TASKS = (
    "looks at patterns of attainment across the schools",
    "finds out what professional learning schools need in common",
    "knows which schools take part in what",
    "brings those together who can act on it",
    "can challenge a school that takes no part",
    "looks at what came of it",
)
"""What somebody would have to do for a place to have oversight."""
