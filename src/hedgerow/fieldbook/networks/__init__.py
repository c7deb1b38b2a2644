"""Networks in the formats in which people collect and draw them, both ways.

Every format is read into one neutral value, `Network`, with its faults gathered and nothing lost
silently, and written from it with a list of what the format cannot hold.
"""

from __future__ import annotations

from hedgerow.fieldbook.networks.formats import FORMATS, read_network, write_network
from hedgerow.fieldbook.networks.from_landscape import from_landscape
from hedgerow.fieldbook.networks.gathering import ReadNetwork
from hedgerow.fieldbook.networks.network import Network
from hedgerow.fieldbook.networks.network_canvas import CanvasOptions
from hedgerow.fieldbook.networks.protocol import write_protocol
from hedgerow.fieldbook.networks.to_evidence import to_evidence

__all__ = [
    "FORMATS",
    "CanvasOptions",
    "Network",
    "ReadNetwork",
    "from_landscape",
    "read_network",
    "to_evidence",
    "write_network",
    "write_protocol",
]
