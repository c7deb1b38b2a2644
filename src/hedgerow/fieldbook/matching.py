"""Which organisation a misspelt or shortened name may mean: ranked suggestions, never a match.

Names are compared by their words. Two words are alike by the share of their letter triples
(Dice's coefficient, 2|A ∩ B| / (|A| + |B|)); a word weighs ln(1 + N / n), where n of the N names
have it, so that "primary" counts for little and "bramble" for much. The score of a name is the
weight of the words that find a like one in it, over the mean weight of both names: 1 for the same
words in any order, 0 for none alike. A shared postcode lifts it, as does a shared place.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from hedgerow.fieldbook.folding import fold, written_postcode

SAME_WORDS: dict[str, tuple[str, ...]] = {
    "ce": ("church", "england"),
    "cofe": ("church", "england"),
    "coe": ("church", "england"),
    "rc": ("catholic",),
    "roman": (),
    "va": ("voluntary", "aided"),
    "vc": ("voluntary", "controlled"),
    "st": ("saint",),
    "sch": ("school",),
    "schl": ("school",),
    "prim": ("primary",),
    "pri": ("primary",),
    "jnr": ("junior",),
    "jun": ("junior",),
    "inf": ("infant",),
    "infants": ("infant",),
    "juniors": ("junior",),
    "acad": ("academy",),
    "comm": ("community",),
    "com": ("community",),
    "sec": ("secondary",),
    "of": (),
    "the": (),
    "and": (),
}
"""Words written in several ways, each as it is compared."""
GENERIC = frozenset(
    (
        "school",
        "primary",
        "academy",
        "church",
        "england",
        "catholic",
        "community",
        "voluntary",
        "aided",
        "controlled",
        "secondary",
        "junior",
        "infant",
        "nursery",
        "trust",
        "hub",
        "multi",
        "learning",
        "college",
        "high",
    )
)
"""Words that say little of which organisation is meant, whatever the candidates."""
GENERIC_WEIGHT = 0.25
LEAST_ALIKE = 0.45
"""Likeness of two words below which they are different ones."""
LEAST_SCORE = 0.4
MOST = 5
POSTCODE_LIFT = 0.5
PLACE_LIFT = 0.4


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """One organisation that may be meant.

    Attributes
    ----------
    id, name : str
    score : float
        0 to 1; how alike, not how probable.
    reason : str
        Why it is suggested, in words.
    postcode, place : str or None
        As the candidate has them.
    """

    id: str
    name: str
    score: float
    reason: str
    postcode: str | None = None
    place: str | None = None

    def __str__(self) -> str:
        where = ", ".join(part for part in (self.place, self.postcode) if part)
        return f"{self.name}{f', {where}' if where else ''} ({self.id})"


def words_of(name: str) -> tuple[str, ...]:
    """Give the words by which a name is compared, each once."""
    words: list[str] = []
    plain = fold(name).replace("c of e", "ce").replace("c e ", "ce ")
    for word in plain.split():
        words += SAME_WORDS.get(word, (word,))
    return tuple(dict.fromkeys(words))


def _triples(word: str) -> frozenset[str]:
    padded = f" {word} "
    return frozenset(padded[at : at + 3] for at in range(len(padded) - 2))


class NameIndex:
    """Candidates laid out so that some twenty thousand are compared in a few milliseconds.

    Parameters
    ----------
    candidates : polars.DataFrame
        Columns ``id`` and ``name``, and where known ``postcode`` and ``place`` (a town, district or
        authority by name).
    """

    def __init__(self, candidates: pl.DataFrame) -> None:
        self._ids: list[str] = candidates["id"].to_list()
        self._names: list[str] = candidates["name"].to_list()
        self._postcodes = [written_postcode(one) for one in _column(candidates, "postcode")]
        self._places = _column(candidates, "place")
        self._by_postcode: dict[str, list[int]] = {}
        for at, one in enumerate(self._postcodes):
            if one is not None:
                self._by_postcode.setdefault(one, []).append(at)
        holders: dict[str, list[int]] = {}
        for at, name in enumerate(self._names):
            for word in words_of(name):
                holders.setdefault(word, []).append(at)
        self._words = list(holders)
        self._holders = [np.array(holders[word]) for word in self._words]
        self._weights = np.array([self._weight(word, len(holders[word])) for word in self._words])
        self._number = {word: number for number, word in enumerate(self._words)}
        self._sizes = np.array([len(_triples(word)) for word in self._words])
        triples: dict[str, list[int]] = {}
        for number, word in enumerate(self._words):
            for triple in _triples(word):
                triples.setdefault(triple, []).append(number)
        self._triples = {triple: np.array(numbers) for triple, numbers in triples.items()}
        in_places: dict[str, list[int]] = {}
        for at, place_name in enumerate(self._places):
            for word in words_of(place_name or ""):
                in_places.setdefault(word, []).append(at)
        self._in_places = {word: np.array(held) for word, held in in_places.items()}
        self._totals = np.zeros(len(self._names))
        for weight, held in zip(self._weights, self._holders, strict=True):
            self._totals[held] += weight

    def _weight(self, word: str, names: int) -> float:
        weight = float(np.log1p(len(self._names) / max(names, 1)))
        return weight * GENERIC_WEIGHT if word in GENERIC else weight

    def suggest(
        self,
        name: str,
        *,
        postcode: str | None = None,
        place: str | None = None,
        most: int = MOST,
    ) -> list[Suggestion]:
        """Give the organisations that a name may mean, best first.

        Parameters
        ----------
        name : str
            As somebody wrote it.
        postcode, place : str, optional
            What else was written of it; either may be wrong.
        most : int
            How many at most.

        Returns
        -------
        list of Suggestion
            Empty where nothing is like it. However high its score, none is a match until a person
            says so.
        """
        scores = self._name_scores(words_of(name))
        lifted = self._lifted(scores, postcode, place)
        wanted = np.flatnonzero(lifted >= LEAST_SCORE)
        best = sorted(wanted.tolist(), key=lambda at: (-lifted[at], self._ids[at]))[:most]
        return [
            Suggestion(
                id=self._ids[at],
                name=self._names[at],
                score=round(float(lifted[at]), 3),
                reason=self._reason(at, float(scores[at]), postcode, place),
                postcode=self._postcodes[at],
                place=self._places[at],
            )
            for at in best
        ]

    def _name_scores(self, words: Sequence[str]) -> np.ndarray:
        found = np.zeros(len(self._names))
        together = self._totals.copy()
        for word in words:
            numbers, alike = self._like(word)
            # a word that nobody has is taken to be a misspelling of the likest
            known = numbers[np.argmax(alike)] if len(numbers) else None
            weight = self._weight(word, 1) if known is None else float(self._weights[known])
            together += weight
            best = np.zeros(len(self._names))
            for number, share in zip(numbers.tolist(), alike.tolist(), strict=True):
                held = self._holders[number]
                # a like word counts as much as the lighter of the two
                counted = share * min(weight, float(self._weights[number]))
                best[held] = np.maximum(best[held], counted)
            if word in self._in_places:
                # the place stands beside the name: it neither counts for it nor against it
                held = self._in_places[word]
                together[held] -= np.where(best[held] > 0, 0.0, weight)
            found += best
        return np.divide(2 * found, together, out=np.zeros_like(found), where=together > 0)

    def _like(self, word: str) -> tuple[np.ndarray, np.ndarray]:
        """Give the words of the candidates that are like one, and how much."""
        triples = _triples(word)
        lists = [self._triples[triple] for triple in triples if triple in self._triples]
        if not lists:
            return np.array([], dtype=int), np.array([])
        shared = np.bincount(np.concatenate(lists), minlength=len(self._words))
        alike = 2 * shared / (self._sizes + len(triples))
        numbers = np.flatnonzero(alike >= LEAST_ALIKE)
        return numbers, alike[numbers]

    def _lifted(
        self, scores: np.ndarray, postcode_text: str | None, place: str | None
    ) -> np.ndarray:
        lifted = scores.copy()
        code = written_postcode(postcode_text)
        if code is not None:
            same = self._by_postcode.get(code, [])
            lifted[same] += (1 - lifted[same]) * POSTCODE_LIFT
        if place is not None:
            plain = set(fold(place).split())
            likely = np.flatnonzero(scores > LEAST_SCORE / 2).tolist()
            near = [at for at in likely if plain & set(fold(self._places[at] or "").split())]
            lifted[near] += (1 - lifted[near]) * PLACE_LIFT
        return lifted

    def _reason(self, at: int, score: float, postcode_text: str | None, place: str | None) -> str:
        reasons = []
        if fold(self._names[at]) and score > 0.999:
            reasons.append("the same words")
        elif score >= LEAST_SCORE:
            reasons.append("a name nearly the same" if score > 0.8 else "a name partly the same")
        if (
            postcode_text is not None
            and written_postcode(postcode_text) == self._postcodes[at] is not None
        ):
            reasons.append("the same postcode")
        if place and set(fold(place).split()) & set(fold(self._places[at] or "").split()):
            reasons.append("the same place")
        return ", ".join(reasons) or "a name partly the same"


def _column(frame: pl.DataFrame, name: str) -> list[str | None]:
    return frame[name].to_list() if name in frame.columns else [None] * frame.height


def suggest(
    name: str,
    postcode: str | None = None,
    place: str | None = None,
    *,
    candidates: pl.DataFrame,
    most: int = MOST,
) -> list[Suggestion]:
    """Give the organisations that a name may mean, best first; see `NameIndex.suggest`.

    For many names against the same candidates, make one `NameIndex` and ask that.
    """
    return NameIndex(candidates).suggest(name, postcode=postcode, place=place, most=most)


def candidate_frame(rows: Iterable[tuple[str, str, str | None, str | None]]) -> pl.DataFrame:
    """Give candidates as a frame, from id, name, postcode and place of each."""
    schema = {"id": pl.String, "name": pl.String, "postcode": pl.String, "place": pl.String}
    return pl.DataFrame(list(rows), schema=schema, orient="row")
