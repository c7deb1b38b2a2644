"""What is unusual here: findings beside what chance alone would give."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import polars as pl

from hedgerow.reporting.drawing import Drawing
from hedgerow.reporting.entries import source_titles
from hedgerow.reporting.pictures.picture import Key, Picture
from hedgerow.reporting.pictures.rows import Range, ranges
from hedgerow.reporting.scales import Axis
from hedgerow.reporting.table import Column, Table
from hedgerow.reporting.wording import against_chance, chance_text, value_text

if TYPE_CHECKING:
    from hedgerow.landscape.finding import Finding
    from hedgerow.localities.profile import Profile

_COLUMNS = (
    Column("label", "figure"),
    Column("value", "here", "share"),
    Column("low", "at least", "share"),
    Column("high", "at most", "share"),
    Column("expected", "by chance", "share"),
    Column("expected_low", "by chance, at least", "share"),
    Column("expected_high", "by chance, at most", "share"),
    Column("beside", "here there is"),
)
_WORDS = {0.0: "0", 0.25: "25%", 0.5: "50%", 0.75: "75%", 1.0: "100%"}


def chance_picture(profile: Profile, feature: str) -> Picture | None:
    """Give the picture of a feature's shares beside their null expectation; None where it has
    none."""
    found = [
        one
        for one in profile.findings
        if one.indicator.feature == feature
        and one.is_measured
        and one.indicator.unit == "share"
        and one.chance is not None
        and one.chance.low is not None
        and one.chance.high is not None
    ]
    if not found:
        return None
    rows = pl.DataFrame([_row(one) for one in found], infer_schema_length=None)
    titles = source_titles(profile.here.whole.sources)
    used = {source: None for one in found for source in one.sources}
    return Picture(
        id=f"chance-{feature.replace('_', '-')}",
        title=_title(found),
        description="For each figure a dot at its value, a line over its interval where it has "
        "one, and behind them "
        "the band in which 95 in 100 random landscapes fall.",
        caveat="Outside the band is unusual; it is neither good nor bad. Each figure's own "
        "method says what was "
        "shuffled and what was kept.",
        sources=tuple(titles.get(one, one) for one in used),
        as_of=found[0].as_of,
        table=Table(f"chance-{feature.replace('_', '-')}", "Figures beside chance", _COLUMNS, rows),
        draw=partial(_draw, rows),
        keys=(
            Key("circle", "hedge", "here"),
            Key("band", "rule", "what chance would give, 95 in 100"),
        ),
    )


def _title(found: list[Finding]) -> str:
    unusual = [one for one in found if not against_chance(one).startswith("no more")]
    if len(found) == 1:
        return f"{found[0].indicator.label}: {against_chance(found[0])}"
    if not unusual:
        return f"None of {len(found)} figures differs from what chance would give"
    verb = "differs" if len(unusual) == 1 else "differ"
    return f"{len(unusual)} of {len(found)} figures {verb} from what chance would give"


def _row(one: Finding) -> dict[str, object]:
    if one.chance is None:
        raise ValueError(f"{one.id} has nothing to compare with")
    return {
        "label": one.indicator.label,
        "value": one.value,
        "low": one.interval.low if one.interval else None,
        "high": one.interval.high if one.interval else None,
        "expected": one.chance.expected,
        "expected_low": one.chance.low,
        "expected_high": one.chance.high,
        "beside": against_chance(one),
        "said": value_text(one),
        "title": f"{one.indicator.label}: {value_text(one)}; by chance {chance_text(one)}",
    }


def _draw(rows: pl.DataFrame, width: int) -> Drawing:
    drawn = [
        Range(
            label=row["label"],
            said=row["said"],
            value=row["value"],
            low=row["low"],
            high=row["high"],
            expected=row["expected"],
            expected_low=row["expected_low"],
            expected_high=row["expected_high"],
            title=row["title"],
        )
        for row in rows.iter_rows(named=True)
    ]
    axis = Axis(0.0, 1.0, 0, 1)
    return ranges(drawn, width, (axis.low, axis.high), _WORDS)
