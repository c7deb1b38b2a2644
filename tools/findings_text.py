"""The words of the findings on types of localities, filled with what was found."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from hedgerow.localities.typology.answer import CANNOT_SAY, Answer
from hedgerow.localities.typology.describing import BLOCKS
from hedgerow.localities.typology.draws import AT_EASE
from hedgerow.localities.typology.trajectories import DEFINITIONS
from hedgerow.reporting.pictures.picture import Picture
from hedgerow.reporting.typology_report import (
    consensus_in_words,
    extremes_in_words,
    second_in_words,
)
from hedgerow.reporting.typology_tables import (
    evidence_table,
    left_out_table,
    movers_table,
    multiverse_table,
    resemblance_choices_table,
    resemblance_table,
    short_types_table,
    transitions_table,
)
from hedgerow.reporting.wording import day_text
from tools.findings_markdown import cell_text, figure_markdown, table_markdown

HALF = 0.5


def page(
    whole: Answer, inside: Answer, across: Answer, pictures: Sequence[Picture], folder: str
) -> str:
    """Give the page in Markdown.

    Parameters
    ----------
    whole, inside, across : Answer
        Of authorities, of localities inside them, and of localities across borders.
    pictures : sequence of Picture
        Figures of authorities, kept as SVG in the folder.
    folder : str
    """
    figures = {one.id: figure_markdown(one, folder) for one in pictures}
    portraits = "\n\n".join(text for name, text in figures.items() if name.startswith("portrait"))
    parts = (
        _head(whole),
        _in_short(whole, inside, across),
        _cannot(),
        _method(whole),
        "## Are there kinds of authority?\n",
        whole.verdict_in_words,
        table_markdown(evidence_table(whole)),
        second_in_words(whole),
        _types(whole),
        figures.get("types-map", ""),
        portraits,
        extremes_in_words(whole),
        "## The continuum\n",
        figures.get("continuum", ""),
        _scale(whole, inside, across),
        _ways(whole),
        _three(whole, inside, across),
        _sure(whole, figures.get("sureness", "")),
        _change(whole),
        _again(whole),
    )
    return "\n\n".join(part.strip() for part in parts if part.strip()) + "\n"


def _head(whole: Answer) -> str:
    return f"""# What kinds of locality there are, how they got there, and how sure that is

*Written by `make findings` from the register of {day_text(whole.on)}; every number on this page is
put in by that command. Edit `tools/findings_text.py`, not this page.*

## The question

The study's seventh blog post (`equalls2022`) ends on questions that three cases cannot answer: are
City, Town and Shire representative of places of their size, what share of localities is like each,
and are there other kinds, or more extreme ones? It also names three ways in which places changed:
first mover, recent mover, assimilator. Here the same is asked of all of England's primary schools,
from open data, with the uncertainty in each answer."""


def _share_like(answer: Answer, name: str) -> str:
    if answer.resemblance is None:
        return "not told"
    told = next(one for key, one in answer.resemblance.like.items() if key == name)
    if told.share is None or told.low is None or told.high is None:
        return "withheld"
    return f"{told.share:.0%} ({told.low:.0%} to {told.high:.0%})"


def _in_short(whole: Answer, inside: Answer, across: Answer) -> str:
    sure = whole.sure.share_sure(whole.typology)
    lines = [
        f"**Authorities.** {whole.verdict_in_words}",
        f"**Localities of the study's size** ({_count(inside)} of 60 to 100 primary schools inside "
        f"authorities, {_whole(inside)} of them authorities too small to be parted, which stand "
        f"whole). {inside.verdict_in_words}",
        f"**The same across borders** ({_count(across)}). {across.verdict_in_words}",
        "**Like none of the three**, as far as the published facts tell: "
        f"{_share_like(whole, 'none')} of authorities, {_share_like(inside, 'none')} of localities "
        f"inside them, {_share_like(across, 'none')} of localities across borders.",
    ]
    lines.append(
        f"**Unlike any other.** {len(whole.typology.extremes)} authorities lie further from all "
        "others than nineteen in twenty do; they are named below."
    )
    if sure is not None:
        text = (
            f"**How surely.** {sure:.0%} of authorities are in their own group in {AT_EASE:.0%} or "
            "more of the draws."
        )
        if sure < HALF:
            text += (
                " To say of one place that it is of a kind is, for most places, to say more than "
                "is known."
            )
        lines.append(text)
    for moves in whole.transitions:
        lines.append(
            f"**Moves.** Between {day_text(moves.first)} and {day_text(moves.last)} "
            f"{moves.moved:.0%} ({moves.moved_low:.0%} to {moves.moved_high:.0%}) of authorities "
            f"came to lie nearest to another {whole.word}."
        )
    return "## The answer in short\n\n" + "\n".join(f"- {one}" for one in lines)


def _whole(answer: Answer) -> int:
    """How many localities are authorities that are smaller than was asked for."""
    return sum(not unit.is_within_bounds for unit in answer.typology.table.units)


def _count(answer: Answer) -> int:
    return int(answer.typology.entered.rows.size)


def _cannot() -> str:
    return (
        "## What open data cannot say\n\n"
        + "\n".join(f"- {one}" for one in CANNOT_SAY)
        + (
            "\n\nSo a kind of place is here a kind of structure. The study's three are kinds of "
            "*landscape*: what happens on such a structure."
        )
    )


def _method(whole: Answer) -> str:
    table = whole.typology.table
    used = [table.features[place] for place in whole.typology.entered.columns]
    features = "\n".join(
        f"| {words} | {'; '.join(one.label.lower() for one in used if one.block == block)} |"
        for block, words in BLOCKS.items()
    )
    count = whole.typology.count
    unused = ", ".join(f"`{name}`" for name in whole.typology.entered.unused)
    left = len(whole.left_out)
    out = f" {left} are not typed:\n\n{table_markdown(left_out_table(whole))}" if left else ""
    return f"""## Method in a page

