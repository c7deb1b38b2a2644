"""Quality: how far what schools take part in is made as good professional learning is, and whether
it lasts and reaches class teachers.

The record of an activity shows how it is made, not how good it is: nothing here stands in for what
teachers say of it, or for what pupils gain.
"""

from __future__ import annotations

MODULES = ("lasting", "design", "dose", "explained")
