"""The tables of a typology, for page, workbook and findings alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from hedgerow.localities.typology.describing import BLOCKS
from hedgerow.localities.typology.portraits import portraits
from hedgerow.reporting.table import Column, Table
from hedgerow.reporting.wording import day_text

if TYPE_CHECKING:
    from hedgerow.localities.typology.answer import Answer
    from hedgerow.localities.typology.transitions import Transitions

VERDICTS = {
    "types": "types",
    "patterns": "patterns in a continuum",
    "continuum": "no groups",
    "too few": "too few places",
}
_LIKE_WORDS: dict[str, str] = {
    "none": "like none of the three",
    "several": "like more than one of them",
    "not told": "too little is known",
}
_BLOCK_WORDS = {str(block): words for block, words in BLOCKS.items()} | {
    "context": "Context, which makes no type"
}


def types_table(answer: Answer) -> Table:
    """Give the types: words, a typical place, shares with ranges."""
    columns = (
        Column("type", "type"),
        Column("words", "what sets it apart"),
        Column("medoid", "most typical"),
        Column("places", "places", "count"),
        *(
            column
            for name in ("localities", "schools", "pupils")
            for column in (
                Column(f"share_of_{name}", f"share of {_of(answer, name)}", "share"),
                Column(f"{name}_low", "from", "share"),
                Column(f"{name}_high", "to", "share"),
            )
        ),
        Column("came_back", "draws it came back in", "share"),
        Column("stability", "comes back among other places", "number"),
        Column("silhouette", "silhouette", "number"),
        Column("at_edge", "at an edge", "count"),
    )
    return Table(
        "types",
        f"The {answer.word}s, with their shares and the range over draws",
        columns,
        answer.types(),
        note="“From” and “to” hold 95 of 100 of the draws in which the type came back: it and a "
        "group of the draw share more than half of what either holds. “Among other places”: mean "
        "likeness to its nearest group in resamples, from 0 to 1; below 0.6 it has dissolved. “At "
        "an edge”: as near to another type.",
    )


def _of(answer: Answer, name: str) -> str:
    return answer.units_in_words if name == "localities" else name


def short_types_table(answer: Answer) -> Table:
    """Give the shares of the types alone, each with its range in one cell."""
    whole = answer.types()
    shares = ("localities", "schools", "pupils")
    columns = (
        Column("type", answer.word),
        Column("places", "places", "count"),
        *(Column(name, f"of {_of(answer, name)}", "words") for name in shares),
        Column("came_back", "draws it came back in", "share"),
    )
    rows = whole.select(
        "type",
        "places",
        "came_back",
        *(
            pl.Series(
                name,
                [
                    with_range(*row)
                    for row in whole.select(
                        f"share_of_{name}", f"{name}_low", f"{name}_high"
                    ).rows()
                ],
                dtype=pl.String,
            )
            for name in shares
        ),
    )
    return Table(
        "types-in-short",
        f"The {answer.word}s, with their shares and the range over draws",
        columns,
        rows,
        note=f"In brackets 95 of 100 of the draws in which the {answer.word} came back: it and a "
        "group of the draw share more than half of what either holds.",
    )


def with_range(share: float | None, low: float | None, high: float | None) -> str:
    """Write a share with its range; a dash where it is not told."""
    if share is None:
        return "–"
    between = "" if low is None or high is None else f" ({low:.0%} to {high:.0%})"
    return f"{share:.0%}{between}"


def evidence_table(answer: Answer) -> Table:
    """Give what speaks for each number of groups."""
    rows = answer.evidence()
    frame = rows.with_columns(
        pl.col("verdict").replace(VERDICTS),
        pl.Series(
            "continuum",
            [
                f"{mean:.2f} (19 in 20 below {high:.2f})"
                for mean, high in rows.select("by_continuum", "continuum_95").rows()
            ],
            dtype=pl.String,
        ),
        pl.Series(
            "foretold",
            [
                f"{mean:.2f} ± {error:.2f}"
                for mean, error in rows.select("strength", "strength_error").rows()
            ],
            dtype=pl.String,
        ),
    )
    columns = (
        Column("k", "groups", "count"),
        Column("silhouette", "silhouette", "number"),
        Column("continuum", "silhouette of a continuum", "words"),
        Column("foretold", "foretold by the other half", "words"),
        Column("least_stable", "comes back", "number"),
        Column("verdict", "what they are"),
    )
    return Table(
        "evidence",
        "What speaks for each number of groups",
        columns,
        frame,
        note="Types must be above the continuum, foretold with 0.8 and come back with 0.6, the "
        "least stable of them too; patterns need not be foretold.",
    )


def places_table(answer: Answer) -> Table:
    """Give every place with its type and how surely it is of it; in order of identifier."""
    frame = answer.places().with_columns(
        pl.col("neighbours").list.join("; "), pl.col("differs_by").list.join("; ")
    )
    columns = (
        Column("name", answer_unit(answer)),
        Column("place", "identifier", "code"),
        Column("schools", "schools", "count"),
        Column("type", "type"),
        Column("how_sure", "how surely"),
        Column("share_of_draws", "share of draws", "share"),
        Column("next_type", "next type"),
        Column("next_share", "share of draws", "share"),
        Column("in_none", "in none", "share"),
        Column("neighbours", f"most often of one {answer.word} with"),
        Column("differs_by", "apart from these by"),
        Column("is_extreme", "far from all others"),
    )
    return Table(
        "places",
        f"Every place, its {answer.word} and how surely it is of it",
        columns,
        frame.sort("name"),
        note=f"In order of names. “In none”: draws in which its {answer.word} did not come back.",
    )


def answer_unit(answer: Answer) -> str:
    """What a row is called."""
    return "authority" if answer.unit == "authority" else "locality"


def portraits_table(answer: Answer) -> Table:
    """Give every feature of every type."""
    frame = portraits(answer.typology).with_columns(pl.col("block").replace(_BLOCK_WORDS))
    columns = (
        Column("type", "type"),
        Column("block", "block"),
        Column("label", "feature"),
        Column("medoid", "most typical", "number"),
        Column("type_quarter", "type, lower quarter", "number"),
        Column("type_middle", "type, middle", "number"),
        Column("type_three_quarters", "type, upper quarter", "number"),
        Column("all_quarter", "all, lower quarter", "number"),
        Column("all_middle", "all, middle", "number"),
        Column("all_three_quarters", "all, upper quarter", "number"),
        Column("deviations", "deviations from the middle", "number"),
        Column("unknown", "not known", "count"),
    )
    return Table("portraits", f"What each {answer.word} is like", columns, frame)


def multiverse_table(answer: Answer) -> Table | None:
    """Give every choice beside the answer; None where it was not asked for."""
    if answer.multiverse is None:
        return None
    columns = (
        Column("choice", "choice"),
        Column("option", "made otherwise"),
        Column("verdict", "answer"),
        Column("k", "groups", "count"),
        Column("p", "chance in a continuum", "number"),
        Column("silhouette", "silhouette", "number"),
        Column("strength", "foretold", "number"),
        Column("stability", "comes back", "number"),
        Column("agreement", "agreement on schools", "number"),
        Column("localities", "places", "count"),
    )
    return Table(
        "multiverse",
        "Every choice made otherwise, and the answer then",
        columns,
        answer.multiverse.with_columns(pl.col("verdict").replace(VERDICTS)),
        note="“Agreement”: adjusted Rand index with the main analysis over schools, each in the "
        "group of its place: 1 is the same, 0 what chance gives; a dash where either has no "
        "groups, or they share no school.",
    )


def resemblance_table(answer: Answer) -> Table | None:
    """Give how common places like the study's three are, all of them together."""
    if answer.resemblance is None:
        return None
    rows = [
        {
            "like": _LIKE_WORDS.get(name, f"like {name} only"),
            "places": "withheld" if told.is_withheld else told.in_words,
            "share": with_range(told.share, told.low, told.high),
            "schools": told.schools,
            "pupils": told.pupils,
        }
        for name, told in answer.resemblance.like.items()
    ]
    columns = (
        Column("like", "as far as the published facts tell"),
        Column("places", "places", "words"),
        Column("share", f"of {answer.units_in_words}", "words"),
        Column("schools", "of schools", "share"),
        Column("pupils", "of pupils", "share"),
    )
    schema = {
        column.name: pl.Float64 if column.kind == "share" else pl.String for column in columns
    }
    return Table(
        "resemblance",
        "How common places like the study's three are",
        columns,
        pl.DataFrame(rows, schema=schema),
        note="Counts of all places together; in brackets 95 of 100 draws of schools. That a "
        "place fits the published facts says nothing of "
        "whether it is one of the three, and no place is named here. Withheld: fewer than five, or "
        "what would tell such a count.",
    )


