"""The schools behind the features, so that schools can be drawn anew and every unit described again
at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hedgerow.localities.typology.typed_features import TypologyFeature
from hedgerow.methods.grouped_resampling import (
    resample_within,
    weighted_group_means,
    weighted_medians,
)


@dataclass(frozen=True, eq=False)
class SchoolTable:
    """What each school of each unit adds to the features, one school of one unit a row.

    A school that lies in two units (any places can be typed) has a row for each.

    Attributes
    ----------
    ids : tuple of str
        Identifiers of the schools, unit by unit.
    unit : array of int, shape (schools,)
        Row of the unit in the feature table, rising.
    units : int
        How many units.
    features : tuple of TypologyFeature
        The columns of what `values` gives.
    columns : mapping of str to array, shape (schools,)
        By feature with the rule "mean" or "median": the school's own figure; not a number where the
        school does not count.
    fixed : mapping of str to array, shape (units,)
        By feature with the rule "fixed": the unit's value.
    body : array of int, shape (schools,)
        Who governs the school, as a number of its own in every unit; -1 where that, or where the
        school lies, is not known.
    neighbours, other_neighbours : array of float, shape (schools,)
        Neighbours of whom it is known who governs them, and those of them under another body.
    is_measured : array of bool, shape (units, features)
        Where the feature itself was measured: elsewhere no draw measures it either.

    Notes
    -----
    Drawing schools anew says how much a figure owes to the schools that happen to be there. What
    chance moves is which schools count, not what the world around them is: how far a trust's other
    schools are, and who a school's neighbours are, stay as they were. The register is a complete
    count, so this is an answer to "had a few schools gone another way", not a sampling error.
    """

    ids: tuple[str, ...]
    unit: NDArray[np.int64]
    units: int
    features: tuple[TypologyFeature, ...]
    columns: Mapping[str, NDArray[np.float64]]
    fixed: Mapping[str, NDArray[np.float64]]
    body: NDArray[np.int64]
    neighbours: NDArray[np.float64]
    other_neighbours: NDArray[np.float64]
    is_measured: NDArray[np.bool_]

    def resampled(self, rng: np.random.Generator) -> NDArray[np.float64]:
        """Describe every unit by as many of its schools drawn with replacement, as `values`."""
        return self.values(resample_within(self.unit, rng))

    def values(self, times: NDArray[np.int64] | None = None) -> NDArray[np.float64]:
        """Give the features of every unit.

        Parameters
        ----------
        times : array of int, shape (schools,), optional
            How often each school counts; once each unless given.

        Returns
        -------
        array of shape (units, features)
            Not a number where the feature is not measured, or nothing that it rests on was drawn.
        """
        counted = np.ones(len(self.unit), np.int64) if times is None else times
        found = np.column_stack([self._feature(one, counted) for one in self.features])
        return np.where(self.is_measured, found, np.nan)

    def _feature(self, one: TypologyFeature, times: NDArray[np.int64]) -> NDArray[np.float64]:
        if one.rule == "fixed":
            return self.fixed[one.name]
        if one.rule == "bodies":
            return self._different_bodies(times)
        if one.rule == "neighbours":
            other, every = (
                np.bincount(self.unit, times * column, self.units)
                for column in (self.other_neighbours, self.neighbours)
            )
            share = np.divide(other, every, out=np.full(self.units, np.nan), where=every > 0)
            return np.asarray(share - self._different_bodies(times))
        column = self.columns[one.name]
        if one.rule == "median":
            return weighted_medians(column, times, self.unit, self.units)
        return weighted_group_means(column, times, self.unit, self.units)

    def _different_bodies(self, times: NDArray[np.int64]) -> NDArray[np.float64]:
        """Chance that two different schools are under different bodies.

        Pairs of a school with itself, which drawing with replacement brings about, are left out:
        they would make every unit look less divided than it is.
        """
        known = self.body >= 0
        unit, body, weight = self.unit[known], self.body[known], times[known].astype(float)
        each = np.bincount(body, weight)
        of_each = np.zeros(each.size, np.int64)
        of_each[body] = unit
        total = np.bincount(unit, weight, self.units)
        itself = np.bincount(unit, weight**2, self.units)
        same = np.bincount(of_each, each**2, self.units)
        pairs = total**2 - itself
        return np.asarray(
            1 - np.divide(same - itself, pairs, out=np.full(self.units, np.nan), where=pairs > 0)
        )
