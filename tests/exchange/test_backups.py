"""A backup brings back exactly what was there; a bad one leaves the record untouched."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.test import Client, override_settings
from tests.evidence.making import jpeg, pdf
from tests.people import People
from tests.reporting.test_report import JAEHOM, WANGNUEA, verify

from khunnaphap.accounts.models import User
from khunnaphap.assessments.models import Answer, Assessment, Round
from khunnaphap.audit.models import Event
from khunnaphap.core.completeness import Answer as CoreAnswer
from khunnaphap.core.problems import Refusal
from khunnaphap.evidence.actions import add_evidence, add_link, remove_evidence
from khunnaphap.evidence.models import Evidence
from khunnaphap.exchange.actions import import_workbook
from khunnaphap.exchange.backups import restore_backup, write_backup
from khunnaphap.exchange.forms import school_forms
from khunnaphap.exchange.models import ImportedFile
from khunnaphap.organisations.models import AreaOffice
from khunnaphap.sheets.school_form import write_school


@pytest.fixture
def filled(world: Mapping[str, Round], actor: User) -> Round:
    """A round with one verified school and one workbook imported."""
    round_ = world["2567/2"]
    verify(round_, JAEHOM, 4, actor)
    ((_, form),) = school_forms(round_, [WANGNUEA])
    rubrics = [indicator.id for indicator in form.framework.indicators if indicator.measure is None]
    some = {indicator: CoreAnswer(self_rating=3) for indicator in rubrics[:5]}
    report = import_workbook(name="ก.xlsx", content=write_school(replace(form, answers=some)), by=actor)
    assert not report.problems
    return round_


def all_rows() -> dict[str, list]:
    return {
        model.__name__: list(model.objects.order_by("pk").values())
        for model in (Answer, Assessment, Event, AreaOffice, User, ImportedFile)
    }


def kept_file() -> Path:
    (kept,) = Path(settings.MEDIA_ROOT).rglob("*.xlsx")
    return kept


def test_a_restored_record_is_the_same_to_the_row(filled: Round, tmp_path: Path, actor: User) -> None:
    before = all_rows()
    spans = {office.code: sorted(p.code for p in office.provinces.all()) for office in AreaOffice.objects.all()}
    write_backup(tmp_path / "b.zip")
    verify(filled, "1052500383", 5, actor)
    kept = kept_file()
    content = kept.read_bytes()
    kept.unlink()
    restore_backup(tmp_path / "b.zip")
    assert all_rows() == before
    assert {o.code: sorted(p.code for p in o.provinces.all()) for o in AreaOffice.objects.all()} == spans
    assert kept.read_bytes() == content


def test_work_goes_on_after_a_restore(filled: Round, tmp_path: Path, actor: User) -> None:
    write_backup(tmp_path / "b.zip")
    restore_backup(tmp_path / "b.zip")
    verify(filled, WANGNUEA, 5, actor)
    assert Answer.objects.filter(assessment__school__ministry_code=WANGNUEA).count() == 74


def test_two_backups_of_one_record_say_the_same(filled: Round, tmp_path: Path) -> None:
    write_backup(tmp_path / "1.zip")
    write_backup(tmp_path / "2.zip")
    manifests = []
    for name in ("1.zip", "2.zip"):
        with zipfile.ZipFile(tmp_path / name) as archive:
            manifests.append(archive.read("manifest.json"))
    assert manifests[0] == manifests[1]


def spoilt(path: Path, how: str) -> Path:
    content = path.read_bytes()
    bad = path.with_name("bad.zip")
    if how == "cut":
        bad.write_bytes(content[: len(content) // 2])
    elif how == "flipped":
        middle = len(content) // 3
        bad.write_bytes(content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :])
    elif how == "not a backup":
        bad.write_text("hello")
    else:
        _rewrite(path, bad, how)
    return bad


def _rewrite(path: Path, bad: Path, how: str) -> None:
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(bad, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            answers = name == "data/assessments.answer.jsonl"
            if how == "member lacking" and answers:
                continue
            if how == "row changed" and answers:
                assert b'"self_level": 4' in content
                content = content.replace(b'"self_level": 4', b'"self_level": 5', 1)
            if how == "other version" and name == "manifest.json":
                content = json.dumps(json.loads(content) | {"migrations": ["assessments.0999_later"]}).encode()
            target.writestr(name, content)


@pytest.mark.parametrize("how", ["cut", "flipped", "not a backup", "member lacking", "row changed", "other version"])
def test_a_bad_backup_is_refused_and_the_record_stays(filled: Round, tmp_path: Path, how: str) -> None:
    write_backup(tmp_path / "b.zip")
    before = all_rows()
    with pytest.raises(Refusal) as refused:
        restore_backup(spoilt(tmp_path / "b.zip", how))
    assert refused.value.problem.code == ("backup-version" if how == "other version" else "backup-damaged")
    assert all_rows() == before


def test_a_backup_never_overwrites_a_file(filled: Round, tmp_path: Path) -> None:
    (tmp_path / "b.zip").write_text("mine")
    with pytest.raises(Refusal, match="อยู่แล้ว"):
        write_backup(tmp_path / "b.zip")
    assert (tmp_path / "b.zip").read_text() == "mine"


def test_a_backup_is_readable_by_its_owner_alone(filled: Round, tmp_path: Path) -> None:
    write_backup(tmp_path / "b.zip")
    assert (tmp_path / "b.zip").stat().st_mode & 0o077 == 0


def test_a_damaged_kept_file_stops_the_backup_and_leaves_no_half_file(filled: Round, tmp_path: Path) -> None:
    kept_file().write_bytes(b"broken")
    with pytest.raises(Refusal, match="เสียหาย"):
        write_backup(tmp_path / "out" / "b.zip")
    assert list((tmp_path / "out").iterdir()) == []


@pytest.fixture
def shown(filled: Round, actor: User) -> list[Evidence]:
    """A photo, a PDF, a link, and a photo that was removed."""
    school = filled.assessments.select_related("school").get(school__ministry_code=JAEHOM).school
    photo = add_evidence(school=school, name="ห้องสมุด.jpg", content=jpeg(), by=actor)
    paper = add_evidence(school=school, name="แผน.pdf", content=pdf(), by=actor)
    link = add_link(school=school, url="https://youtu.be/x", title="วิดีโอ", by=actor)
    removed = add_evidence(school=school, name="ซ้ำ.jpg", content=jpeg((90, 60)), by=actor)
    return [photo, paper, link, remove_evidence(evidence=removed, by=actor)]


def evidence_on_disk() -> dict[str, bytes]:
    root = Path(settings.MEDIA_ROOT)
    return {str(path.relative_to(root)): path.read_bytes() for path in root.glob("evidence/*/*")}


def test_evidence_comes_back_with_every_file_and_thumbnail(shown: list[Evidence], tmp_path: Path, actor: User) -> None:
    photo, paper, _, removed = shown
    rows, before = list(Evidence.objects.values()), evidence_on_disk()
    assert set(before) == {photo.stored, photo.thumbnail, paper.stored, removed.stored, removed.thumbnail}
    copied = write_backup(tmp_path / "b.zip")
    assert copied.files == 1 + len(before)
    remove_evidence(evidence=photo, by=actor)
    (Path(settings.MEDIA_ROOT) / photo.stored).unlink()
    (Path(settings.MEDIA_ROOT) / paper.stored).write_bytes(b"broken")
    restore_backup(tmp_path / "b.zip")
    assert list(Evidence.objects.values()) == rows
    assert evidence_on_disk() == before


@pytest.mark.parametrize("how", ["lost", "changed"])
@pytest.mark.parametrize("which", ["stored", "thumbnail"])
def test_a_damaged_piece_of_evidence_stops_the_backup(
    shown: list[Evidence], tmp_path: Path, how: str, which: str
) -> None:
    path = Path(settings.MEDIA_ROOT) / getattr(shown[0], which)
    path.unlink() if how == "lost" else path.write_bytes(b"x" + path.read_bytes()[1:])
    with pytest.raises(Refusal, match="หายหรือเสียหาย") as refused:
        write_backup(tmp_path / "out" / "b.zip")
    assert path.name in refused.value.problem.message
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.parametrize("how", ["changed", "lacking", "leads out"])
def test_a_backup_with_bad_evidence_is_refused_and_the_record_stays(
    shown: list[Evidence], tmp_path: Path, how: str
) -> None:
    write_backup(tmp_path / "b.zip")
    before, rows = evidence_on_disk(), all_rows()
    bad = f"files/{shown[1].stored}"
    with zipfile.ZipFile(tmp_path / "b.zip") as source, zipfile.ZipFile(tmp_path / "bad.zip", "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if how == "leads out" and name == "manifest.json":
                content = content.replace(bad.encode(), b"files/evidence/../../../evil.pdf")
            if name != bad:
                target.writestr(name, content)
            elif how == "leads out":
                target.writestr("files/evidence/../../../evil.pdf", content)
            elif how == "changed":
                target.writestr(name, content[:-1] + b" ")
    with pytest.raises(Refusal, match="เสียหาย"):
        restore_backup(tmp_path / "bad.zip")
    assert (evidence_on_disk(), all_rows()) == (before, rows)
    assert not list(tmp_path.rglob("evil.pdf"))


def test_evidence_that_cannot_be_stored_leaves_the_record_as_it_was(shown: list[Evidence], tmp_path: Path) -> None:
    write_backup(tmp_path / "b.zip")
    rows = all_rows()
    blocked = tmp_path / "blocked"
    (blocked / "imports").mkdir(parents=True)
    (blocked / "evidence").write_text("a file where a folder should be")
    with override_settings(MEDIA_ROOT=blocked), pytest.raises(Refusal, match="เก็บแฟ้มไว้ไม่ได้"):
        restore_backup(tmp_path / "b.zip")
    assert all_rows() == rows


def test_means_of_signing_in_and_addresses_come_back_and_sessions_do_not(
    people: People, filled: Round, tmp_path: Path
) -> None:
    Authenticator.objects.create(user=people.head, type=Authenticator.Type.TOTP, data={"secret": "ABC"})
    EmailAddress.objects.create(user=people.head, email="head@example.org", primary=True, verified=True)
    before = [list(model.objects.order_by("pk").values()) for model in (Authenticator, EmailAddress)]
    client = Client()
    client.force_login(people.head, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/me/").status_code == 200
    write_backup(tmp_path / "b.zip")
    Authenticator.objects.all().delete()
    restore_backup(tmp_path / "b.zip")
    assert [list(model.objects.order_by("pk").values()) for model in (Authenticator, EmailAddress)] == before
    assert client.get("/me/").status_code == 302
