"""Straight lines on the ellipsoid."""

from __future__ import annotations

from decimal import Decimal
from math import cos, radians

import pytest

from khunnaphap.core.distances import in_thailand, straight_km

KHELANG = (Decimal("18.288"), Decimal("99.491"))


def test_degrees_are_as_long_as_the_ellipsoid_makes_them() -> None:
    """Against the usual series for the length of a degree on WGS 84, in metres."""
    middle, parallel = radians(18.5), radians(18)
    of_latitude = 111_132.954 - 559.822 * cos(2 * middle) + 1.175 * cos(4 * middle)
    of_longitude = 111_412.84 * cos(parallel) - 93.5 * cos(3 * parallel) + 0.118 * cos(5 * parallel)
    north = straight_km((Decimal(18), Decimal(99)), (Decimal(19), Decimal(99)))
    east = straight_km((Decimal(18), Decimal(99)), (Decimal(18), Decimal(100)))
    assert north == pytest.approx(Decimal(of_latitude / 1000), abs=Decimal("0.002"))
    assert east == pytest.approx(Decimal(of_longitude / 1000), abs=Decimal("0.002"))


def test_the_way_there_is_the_way_back_and_nowhere_is_no_way() -> None:
    other = (Decimal("18.294"), Decimal("99.502"))
    assert straight_km(KHELANG, other) == straight_km(other, KHELANG)
    assert straight_km(KHELANG, KHELANG) == 0


@pytest.mark.parametrize("lacking", [(None, None), (Decimal("18.2"), None)])
def test_without_a_coordinate_there_is_no_distance(lacking: tuple[Decimal | None, Decimal | None]) -> None:
    assert straight_km(KHELANG, lacking) is None


def test_coordinates_abroad_or_swapped_are_not_in_the_country() -> None:
    assert in_thailand(*KHELANG)
    assert not in_thailand(Decimal("99.491"), Decimal("18.288"))
    assert not in_thailand(Decimal("51.5"), Decimal("0.1"))
