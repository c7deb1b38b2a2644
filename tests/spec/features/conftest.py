"""How the worked cases ask for a figure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from hedgerow.landscape.finding import Finding
from hedgerow.landscape.indicators import INDICATORS
from hedgerow.landscape.landscape import Landscape
from hedgerow.landscape.lens import Lens
from hedgerow.landscape.phases import Phase
from hedgerow.localities.declared import load
from tests.made_up import MadeUp
from tools.made_up_facts import region_landscape

Measure = Callable[..., Finding]


@pytest.fixture(scope="session")
def made_up_region(tmp_path_factory: pytest.TempPathFactory) -> Landscape:
    """Give the made-up region of City, Town and Shire with all its local evidence."""
    return region_landscape(tmp_path_factory.mktemp("region"))


@pytest.fixture(scope="session")
def measure() -> Measure:
    """Give one figure of a made-up place, by default its authority la:001, primary schools."""
    load()

    def measured(
        place: MadeUp,
        identifier: str,
        lens: Lens | None = None,
        *,
        phase: Phase = "primary",
        on: date | None = None,
    ) -> Finding:
        here = place.landscape().through(lens or Lens.authority("la:001"), phase=phase, on=on)
        return INDICATORS[identifier].measure(here)

    return measured
