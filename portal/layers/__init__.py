"""Lists as tables and maps: what exports and OGC API Features tell of each kind of row, alike."""

from portal.layers.base import Column, Kind, Layer, Row
from portal.layers.events import Events
from portal.layers.monuments import Monuments
from portal.layers.plans import Plans
from portal.layers.reports import Reports
from portal.layers.sites import Sites

LAYERS: dict[str, Layer] = {layer.name: layer for layer in (Sites(), Monuments(), Reports(), Events(), Plans())}

__all__ = ["LAYERS", "Column", "Kind", "Layer", "Row"]
