"""What a typology says of one place among all, without working it out again: light to import, for
profiles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import polars as pl

from hedgerow.landscape.lens import Place
from hedgerow.localities.overview import Statement
from hedgerow.localities.saying import listed

if TYPE_CHECKING:
    from hedgerow.landscape.landscape import LocalLandscape

HEADING = "What kind of place it is"


@dataclass(frozen=True, eq=False)
class KeptTypology:
    """A typology of authorities as far as a profile tells it.

    Attributes
    ----------
    on : datetime.date
    verdict : str
        Types, patterns or a continuum, in a sentence.
    draws : int
    word : {"type", "pattern"}
        What a group is called.
    places : polars.DataFrame
        Columns of `hedgerow.localities.typology.place_rows.PLACES`.
    """

    on: date
    verdict: str
    draws: int
    word: str
    places: pl.DataFrame

    def said(self) -> dict[str, Any]:
        """Give all but the places, as JSON holds it."""
        return {
            "on": self.on.isoformat(),
            "verdict": self.verdict,
            "draws": self.draws,
            "word": self.word,
        }

    @classmethod
    def from_said(cls, said: dict[str, Any], places: pl.DataFrame) -> KeptTypology:
        """Put it together again."""
        return cls(
            date.fromisoformat(said["on"]),
            said["verdict"],
            said["draws"],
            said.get("word", "type"),
            places,
        )


@dataclass(frozen=True, eq=False)
class KindOfPlace:
    """What kind of place one is.

    Attributes
    ----------
    statements : tuple of Statement
    basis : tuple of str
        How it was found, and what it cannot say.
    row : mapping of str to object or None
        The place's row of the typology; None where it is not in it.
    """

    statements: tuple[Statement, ...]
    basis: tuple[str, ...]
    row: dict[str, Any] | None

    def to_json(self) -> dict[str, object]:
        """Give it in the shape of the public JSON contract."""
        return {
            "statements": [one.text for one in self.statements],
            "basis": list(self.basis),
            "place": self.row,
        }


CANNOT_SAY = (
    "What is typed is structure from open data. Whether people find the place coherent, take part "
    "in what is offered, and make sense of it together, it does not say."
)


def kind_of_place(here: LocalLandscape, kept: KeptTypology) -> KindOfPlace | None:
    """Say what kind of place an authority is; None for a place of another kind."""
    if not (isinstance(here.lens, Place) and here.lens.column == "authority"):
        return None
    found = kept.places.filter(pl.col("place") == here.lens.identifier)
    if found.is_empty():
        return KindOfPlace((), ("The place was not typed: too little is known of it.",), None)
    row = found.row(0, named=True)
    texts = [kept.verdict]
    if row["type"] is None:
        texts.append(f"Most like it in all features: {listed(row['neighbours'])}.")
    else:
        texts.append(_type_text(row, kept))
        texts.append(f"Most often of one {kept.word} with it: {listed(row['neighbours'])}.")
    if row["differs_by"]:
        texts.append(f"What sets it apart from these: {listed(row['differs_by'])}.")
    if row["is_extreme"]:
        texts.append("It lies further from all others than 19 places in 20.")
    return KindOfPlace(tuple(Statement(one, ()) for one in texts), (CANNOT_SAY,), row)


def _type_text(row: dict[str, Any], kept: KeptTypology) -> str:
    share, rest, word = row["share_of_draws"], "", kept.word
    if row["next_type"] is not None:
        rest = f", {word} {row['next_type']} in {row['next_share']:.0%}"
    sure = row["how_sure"].replace("types", f"{word}s")
    return (
        f"Nearest to {word} {row['type']} ({row['type_words']}): {sure}. Of {kept.draws:,} draws "
        f"with other schools and choices it was of that {word} in {share:.0%}{rest}, and of none "
        f"of the {word}s in {row['in_none']:.0%}, as they did not come back."
    )