def resemblance_choices_table(answer: Answer) -> Table | None:
    """Give the same shares with other choices; None where they were not tried."""
    if answer.resemblance is None or not answer.resemblance_otherwise:
        return None
    rows = [
        {
            "wording": one.wording,
            "tolerance": one.tolerance,
            **{
                name: "withheld" if told.share is None else f"{told.share:.0%}"
                for name, told in one.like.items()
            },
        }
        for one in (answer.resemblance, *answer.resemblance_otherwise)
    ]
    columns = (
        Column("wording", "facts as the"),
        Column("tolerance", "places left aside", "share"),
        *(
            Column(name, _LIKE_WORDS.get(name, f"like {name} only"), "words")
            for name in answer.resemblance.like
        ),
    )
    return Table(
        "resemblance-otherwise",
        f"The same shares of {answer.units_in_words} with other choices",
        columns,
        pl.DataFrame(rows),
        note="“Places left aside”: the share of places that would be called unlike the one most "
        "like them; at 0% every fact must hold.",
    )


def movers_table(answer: Answer) -> Table:
    """Give the kinds of mover, all places together."""
    columns = (
        Column("kind", "kind"),
        Column("places", "places", "count"),
        Column("share", f"share of {answer.units_in_words}", "share"),
        Column("schools", "share of schools", "share"),
    )
    return Table(
        "movers",
        "How places came to be as they are, in the blog's words",
        columns,
        answer.movers(),
        note="A place may be of two kinds. A dash stands for fewer than five places.",
    )


