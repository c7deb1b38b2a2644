"""Places nobody draws on a map: a few schools of a list, one trust, one cluster. Whatever is asked
of them is answered: with a figure that lies in its interval, or with why there is none."""

from __future__ import annotations

import math
import random
from datetime import date

import pytest

from hedgerow.landscape.errors import UnknownPlaceError
from hedgerow.landscape.finding import Finding
from hedgerow.landscape.lens import Lens
from hedgerow.localities.measuring import measured

DAYS = (date(2019, 6, 1), date(2021, 3, 1), date(2022, 7, 1))
DRAWS = 12


def drawn(region, rng):
    """Draw a place and a day on which there is something of it."""
    held = {kind: group["id"].to_list() for (kind,), group in region.organisations.group_by("kind")}
    while True:
        lens = rng.choice(
            (
                Lens.listed(rng.sample(sorted(held["school"]), rng.randint(1, 8))),
                Lens.trust(rng.choice(sorted(held["trust"]))),
                Lens.cluster(rng.choice(sorted(held["cluster"]))),
            )
        )
        try:
            return region.through(lens, on=rng.choice(DAYS), phase=rng.choice(("primary", "all")))
        except UnknownPlaceError:
            continue


@pytest.mark.parametrize("seed", range(DRAWS))
def test_every_figure_answers(made_up_region, seed):
    here = drawn(made_up_region, random.Random(seed))
    for finding in measured(here):
        if isinstance(finding, Finding) and finding.value is not None:
            ends = (finding.interval.low, finding.interval.high) if finding.interval else ()
            assert all(map(math.isfinite, (finding.value, *ends))), finding.id
            if ends:
                assert ends[0] - 1e-9 <= finding.value <= ends[1] + 1e-9, finding.id
