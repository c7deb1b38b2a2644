"""How the worked cases ask for a figure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from fnmatch import filter as matching

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
def asked_for() -> set[str]:
    """Indicators that the running test has measured through `measure`."""
    return set()


@pytest.fixture(autouse=True)
def _works_what_it_says(request: pytest.FixtureRequest, asked_for: set[str]) -> Iterator[None]:
    """Hold a test to the indicators that it is marked as working, since their pages quote it."""
    asked_for.clear()
    yield
    named = [name for one in request.node.iter_markers("works") for name in one.args]
    unasked = [name for name in named if not matching(asked_for, name)]
    # of several cases in one test, each may work some of the indicators
    is_whole = not hasattr(request.node, "callspec")
    assert not unasked or (not is_whole and len(unasked) < len(named)), (
        f"it is marked as working {', '.join(unasked)}, and measures only {sorted(asked_for)}"
    )


@pytest.fixture(scope="session")
def measure(asked_for: set[str]) -> Measure:
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
        asked_for.add(identifier)
        declared = INDICATORS[identifier]
        seen_through = lens or Lens.authority("la:001")
        found = declared.measure(place.landscape().through(seen_through, phase=phase, on=on))
        for part, is_there in (("Interval", found.interval), ("Chance", found.chance)):
            assert not is_there or f" {part}: " in declared.formula, (
                f"{identifier}: say in its formula how this comes about, “{part}: …”"
            )
        needed = with_what_is_needed(place, declared.needs)
        if found.is_measured and needed.rows != place.rows:
            again = declared.measure(needed.landscape().through(seen_through, phase=phase, on=on))
            assert (again.value, again.n) == (found.value, found.n), (
                f"{identifier} changes with evidence that it does not say it needs (`needs`)"
            )
        return found

    return measured


FOUNDATION = ("organisations", "schools", "areas", "postcodes", "persons", "ties")
"""Tables of which every figure may read something."""


def with_what_is_needed(place: MadeUp, needs: tuple[str, ...]) -> MadeUp:
    """Give the place without evidence, and without observations, that an indicator does not name
    among its needs."""
    named = {need.partition(".")[0] for need in needs}
    left = MadeUp(as_of=place.as_of, earliest=place.earliest)
    left.rows = {
        table: [
            row
            for row in rows
            if table != "observations" or f"observations.{row['measure']}" in needs
        ]
        for table, rows in place.rows.items()
        if table in (*FOUNDATION, *named)
    }
    return left
