"""What several sheets say of a column, and what its references may point at."""

from __future__ import annotations

from hedgerow.fieldbook.sheets import Target

LAST = "Empty where it still holds"
CODE = (
    "A short code of your own, when other sheets speak of it and its name is not enough; "
    "empty otherwise"
)
WHO = "Name with place, URN or UID; or its code in the sheet Organisations"
PERSON = "Name or code, the same wherever the person stands; Hedgerow keeps only a pseudonym"
ORGANISATION: tuple[Target, ...] = ("organisation",)
PERSON_ONLY: tuple[Target, ...] = ("person",)
EITHER: tuple[Target, ...] = ("organisation", "person")