**Units.** {_count(whole)} authorities with five primary schools or more.{out}

Two of the study's localities are parts of authorities, so localities of 60 to 100 primary schools
are made too, of schools that lie together, never by who governs them
([decision 0070](../decisions/0070-units-and-features-of-the-typology.md)).

**Features**, each part of a declared indicator with its caveats
([indicators](../reference/indicators.md)):

| block | features |
|---|---|
{features}

Not used, as it is measured for fewer than half of the places: {unused or "none"}. Deprivation, free
school meals, attainment and the like describe kinds and do not make them.

**Distance.** Shares of a composition as square roots, distances as logarithms; each feature by its
median and median deviation, held within three; features of a block that say nearly the same share
their weight; the four blocks have an equal say.

**Are there kinds?** Groups around typical places (k-medoids, `kaufman1990`), two to eight of them.
Before any is believed, the same is done to {count.nulls} made-up sets of places that lie in one
continuum with the same correlations and each feature single-peaked (`hartigan1985`): groups must be
further apart than 98 in 100 of those (silhouette, `rousseeuw1987`). Then half of the places must
foretell the groups of the other half (prediction strength of 0.8, `tibshirani2005`) and groups must
come back when places are drawn anew (Jaccard of 0.6, `hennig2007`). Groups that pass all three are
**types**; those that come back without being foretold are **patterns in a continuum**; else there
are none. A mixture of Gaussian clouds with BIC (`fraley2002`) is the second opinion.

**How sure.** {whole.sure.draws.height} draws, each with schools drawn anew in every place, blocks
weighed by chance, a feature left out, one type more or fewer, and on one of
{len(whole.near) + 1} days. A type has come back in a draw when it and a group of the draw share
more than half of what either holds. Then every choice is made otherwise, one at a time.

What is pre-registered, and what was decided on the way, stands in decisions
[0070](../decisions/0070-units-and-features-of-the-typology.md) and
[0071](../decisions/0071-types-patterns-or-a-continuum.md). On made-up registers with planted kinds
and with none, how often the method errs is counted by `python -m bench.typology`."""


def _types(whole: Answer) -> str:
    if not whole.typology.types:
        return ""
    lines = "\n".join(
        f"- **{one.letter}**, such as {whole.typology.table.units[one.medoid].name}: "
        f"{one.in_words}."
        for one in whole.typology.types
    )
    return f"### What they are\n\n{lines}\n\n{table_markdown(short_types_table(whole))}"


def _scale(whole: Answer, inside: Answer, across: Answer) -> str:
    rows = []
    for words, answer in (
        ("authorities", whole),
        ("localities inside authorities", inside),
        ("localities across borders", across),
    ):
        count = answer.typology.count
        best = count.chosen or max(count.evidence, key=lambda one: one.gap)
        rows.append(
            {
                "unit": words,
                "places": _count(answer),
                "answer": answer.typology.verdict,
                "k": count.chosen.k if count.chosen else None,
                "p": f"{count.p:.3f}",
                "silhouette": f"{best.silhouette:.2f}",
                "strength": f"{best.strength.mean:.2f}",
            }
        )
    text = pl.DataFrame(rows)
    heads = (
        "unit",
        "places",
        "answer",
        "groups",
        "chance in a continuum",
        "silhouette",
        "foretold",
    )
    body = "\n".join(
        f"| {' | '.join(cell_text(cell) for cell in row)} |" for row in text.iter_rows()
    )
    return f"""## What changes with the unit

| {" | ".join(heads)} |
|{"---|" * len(heads)}
{body}

