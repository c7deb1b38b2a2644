"""Coherence: whether professional learning in a place hangs together, within trusts and across
them, and over a career.

How alike practice is within trusts and between them, and how many ties cross from one to another,
are figures of the features (``practices.likeness_gap``, ``linked_systems.cross_trust_effect``); the
third figure of the same profile, what schools of trusts learn inside their own trust, is here. The
three are kept apart: a place can be tight in one and open in another.
"""

from __future__ import annotations

MODULES = ("experienced", "inside_trusts", "signposts", "career", "offers")
