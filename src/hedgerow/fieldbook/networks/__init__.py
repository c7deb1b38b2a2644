"""Networks in the formats in which people collect and draw them, both ways.

Every format is read into one neutral value, `Network`, with its faults gathered and nothing lost
silently, and written from it with a list of what the format cannot hold.
"""

from __future__ import annotations

from hedgerow.fieldbook.networks.formats import FORMATS, read_network, write_network
from hedgerow.fieldbook.networks.gathering import ReadNetwork
from hedgerow.fieldbook.networks.network import Network
from hedgerow.fieldbook.networks.network_canvas import CanvasOptions

__all__ = [
    "FORMATS",
    "CanvasOptions",
    "Network",
    "ReadNetwork",
    "read_network",
    "write_network",
]
