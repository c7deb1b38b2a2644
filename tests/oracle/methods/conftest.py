"""Every published number here names its source and how strong it is.

independent
    Another program, or a published table of it, gave the number from the same data.
shipped
    A number known by heart, on data that ship with a library.
recalled
    Number and data are both from memory of the literature: that they agree reassures, no more.
ours
    Nobody published the number; it was worked out when the measurement model was written.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

STRENGTHS = {"independent", "shipped", "recalled", "ours"}


def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    for item in items:
        if item.path.parent != Path(__file__).parent:
            continue
        mark = item.get_closest_marker("oracle")
        if mark is None or len(mark.args) != 2 or mark.args[1] not in STRENGTHS:
            raise pytest.UsageError(
                f"{item.nodeid} must be marked oracle(source, strength), strength one of "
                f"{sorted(STRENGTHS)}"
            )
