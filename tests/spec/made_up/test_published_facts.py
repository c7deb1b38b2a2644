"""The made-up localities show what the study publishes of its three, whatever the seed."""

from __future__ import annotations

import pytest

from hedgerow.fieldbook.made_up.seed import DEFAULT_SEED
from tools.made_up_facts import PAGE, hold, page, region_landscape


@pytest.mark.parametrize("seed", [DEFAULT_SEED, 1, 2])
def test_every_published_fact_is_met(tmp_path, seed):
    held = hold(region_landscape(tmp_path, seed))
    missed = [f"{one.fact['id']}: {one.value:.3g}, {one.aim}" for one in held if not one.is_met]
    assert not missed
    if seed == DEFAULT_SEED:
        assert page(held) == PAGE.read_text(encoding="utf-8"), "run tools/made_up_facts.py"
