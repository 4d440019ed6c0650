"""Distances on the earth: straight lines between schools, on the WGS 84 ellipsoid."""

from __future__ import annotations

from decimal import Decimal
from typing import TypeAlias

from geographiclib.geodesic import Geodesic

Position: TypeAlias = tuple[Decimal | None, Decimal | None]
"""Latitude and longitude in degrees; ``None`` where nobody has said it."""


def straight_km(one: Position, other: Position) -> Decimal | None:
    """The geodesic between two positions in kilometres, to the metre; ``None`` when a coordinate is lacking."""
    degrees = [float(value) for value in (*one, *other) if value is not None]
    if len(degrees) < 4:
        return None
    metres = Geodesic.WGS84.Inverse(*degrees, Geodesic.DISTANCE)["s12"]
    return Decimal(f"{metres / 1000:.3f}")


def in_thailand(latitude: Decimal, longitude: Decimal) -> bool:
    """True when degrees lie in the rectangle that holds the country, 5.6 to 20.5 north and 97.3 to 105.7 east."""
    return Decimal("5.6") <= latitude <= Decimal("20.5") and Decimal("97.3") <= longitude <= Decimal("105.7")
