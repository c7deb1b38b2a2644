"""The time that a whole profile of a made-up locality takes, local evidence and chance included."""

from __future__ import annotations

import os
import tempfile
from functools import partial
from pathlib import Path

from bench.planted import landscapes
from bench.timing import Timing, seconds
from hedgerow.fieldbook.made_up.plan import STUDY_DAY
from hedgerow.fieldbook.made_up.seed import DEFAULT_SEED
from hedgerow.landscape.landscape import Landscape
from hedgerow.landscape.places import find_place
from hedgerow.localities.profile import Profile, profile

PLACES = ("City", "Town", "Shire")
CORES = 2


def whole_profile(landscape: Landscape, place: str) -> Profile:
    """Give every finding on a locality, with the tables that they are made into."""
    found = profile(landscape, find_place(landscape, f"authority:{place}"), on=STUDY_DAY)
    measured = sum(finding.is_measured for finding in found.findings)
    if measured < len(found.findings) / 2:
        raise AssertionError(f"only {measured} of {len(found.findings)} figures of {place}")
    return found


def made_up_timing() -> Timing:
    """Time the profile of the locality that takes longest, nothing of it worked out before."""
    if hasattr(os, "sched_setaffinity"):
        # no more cores than those for which the limit is set
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:CORES])
    took = []
    for place in ("City", *PLACES):
        # another landscape each time, as each keeps what it has worked out; the first call is
        # there to import what it needs
        with tempfile.TemporaryDirectory() as folder:
            made = landscapes(DEFAULT_SEED, Path(folder), ("all at work",))
            _, landscape = next(made)
            took.append(seconds(partial(whole_profile, landscape, place)))
    return Timing("whole profile of a made-up locality, with chance", max(took[1:]), 10, "s")
