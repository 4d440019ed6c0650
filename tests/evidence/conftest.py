"""Two schools, and visitors who see one of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from khunnaphap.accounts.models import User
from khunnaphap.organisations.models import AreaOffice, District, Province, School


def make_school(code: str, name: str) -> School:
    province, _ = Province.objects.get_or_create(code="52", defaults={"name": "ลำปาง"})
    district, _ = District.objects.get_or_create(code="5201", defaults={"name": "เมืองลำปาง", "province": province})
    office, _ = AreaOffice.objects.get_or_create(
        code="520001", defaults={"name": "สพป.ลำปาง เขต 1", "level": AreaOffice.PRIMARY}
    )
    return School.objects.create(ministry_code=code, name=name, district=district, office=office)


@pytest.fixture
def files(settings: Any, tmp_path: Path) -> Path:
    """Where files are kept in this test."""
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path / "files"


@pytest.fixture
def school(actor: User, files: Path) -> School:
    return make_school("1052500001", "บ้านทดสอบ")


@pytest.fixture
def other(school: School) -> School:
    return make_school("1052500002", "บ้านเพื่อนบ้าน")