def transitions_table(answer: Answer, moves: Transitions) -> Table:
    """Give how many places were nearest to each type on one date and on the last."""
    rows = []
    for place, letter in enumerate(moves.letters):
        row: dict[str, object] = {"was": f"nearest to {letter}"}
        for other, name in enumerate(moves.letters):
            count, low, high = (
                int(table[place, other]) for table in (moves.counts, moves.low, moves.high)
            )
            row[name] = f"{count} ({low}–{high})"
        rows.append(row)
    columns = (
        Column("was", day_text(moves.first)),
        *(
            Column(name, f"nearest to {name} on {day_text(moves.last)}", "words")
            for name in moves.letters
        ),
    )
    features = len(moves.features)
    return Table(
        f"moves-{moves.first.isoformat()}",
        f"From {day_text(moves.first)} to {day_text(moves.last)}",
        columns,
        pl.DataFrame(rows),
        note=f"{moves.moved:.0%} ({moves.moved_low:.0%} to {moves.moved_high:.0%} over draws of "
        f"schools) are nearest to another {answer.word} than before. Compared by the {features} "
        f"features measured on both days; by these alone {moves.kept_type:.0%} of places lie where "
        "all features put them"
        + (f"; {moves.not_compared} not compared." if moves.not_compared else "."),
    )


def left_out_table(answer: Answer) -> Table:
    """Give what is not typed, and why."""
    rows = [
        {"name": one.name, "schools": one.schools, "reason": one.reason} for one in answer.left_out
    ]
    columns = (
        Column("name", "name"),
        Column("schools", "schools", "count"),
        Column("reason", "why"),
    )
    schema = {"name": pl.String, "schools": pl.Int64, "reason": pl.String}
    return Table("left-out", "Not typed", columns, pl.DataFrame(rows, schema=schema))


def continuum_table(answer: Answer) -> Table:
    """Give the directions along which places differ: how each feature runs with them."""
    typology = answer.typology
    count = max(1, min(typology.directions, 4))
    shares = typology.continuum.shares
    frame = pl.DataFrame(
        {
            "feature": [typology.table.features[place].label for place in typology.entered.columns],
            **{
                f"d{one + 1}": typology.continuum.loadings[one].tolist()
                for one in range(min(count, len(shares)))
            },
        }
    )
    columns = (
        Column("feature", "feature"),
        *(
            Column(f"d{one + 1}", f"direction {one + 1} ({shares[one]:.0%})", "number", 2)
            for one in range(min(count, len(shares)))
        ),
    )
    return Table(
        "continuum",
        "The directions along which places differ",
        columns,
        frame,
        note="Correlation of each feature with each direction; in brackets the share of all "
        "differences that lies along it. "
        f"{typology.directions} directions are more than noise.",
    )
