"""The page on the six-feature table lists the very statements and clues that are used."""

from __future__ import annotations

from hedgerow.localities.vocabulary import ROWS


def test_the_page_lists_every_statement_with_its_clues(project):
    page = (project / "docs/explanation/six-features-table.md").read_text("utf-8")
    for row in ROWS:
        for phrase in row.phrases:
            _, found, rest = page.partition(f"**{phrase.text}** `{phrase.id}`")
            assert found, phrase.id
            listed = [line for line in rest.split("\n\n")[1].splitlines() if line]
            assert listed == [f"- `{clue.finding}`: {side_of(clue)}" for clue in phrase.clues], (
                phrase.id
            )


def side_of(clue):
    if clue.side == "between":
        return f"between {clue.knot.words} and {clue.upper.words}"
    return f"{clue.side} than {clue.knot.words}"