{_scale_words(whole, inside)} The patterns of authorities are in part patterns of what an authority
is: cities that are one authority, shires that hold towns. An authority is not a locality."""


def _scale_words(whole: Answer, inside: Answer) -> str:
    if whole.typology.types and not inside.typology.types:
        return (
            "At the size in which the study worked the patterns of authorities dissolve: its "
            "localities lie in a continuum."
        )
    if whole.typology.verdict == inside.typology.verdict:
        return "The answer is of the same sort at both scales."
    return "The answer is of another sort at the size in which the study worked."


def _ways(whole: Answer) -> str:
    moves = "\n\n".join(table_markdown(transitions_table(whole, one)) for one in whole.transitions)
    kinds = "\n".join(f"- *{kind}*: {words}" for kind, words in DEFINITIONS.items())
    return f"""## How places got there

{moves}

The first date is seen through the register of {day_text(whole.on)}, with schools put back under
their older numbers ([decision 0061](../decisions/0061-earlier-schools-put-back.md)) and with link
records of 2017 and 2019: trusts that schools left before those days are not seen.

The blog's words, made into rules of structure:

{kinds}

{table_markdown(movers_table(whole))}

Places that fit no kind are no exception: the words were made for three places."""


def _three(whole: Answer, inside: Answer, across: Answer) -> str:
    parts = []
    for words, answer in (
        ("Authorities", whole),
        ("Localities inside authorities", inside),
        ("Localities across borders", across),
    ):
        table = resemblance_table(answer)
        parts.append(
            f"**{words}**\n\n{table_markdown(table)}"
            if table
            else f"**{words}**: not told. {answer.why_no_resemblance}"
        )
    choices = resemblance_choices_table(whole)
    largest = [
        answer.resemblance.largest for answer in (whole, inside, across) if answer.resemblance
    ]
    expected = (
        "As was expected beforehand, since all three have far fewer maintained schools than "
        "England's 63 per cent, “like none” is the largest group at every scale."
        if largest and set(largest) == {"none"}
        else "Beforehand “like none” was expected to be the largest group; it is not at every "
        "scale."
    )
    shares = "\n\n".join(parts)
    return f"""## How common are places like City, Town and Shire

The study publishes a few facts of each: shares of schools maintained, numbers of trusts, early or
recent conversions, hubs inside or not. Places are set beside these as intervals. The three are
anonymised: this is told of all places together, and no place is named, ordered or set beside one of
them.

{shares}

{expected} The facts are few, and two texts of the study differ on some of them, so that these
shares are of the order of “most” and “few”:

{table_markdown(choices) if choices else ""}"""


def _sure(whole: Answer, figure: str) -> str:
    table = multiverse_table(whole)
    return f"""## How sure are we

{whole.sureness_in_words} {consensus_in_words(whole)}

{figure}

### Every choice made otherwise

{_multiverse_words(whole)}

{table_markdown(table) if table else ""}"""


def _multiverse_words(whole: Answer) -> str:
    if whole.multiverse is None:
        return ""
    tried = whole.multiverse.slice(1)
    counts = tried.group_by("verdict").len().sort("verdict")
    said = ", ".join(f"{count} say {verdict}" for verdict, count in counts.iter_rows())
    ks = [int(one) for one in tried["k"].drop_nulls()]
    known = tried["agreement"].drop_nulls().to_numpy()
    agreement = (
        f" Where both have groups, schools fall into the same ones with an adjusted Rand index of "
        f"{np.median(known):.2f} in the middle ({known.min():.2f} to {known.max():.2f})."
        if known.size
        else ""
    )
    between = f" The number of groups runs from {min(ks)} to {max(ks)}." if ks else ""
    return f"Of {tried.height} other choices {said}.{between}{agreement}"


def _change(whole: Answer) -> str:
    return """## What would change these answers

- **Local evidence.** Who takes part in what, who works with whom, and what people say of it, for
  some thirty places drawn at random, would tell whether places alike in structure are alike as
  landscapes. Nothing here can.
- **Places of hubs.** Where Maths Hubs are based is in none of the files used; with it the block of
  place and hubs would tell more of what set City apart.
- **Older snapshots.** Trusts that schools left before 2017 are not seen; with monthly extracts
  moves between trusts could be told from joining one.
- **Another distance.** The table above is the whole list of choices that we could think of. Where
  leaving out one block turns patterns into none, the patterns rest on that block.
- **A bent continuum.** The null is a cloud with single-peaked features and Gaussian dependence. A
  continuum that is curved could look like patterns; it would not look like types."""


def _again(whole: Answer) -> str:
    return f"""## How to make this page again

`make findings` with the real data beside the project, or `python -m tools.findings --register DIR`
with a register that is built. Seed {whole.seed}, {whole.sure.draws.height} draws. Every place with
its type and how surely it is of it: `hedgerow typology --register DIR --xlsx FILE`
([how to](../how-to/typology.md))."""
