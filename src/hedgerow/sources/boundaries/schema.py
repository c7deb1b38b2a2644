"""How publishers spell the name and the code of an area in the properties of a GeoJSON feature."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

SOURCE = "district boundaries"
OPTION = "--boundaries"
PUBLISHER = "Office for National Statistics"
LICENCE = (
    "Open Government Licence v3.0; contains OS data (c) Crown copyright and database right {year}"
)

_LEVEL = r"(?:lad|ltla|ctyua|utla|cty|ua|district)?_?(?:\d{2}|\d{4})?_?"
NAME = re.compile(_LEVEL + r"(?:nm|name)", re.IGNORECASE)
"""``name``, ``LAD24NM``, ``lad_name``, ``CTYUA23NM`` and the like; never ``LAD24NMW``, in Welsh."""

CODE = re.compile(_LEVEL + r"(?:cd|code)|gss_?code", re.IGNORECASE)
"""``LAD24CD``, ``lad_code``, ``ctyua23cd``, ``code``, ``gss_code`` and the like."""


def spelled(pattern: re.Pattern[str], properties: Iterable[Mapping[str, object]]) -> str | None:
    """Give the property that bears the name or the code, as the first feature with one spells it.

    Parameters
    ----------
    pattern : re.Pattern
        `NAME` or `CODE`.
    properties : iterable of mappings
        The properties of the features.
    """
    for features in properties:
        found = [key for key in features if pattern.fullmatch(key)]
        if found:
            # LAD24NM before a bare "name", which may be something else beside it
            return max(found, key=len)
    return None
