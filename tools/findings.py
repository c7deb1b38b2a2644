"""Write the findings on types of localities anew, from the register of April 2022.

``python -m tools.findings`` builds the register from the real data beside the project; with
``--register DIR`` it takes one that is built. It types every authority, localities of 60 to 100
primary schools inside authorities, and the same across borders, and writes
docs/findings/types-of-localities.md with its figures. Takes a quarter of an hour on two cores.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from datetime import date
from pathlib import Path

from hedgerow.cli.typing_places import typed
from hedgerow.cli.typing_setting import Wanted
from hedgerow.localities.typology.answer import Answer, UnitKind
from hedgerow.reporting.pictures.picture import Picture
from hedgerow.reporting.pictures.typology import (
    continuum_picture,
    portrait_picture,
    sureness_picture,
    types_map,
)
from tools.findings_text import page
from tools.real_register import build_real_register

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "findings"
NAME = "types-of-localities"
DAYS = (date(2019, 6, 1), date(2022, 4, 25))


def answered(register: Path, unit: UnitKind, *, across: bool, draws: int, seed: int) -> Answer:
    """Type one sort of unit; every choice is tried for authorities alone."""
    print(f"Typing by {unit}{' across borders' if across else ''}", flush=True)
    return typed(
        Wanted(
            registers=(register,),
            days=DAYS if unit == "authority" else DAYS[-1:],
            unit=unit,
            across=across,
            places=None,
            phase="primary",
            draws=draws,
            seed=seed,
            multiverse=unit == "authority",
            resume=None,
            scheduler=None,
        )
    )


def pictures(answer: Answer) -> tuple[Picture, ...]:
    """Give the figures of the page."""
    found = (
        types_map(answer),
        *(portrait_picture(answer, one) for one in answer.typology.types),
        continuum_picture(answer),
        sureness_picture(answer),
    )
    return tuple(one for one in found if one is not None)


def write(register: Path, draws: int, seed: int, folder: Path = FOLDER) -> None:
    """Write the page and its figures."""
    whole = answered(register, "authority", across=False, draws=draws, seed=seed)
    inside = answered(register, "locality", across=False, draws=draws, seed=seed)
    across = answered(register, "locality", across=True, draws=draws, seed=seed)
    figures = folder / NAME
    figures.mkdir(parents=True, exist_ok=True)
    for old in figures.glob("*.svg"):
        old.unlink()
    shown = pictures(whole)
    for one in shown:
        (figures / f"{one.id}.svg").write_text(one.svg(), encoding="utf-8")
    text = page(whole, inside, across, shown, NAME)
    (folder / f"{NAME}.md").write_text(text, encoding="utf-8")


def main() -> int:
    """Write the findings; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--register", type=Path)
    parser.add_argument("--draws", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    if given.register is not None:
        write(given.register, given.draws, given.seed)
        return 0
    with tempfile.TemporaryDirectory() as made:
        write(build_real_register(Path(made)), given.draws, given.seed)
    return 0


if __name__ == "__main__":
    sys.exit(main())
