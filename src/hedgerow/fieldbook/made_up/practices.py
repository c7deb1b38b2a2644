"""Practices, tools and routines that schools take up, adapt, blend and drop; and the stances of
their trusts.
"""

from __future__ import annotations

from datetime import date

import numpy as np

from hedgerow.fieldbook.made_up.learning import SOURCE, Learning
from hedgerow.fieldbook.made_up.plan import AUTHORITIES, STUDY_DAY
from hedgerow.fieldbook.made_up.schools import School
from hedgerow.fieldbook.made_up.terms import recorded_terms
from hedgerow.fieldbook.made_up.trusts import Trust

SCHEMES = ("Meadow Maths", "Ladder Maths", "Bright Steps", "Number Garden")
"""Invented schemes; the first is the one that hubs point to, and the most widespread."""
ITEMS: tuple[tuple[str, str, float, bool], ...] = (
    ("teaching for mastery", "practice", 0.9, True),
    ("little within-class differentiation", "practice", 0.1, True),
    ("teacher-led whole-class instruction", "practice", 0.3, True),
    ("emphasis on reasoning", "practice", 0.2, True),
    ("interleaving", "practice", -0.6, False),
    ("same-day catch-up", "practice", -0.4, False),
    ("bar models", "tool", 0.3, True),
    ("manipulatives", "tool", 0.8, True),
    ("hinge questions", "tool", -0.5, False),
    ("lesson planning template", "tool", -0.2, False),
    ("lesson study", "routine", -1.5, True),
    ("teacher research group", "routine", -1.3, True),
    ("peer review", "routine", -0.7, False),
    ("learning walks", "routine", 1.1, False),
    ("book looks", "routine", 1.3, False),
    ("instructional coaching", "routine", -0.4, False),
    ("moderation", "routine", 0.9, False),
)
"""Item, kind, how common it is (log odds), and whether hubs spread it."""


def take_up(
    schools: list[School], trusts: list[Trust], learning: Learning, rng: np.random.Generator
) -> list[dict[str, object]]:
    """Give the adoptions of the three localities' primaries as rows.

    A trust has likings of its own and presses them as far as it standardises; hubs spread theirs to
    the schools that work with them; the rest is the school's own doing. One school in twelve was
    never asked.
    """
    liking = {t.number: rng.normal(0, 1, size=len(ITEMS)) for t in trusts}
    favourite = {t.number: str(rng.choice(SCHEMES, p=(0.3, 0.25, 0.25, 0.2))) for t in trusts}
    rows: list[dict[str, object]] = []
    for school in schools:
        if (
            school.phase != "Primary"
            or school.authority not in AUTHORITIES[:3]
            or rng.random() < 1 / 12
        ):
            continue
        number = school.trust_on(STUDY_DAY)
        trust = trusts[number] if number is not None else None
        press = trust.standardisation if trust and len(trust.members) > 1 else 0.0
        terms = [t.label for t in recorded_terms() if t.start < STUDY_DAY]
        with_hub = sum(
            any(p.startswith("mh:") for p in learning.engaged.get((school.number, label), ()))
            for label in terms
        ) / len(terms)
        rows += _scheme(school, trust, press, with_hub, favourite, rng)
        for index, (item, kind, common, from_hub) in enumerate(ITEMS):
            score = common + 1.6 * with_hub * from_hub + rng.normal(0, 0.6)
            if trust is not None:
                score += 3.2 * press * liking[trust.number][index]
            is_used = bool(rng.random() < 1 / (1 + np.exp(-score)))
            through = "mh" if from_hub and with_hub > 0.3 and rng.random() < 0.5 else None
            rows.append(_row(school, item, kind, is_used, press, through, trust, rng))
    return rows


def _scheme(
    school: School,
    trust: Trust | None,
    press: float,
    with_hub: float,
    favourite: dict[int, str],
    rng: np.random.Generator,
) -> list[dict[str, object]]:
    # trusts mostly buy one scheme for their schools, also those that prescribe little else
    if trust is not None and press > 0 and rng.random() < 0.3 + 0.8 * press:
        chosen = favourite[trust.number]
    else:
        weight = np.array([0.36 + 0.5 * with_hub, 0.24, 0.22, 0.18])
        chosen = str(rng.choice(SCHEMES, p=weight / weight.sum()))
    rows = [
        _row(
            school,
            chosen,
            "tool",
            True,
            press,
            "mh" if chosen == SCHEMES[0] and with_hub > 0.3 else None,
            trust,
            rng,
        )
    ]
    others = [scheme for scheme in SCHEMES if scheme != chosen]
    dropped = str(rng.choice(others)) if rng.random() < 0.18 else None
    for scheme in others:
        if scheme == dropped:
            rows.append(
                {
                    **_row(school, scheme, "tool", True, press, None, trust, rng),
                    "form": "abandoned",
                    "start": date(2015, 9, 1),
                    "end": date(int(rng.integers(2018, 2022)), 7, 31),
                }
            )
        else:
            rows.append(_row(school, scheme, "tool", False, press, None, trust, rng))
    return rows


def _row(
    school: School,
    item: str,
    kind: str,
    is_used: bool,
    press: float,
    through: str | None,
    trust: Trust | None,
    rng: np.random.Generator,
) -> dict[str, object]:
    # one of the six schools visited in Town followed its scheme closely, none in City (report,
    # overviews); a trust that standardises mostly has its schools use its own version of a tool
    closely = 0.1 + 0.4 * press
    form = str(
        rng.choice(
            ["adopted", "adapted", "blended"],
            p=(closely, (1 - closely) * 0.65, (1 - closely) * 0.35),
        )
    )
    hub = {"982": "mh:westering", "981": "mh:larksong"}.get(school.authority.code, "mh:easting")
    return {
        "school": school.id_on(STUDY_DAY),
        "item": item,
        "number": 0,
        "item_kind": kind,
        "is_scheme": item in SCHEMES,
        "is_used": is_used,
        "form": form if is_used else None,
        "start": date(int(rng.integers(2015, 2021)), 9, 1) if is_used else None,
        "end": None,
        "through": hub
        if through and is_used
        else trust.id
        if trust and is_used and press > 0.6
        else None,
        "source": SOURCE,
    }


def stances(trusts: list[Trust], rng: np.random.Generator) -> list[dict[str, object]]:
    """Give two coders' judgements of each larger trust's stance on its boundary and on
    standardisation, as rows.
    """
    rows: list[dict[str, object]] = []
    for trust in trusts:
        if len(trust.members) < 3:
            continue
        for dimension, level in (
            ("boundary", trust.boundary),
            ("standardisation", trust.standardisation),
        ):
            for coder in ("coder A", "coder B"):
                judged = float(np.clip(level + rng.normal(0, 0.06), 0, 1))
                rows.append(
                    {
                        "id": f"stance:{len(rows) + 1:04d}",
                        "organisation": trust.id,
                        "dimension": dimension,
                        "level": round(judged, 2),
                        "date": date(2022, 3, 1),
                        "evidence": "interview with a system leader",
                        "coder": coder,
                        "source": SOURCE,
                    }
                )
    return rows
