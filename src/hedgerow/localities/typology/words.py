"""What a locality is like in words: for each feature, what little and much of it mean."""

from __future__ import annotations

PHRASES: dict[str, tuple[str, str]] = {
    "maintained": (
        "few schools maintained by the authority",
        "most schools maintained by the authority",
    ),
    "single": ("few single-academy trusts", "many single-academy trusts"),
    "trusts_2_5": ("few schools in small trusts", "many schools in small trusts"),
    "trusts_6_15": ("few schools in medium trusts", "many schools in medium trusts"),
    "trusts_16_plus": ("few schools in large trusts", "many schools in large trusts"),
    "different_bodies": (
        "most schools under one governing body",
        "schools under many different bodies",
    ),
    "local_trusts": ("trusts that are not local", "local trusts"),
    "cross_regional": ("few trusts across regions", "trusts that reach across regions"),
    "compactness": ("trusts close together on the ground", "trusts spread over the ground"),
    "neighbours_beyond_chance": (
        "neighbouring schools under the same body more than by chance",
        "neighbouring schools under different bodies, as by chance or more",
    ),
    "converted_by_2012": ("academies came late", "academies came early"),
    "converted_by_2015": ("academies came late", "academies came early"),
    "converted_by_2018": ("few academies by 2018", "many academies by 2018"),
    "converted_by_2022": ("few academies by 2022", "many academies by 2022"),
    "recent": ("few conversions of late", "many conversions of late"),
    "sponsored": ("few sponsored academies", "many sponsored academies"),
    "rural": ("urban", "rural"),
    "nearest_school": ("schools close to each other", "schools far from each other"),
    "very_small": ("few very small schools", "many very small schools"),
    "inside_maths_hub": ("no Maths Hub of its own", "a Maths Hub in the place"),
    "inside_teaching_school_hub": (
        "no Teaching School Hub of its own",
        "a Teaching School Hub in the place",
    ),
    "distance_maths_hub": ("the Maths Hub near", "the Maths Hub far away"),
    "distance_teaching_school_hub": (
        "the Teaching School Hub near",
        "the Teaching School Hub far away",
    ),
}
"""By feature: in words, lower than in most localities, and higher."""


def phrase(feature: str, label: str, is_high: bool) -> str:
    """Say that a feature is higher, or lower, than in most localities."""
    if feature in PHRASES:
        return PHRASES[feature][is_high]
    return f"{'more' if is_high else 'less'} than in most: {label}"


def letters(count: int) -> tuple[str, ...]:
    """Names of types: A, B, C and on."""
    return tuple(chr(ord("A") + place) for place in range(count))
