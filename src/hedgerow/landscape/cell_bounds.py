"""What can be worked out of cells that a table withholds, from what it shows: the exact attacker.

A list with its total, or a table with totals of rows and columns, is a network: every count is an
arc, every sum a node at which what goes in equals what goes out. The least and greatest count that
a withheld cell can have is then a question of flow, and whole numbers come by themselves
[cox1995]. Nothing but the tables' own size limits it: no solver is loaded.
"""

from __future__ import annotations

import heapq
import math
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

UNKNOWN = -1
"""Stands for a count that is not known."""

UNLIMITED = 10**12
"""More than any count; what has no upper limit."""


@dataclass
class Arc:
    """One count in a network of sums.

    Parameters
    ----------
    tail, head : int
        Nodes between which it runs.
    value : int
        The count, or `UNKNOWN`.
    lowest : int
        The least that someone outside knows it to be, where it is withheld.
    is_withheld : bool
    is_total : bool
        Whether it is a sum of others, withheld only when nothing else helps.
    """

    tail: int
    head: int
    value: int
    lowest: int
    is_withheld: bool
    is_total: bool = False


@dataclass
class Network:
    """Counts that are bound by sums.

    Parameters
    ----------
    arcs : sequence of Arc
        At every node, the counts that run in add up to those that run out.
    """

    arcs: Sequence[Arc]
    _flow: list[int] = field(init=False)
    _at: dict[int, list[int]] = field(init=False)
    _is_balanced: bool = field(init=False, default=False)

    def __post_init__(self) -> None:
        """Find counts that agree with all sums, in place of the unknown ones."""
        self._at = {}
        for number, arc in enumerate(self.arcs):
            self._at.setdefault(arc.tail, []).append(number)
            self._at.setdefault(arc.head, []).append(number)
        self._flow = [arc.lowest if arc.value == UNKNOWN else arc.value for arc in self.arcs]
        self._balance()
        self._is_balanced = True

    def highest(self, number: int, enough: int = UNLIMITED) -> int:
        """Give the greatest count that agrees with all that is shown.

        Parameters
        ----------
        number : int
            Which arc.
        enough : int
            Where to stop looking: a result of `enough` means "at least that".
        """
        arc = self.arcs[number]
        if not arc.is_withheld:
            return arc.value
        kept = list(self._flow)
        self._push(number, arc.head, arc.tail, enough - self._flow[number], sign=1)
        found = self._flow[number]
        self._flow = kept
        return min(found, enough)

    def least(self, number: int) -> int:
        """Give the least count that agrees with all that is shown."""
        arc = self.arcs[number]
        if not arc.is_withheld:
            return arc.value
        kept = list(self._flow)
        self._push(number, arc.tail, arc.head, self._flow[number] - arc.lowest, sign=-1)
        found = self._flow[number]
        self._flow = kept
        return found

    def companions(self, number: int, enough: int) -> list[int]:
        """Give shown counts to withhold as well, so that a withheld one may be more than now.

        The fewest, then the smallest; totals only where no other way is left; a count of nought
        never, for what is withheld is known to be at least one. They may not take it all the way:
        ask again with these withheld.

        Parameters
        ----------
        number : int
            Which arc; it cannot be `enough` as things stand.
        enough : int
            What it shall be able to be in the end.
        """
        arc = self.arcs[number]
        kept = list(self._flow)
        self._push(number, arc.head, arc.tail, enough - self._flow[number], sign=1)
        path = self._cheapest(number)
        self._flow = kept
        return [step for step in path if not self.arcs[step].is_withheld]

    def _room(self, number: int, node: int) -> int:
        """How much more can leave a node along an arc, raising the count or lowering it."""
        arc = self.arcs[number]
        lowest = arc.lowest if arc.is_withheld else 1
        return UNLIMITED if arc.tail == node else self._flow[number] - lowest

    def _steps(self, node: int, without: int) -> list[tuple[int, int]]:
        """Arcs along which something more can leave a node, each with the node that it leads to."""
        return [
            (number, self.arcs[number].head + self.arcs[number].tail - node)
            for number in self._at[node]
            if number != without and self._can_move(number) and self._room(number, node) > 0
        ]

    def _can_move(self, number: int) -> bool:
        """Whether a count may be another: unknown to us at first, to those outside thereafter."""
        arc = self.arcs[number]
        return arc.is_withheld if self._is_balanced else arc.value == UNKNOWN

    def _path(self, start: int, goals: set[int], without: int = -1) -> list[tuple[int, int]]:
        """The shortest way over withheld counts to one of the goals: pairs of node and arc."""
        came: dict[int, tuple[int, int]] = {}
        seen, waiting = {start}, deque([start])
        while waiting:
            node = waiting.popleft()
            if node in goals:
                way = []
                while node != start:
                    way.append(came[node])
                    node = came[node][0]
                return way
            for number, onward in self._steps(node, without):
                if onward not in seen:
                    seen.add(onward)
                    came[onward] = (node, number)
                    waiting.append(onward)
        return []

    def _send(self, way: list[tuple[int, int]], amount: int) -> None:
        for node, number in way:
            self._flow[number] += amount if self.arcs[number].tail == node else -amount

    def _push(self, number: int, start: int, goal: int, most: int, *, sign: int) -> None:
        while most > 0 and (way := self._path(start, {goal}, without=number)):
            amount = min(most, *(self._room(step, node) for node, step in way))
            self._send(way, amount)
            self._flow[number] += sign * amount
            most -= amount

    def _balance(self) -> None:
        surplus = dict.fromkeys(self._at, 0)
        for arc, value in zip(self.arcs, self._flow, strict=True):
            surplus[arc.tail] -= value
            surplus[arc.head] += value
        for node in surplus:
            while surplus[node] > 0:
                way = self._path(node, {other for other in surplus if surplus[other] < 0})
                if not way:
                    raise ValueError("a total does not agree with the counts that are listed")
                last, number = way[0]
                end = self.arcs[number].head + self.arcs[number].tail - last
                room = min(self._room(step, place) for place, step in way)
                amount = min(surplus[node], -surplus[end], room)
                self._send(way, amount)
                surplus[node] -= amount
                surplus[end] += amount

    def _cheapest(self, number: int) -> list[int]:
        """The cheapest way from an arc's head back to its tail, shown counts at their price."""
        start, goal = self.arcs[number].head, self.arcs[number].tail
        best: dict[int, tuple[int, int, int]] = {start: (0, 0, 0)}
        came: dict[int, tuple[int, int]] = {}
        waiting = [((0, 0, 0), start)]
        while waiting:
            cost, node = heapq.heappop(waiting)
            if node == goal:
                break
            if cost > best[node]:
                continue
            for step in self._at[node]:
                arc = self.arcs[step]
                if step == number or (not arc.is_withheld and arc.value == 0):
                    continue
                if self._room(step, node) < 1:
                    continue
                price = (0, 0, 0) if arc.is_withheld else (int(arc.is_total), 1, arc.value)
                total = (cost[0] + price[0], cost[1] + price[1], cost[2] + price[2])
                onward = arc.head + arc.tail - node
                if total < best.get(onward, (math.inf, 0, 0)):
                    best[onward] = total
                    came[onward] = (node, step)
                    heapq.heappush(waiting, (total, onward))
        way = []
        while goal != start:
            goal, step = came[goal]
            way.append(step)
        return way
