"""What a profile loads, and what it does not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ASK = """
import sys
from hedgerow.landscape.lens import Lens
from hedgerow.localities.profile import profile
from tests.made_up import brambleford
profile(brambleford().landscape(), Lens.authority("la:001"))
print(sorted(one for one in ("scipy", "statsmodels", "altair", "shapely") if one in sys.modules))
"""


def test_a_profile_of_one_place_loads_nothing_heavy():
    root = Path(__file__).resolve().parents[3]
    done = subprocess.run(
        [sys.executable, "-c", ASK], capture_output=True, text=True, check=True, cwd=root
    )
    assert done.stdout.strip() == "[]", "seconds at every start: import it where it is used"
