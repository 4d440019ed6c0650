"""Evidence is kept once a school, its file before its row, each act with its event."""

from __future__ import annotations

import os
import resource
import stat
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from khunnaphap.accounts.models import User
from khunnaphap.audit.models import Event
from khunnaphap.core.problems import Refusal
from khunnaphap.evidence.actions import (
    PURGED,
    add_evidence,
    add_link,
    purge_removed,
    remove_evidence,
)
from khunnaphap.evidence.limits import MAX_FILE
from khunnaphap.evidence.models import Evidence
from khunnaphap.evidence.queries import files_claimed, orphans
from khunnaphap.evidence.storing import is_whole, keep_evidence, put_back, sha256_of
from khunnaphap.evidence.tidying import delete_orphans
from khunnaphap.organisations.models import School

from .making import docx, jpeg, jpeg_with_position, pdf


def on_disk(files: Path) -> set[str]:
    return {str(path.relative_to(files)) for path in files.rglob("*") if path.is_file()}


def test_a_photo_is_kept_with_its_thumbnail_under_names_nobody_guesses(
    school: School, actor: User, files: Path
) -> None:
    content = jpeg_with_position()
    photo = add_evidence(school=school, name="ห้องสมุด.JPG", content=content, by=actor)
    assert (photo.kind, photo.title, photo.width, photo.height) == ("photo", "ห้องสมุด.JPG", 64, 48)
    kept = (files / photo.stored).read_bytes()
    assert (photo.size, photo.sha256, photo.content_type) == (len(kept), sha256_of(kept), "image/jpeg")
    assert photo.original_sha256 == sha256_of(content) != photo.sha256
    assert sha256_of((files / photo.thumbnail).read_bytes()) == photo.thumbnail_sha256
    assert on_disk(files) == {photo.stored, photo.thumbnail}
    assert not {photo.sha256[:8], photo.original_sha256[:8]} & {Path(photo.stored).stem[:8]}
    assert str(photo.public_id) not in photo.stored
    assert all(stat.S_IMODE((files / name).stat().st_mode) == 0o600 for name in on_disk(files))


def test_pdfs_and_office_files_are_kept_as_they_came(school: School, actor: User, files: Path) -> None:
    for content, extension in ((pdf(), ".pdf"), (docx(), ".docx")):
        made = add_evidence(school=school, name="C:\\fakepath\\แผน.bin", content=content, by=actor)
        assert made.title == "แผน.bin"
        assert Path(made.stored).suffix == extension
        assert (files / made.stored).read_bytes() == content
        assert made.sha256 == made.original_sha256
        assert made.thumbnail == ""


def test_each_act_has_one_event_that_names_no_pupil(school: School, actor: User) -> None:
    before = Event.objects.count()
    photo = add_evidence(school=school, name="เด็กชายสมชาย.jpg", content=jpeg(), by=actor)
    link = add_link(school=school, url="https://youtu.be/เด็กชายสมชาย", title="วิดีโอเด็กชายสมชาย", by=actor)
    remove_evidence(evidence=photo, by=actor)
    events = list(Event.objects.all())[before:]
    assert [(event.verb, event.subject) for event in events] == [
        ("add_evidence", f"evidence:{photo.public_id}"),
        ("add_evidence", f"evidence:{link.public_id}"),
        ("remove_evidence", f"evidence:{photo.public_id}"),
    ]
    assert all(event.data["school"] == school.ministry_code for event in events)
    assert not any("สมชาย" in str(event.data) for event in events)


def test_the_same_file_twice_gives_what_is_there(school: School, actor: User, files: Path) -> None:
    first = add_evidence(school=school, name="a.jpg", content=jpeg(), by=actor)
    events = Event.objects.count()
    again = add_evidence(school=school, name="b.jpg", content=SimpleUploadedFile("b.jpg", jpeg()), by=actor)
    assert again == first
    assert again.title == "a.jpg"
    assert len(on_disk(files)) == 2
    assert Event.objects.count() == events
    link = add_link(school=school, url="https://example.go.th/", title="", by=actor)
    assert add_link(school=school, url=" https://example.go.th/ ", title="อีกครั้ง", by=actor) == link


def test_a_removed_file_may_be_handed_in_again(school: School, actor: User, files: Path) -> None:
    first = add_evidence(school=school, name="a.jpg", content=jpeg(), by=actor)
    remove_evidence(evidence=first, by=actor)
    assert (files / first.stored).exists()
    with pytest.raises(Refusal, match="ลบไปแล้ว"):
        remove_evidence(evidence=first, by=actor)
    assert add_evidence(school=school, name="a.jpg", content=jpeg(), by=actor) != first


def test_the_same_file_in_two_schools_is_found(school: School, other: School, actor: User) -> None:
    mine = add_evidence(school=school, name="a.jpg", content=jpeg_with_position(), by=actor)
    theirs = add_evidence(school=other, name="b.jpg", content=jpeg_with_position(), by=actor)
    passed_on = add_evidence(school=other, name="c.jpg", content=jpeg_with_position() + b"tail", by=actor)
    add_evidence(school=other, name="d.jpg", content=jpeg((80, 80)), by=actor)
    add_link(school=other, url="https://example.go.th/", title="", by=actor)
    assert mine != theirs
    assert list(Evidence.objects.twins_of(mine)) == [theirs, passed_on]
    assert list(Evidence.objects.twins_of(theirs)) == [mine]
    remove_evidence(evidence=theirs, by=actor)
    assert list(Evidence.objects.twins_of(mine)) == [passed_on]


def test_the_same_link_in_two_schools_is_found_and_other_links_are_not(
    school: School, other: School, actor: User
) -> None:
    mine = add_link(school=school, url="https://example.go.th/1", title="", by=actor)
    theirs = add_link(school=other, url="https://example.go.th/1", title="", by=actor)
    add_link(school=other, url="https://example.go.th/2", title="", by=actor)
    assert list(Evidence.objects.twins_of(mine)) == [theirs]


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("", "link-unreadable"),
        ("javascript:alert(1)", "link-unreadable"),
        ("data:text/html,x", "link-unreadable"),
        ("ftp://example.go.th/", "link-unreadable"),
        ("https:///ไม่มีเครื่อง", "link-unreadable"),
        ("https://localhost/", "link-private"),
        ("http://192.168.1.10/รูป", "link-private"),
        ("http://127.0.0.1:8000/", "link-private"),
        ("http://[fe80::1]/", "link-private"),
        ("http://server/", "link-private"),
        ("http://nas.local/", "link-private"),
        ("https://example.go.th:99999/", "link-unreadable"),
        ("https://[::1/", "link-unreadable"),
        ("https://exa mple.go.th/", "link-unreadable"),
        ("https://example.go.th/\u202egpj.exe", "link-unreadable"),
        ("https://example.go.th\\@evil.com/", "link-unreadable"),
        ("www.example.go.th", "link-unreadable"),
        ("https://user:secret@example.go.th/", "link-with-password"),
        ("https://youtube.com@evil.com/", "link-with-password"),
        ("https://example.go.th/" + "x" * 2000, "link-too-long"),
    ],
)
def test_what_is_no_safe_link_is_refused(school: School, actor: User, url: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        add_link(school=school, url=url, title="x", by=actor)
    assert refused.value.problem.code == code
    assert not Evidence.objects.exists()


def test_thai_links_are_taken(school: School, actor: User) -> None:
    url = "https://โรงเรียน.ไทย/ผลงาน?หน้า=1#ล่าง"
    made = add_link(school=school, url=url, title="  ผลงาน\u200b ปี ๒๕๖๗ ", by=actor)
    assert (made.url, made.title, made.kind, made.stored) == (url, "ผลงาน ปี ๒๕๖๗", "link", "")
    assert list(files_claimed()) == []


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ครู\\รูป.jpg", "รูป.jpg"),
        ("a\u202egpj.exe", "agpj.exe"),
        ("น้ำ\r\nSet-Cookie: x.jpg", "น้ำ Set-Cookie: x.jpg"),
        ("a\0b.jpg", "a?b.jpg"),
        ("/", "ไม่มีชื่อ"),
        ("ก" * 400 + ".jpg", "ก" * 255),
    ],
)
def test_a_files_name_is_kept_readable(school: School, actor: User, name: str, title: str) -> None:
    assert add_evidence(school=school, name=name, content=jpeg(), by=actor).title == title


def test_an_upload_over_the_limit_is_refused_before_it_is_read(school: School, actor: User) -> None:
    class Endless(SimpleUploadedFile):
        def read(self, *_: Any) -> bytes:
            raise AssertionError("read")

    upload = Endless("big.jpg", b"")
    upload.size = MAX_FILE + 1
    with pytest.raises(Refusal, match="20 MB"):
        add_evidence(school=school, name="big.jpg", content=upload, by=actor)


def test_a_refused_file_leaves_nothing(school: School, actor: User, files: Path) -> None:
    events = Event.objects.count()
    with pytest.raises(Refusal):
        add_evidence(school=school, name="a.jpg", content=b"<svg/>", by=actor)
    assert not Evidence.objects.exists()
    assert Event.objects.count() == events
    assert not files.exists()


def test_a_disk_that_takes_no_file_is_told_in_words(school: School, actor: User, files: Path) -> None:
    files.write_text("a file where a folder should be")
    with pytest.raises(Refusal, match="ที่เก็บข้อมูลไม่ใช่โฟลเดอร์") as refused:
        add_evidence(school=school, name="a.jpg", content=jpeg(), by=actor)
    assert refused.value.problem.code == "evidence-not-kept"
    assert not Evidence.objects.exists()


def test_a_disk_that_is_read_only_is_told_in_words(school: School, actor: User, files: Path) -> None:
    files.mkdir(mode=0o500)
    whoever = os.geteuid()
    os.seteuid(whoever or 65534)  # root may write anywhere, so root is nobody for a while
    try:
        with pytest.raises(Refusal, match="ไม่มีสิทธิ์เขียน"):
            add_evidence(school=school, name="a.jpg", content=jpeg(), by=actor)
    finally:
        os.seteuid(whoever)
    assert not Evidence.objects.exists()
    assert on_disk(files) == set()


def test_a_disk_that_is_full_in_the_middle_leaves_no_half_file(school: School, actor: User, files: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (400, hard))
    try:
        with pytest.raises(Refusal, match="ยังไม่บันทึกหลักฐานนี้"):
            add_evidence(school=school, name="a.jpg", content=jpeg(), by=actor)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert on_disk(files) == set()
    assert not Evidence.objects.exists()
    assert add_evidence(school=school, name="a.jpg", content=jpeg(), by=actor).pk


@pytest.mark.django_db(transaction=True)
def test_a_row_that_is_not_written_takes_its_files_away(school: School, files: Path) -> None:
    nobody = User(pk=987_654, username="nobody")
    with pytest.raises(IntegrityError):
        add_evidence(school=school, name="a.jpg", content=jpeg(), by=nobody)
    assert on_disk(files) == set()
    assert not Evidence.objects.exists()


def test_a_title_too_long_for_the_row_cannot_come_up(school: School, actor: User) -> None:
    made = add_link(school=school, url="https://example.go.th/" + "x" * 900, title="", by=actor)
    assert len(made.title) == 255


def test_a_file_without_its_row_is_found_as_an_orphan(school: School, actor: User, files: Path) -> None:
    assert list(orphans()) == []
    kept = add_evidence(school=school, name="a.jpg", content=jpeg(), by=actor)
    removed = add_evidence(school=school, name="b.pdf", content=pdf(), by=actor)
    remove_evidence(evidence=removed, by=actor)
    stray = keep_evidence(b"stray", "jpg")
    half = files / kept.stored
    (half.parent / "tmphalf").write_bytes(b"h")
    assert list(orphans()) == []  # still young: their rows may be on the way
    old = time.time() - 7200
    for name in on_disk(files):
        os.utime(files / name, (old, old))
    assert set(orphans()) == {stray, f"{Path(kept.stored).parent}/tmphalf"}


def test_a_transaction_around_it_that_fails_leaves_an_orphan_and_no_row(
    school: School, actor: User, files: Path
) -> None:
    with transaction.atomic():
        made = add_evidence(school=school, name="a.pdf", content=pdf(), by=actor)
        transaction.set_rollback(True)
    assert not Evidence.objects.exists()
    os.utime(files / made.stored, (0, 0))
    assert list(orphans()) == [made.stored]


def test_a_file_is_put_back_only_where_evidence_lies(school: School, actor: User, files: Path) -> None:
    made = add_evidence(school=school, name="a.pdf", content=pdf(), by=actor)
    (files / made.stored).write_bytes(b"broken")
    assert not is_whole(made.stored, made.sha256)
    with SimpleUploadedFile("x", pdf()) as upload:
        put_back(made.stored, upload.file, made.sha256)
    assert is_whole(made.stored, made.sha256)
    for name in ("../evil.jpg", "evidence/../../evil.jpg", "evidence/ab/x.jpg", "imports/aa/x.xlsx"):
        with SimpleUploadedFile("x", b"x") as upload, pytest.raises(ValueError, match="kept file"):
            put_back(name, upload.file, sha256_of(b"x"))


def test_the_place_of_evidence_is_a_setting(settings: Any, school: School, actor: User, files: Path) -> None:
    settings.STORAGES = settings.STORAGES | {"evidence": {"BACKEND": "django.core.files.storage.InMemoryStorage"}}
    made = add_evidence(school=school, name="a.pdf", content=pdf(), by=actor)
    assert storages["evidence"].open(made.stored).read() == pdf()
    assert not files.exists()


def test_a_link_has_no_file_and_a_file_no_address(school: School, actor: User) -> None:
    made = add_evidence(school=school, name="a.pdf", content=pdf(), by=actor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.filter(pk=made.pk).update(url="https://example.go.th/")
    assert connection.in_atomic_block


def test_removed_evidence_is_deleted_for_good_after_its_time(
    school: School, actor: User, files: Path, django_capture_on_commit_callbacks: Any
) -> None:
    photo = add_evidence(school=school, name="ด.ช.ก.jpg", content=jpeg(), by=actor)
    link = add_link(school=school, url="https://example.go.th/a", title="อัลบั้ม", by=actor)
    kept = add_evidence(school=school, name="แผน.pdf", content=pdf(), by=actor)
    for one in (photo, link):
        remove_evidence(evidence=one, by=actor)
    assert purge_removed(before=timezone.now() - timedelta(days=1), by=actor) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert purge_removed(before=timezone.now(), by=actor) == 2
    assert on_disk(files) == {kept.stored}
    photo.refresh_from_db()
    link.refresh_from_db()
    assert (photo.title, photo.stored, photo.thumbnail, link.title, link.url) == (PURGED, "", "", PURGED, PURGED)
    assert photo.original_sha256 == sha256_of(jpeg())
    assert Event.objects.filter(verb="purge_evidence").count() == 2
    assert purge_removed(before=timezone.now(), by=actor) == 0


def test_stray_files_are_deleted_and_claimed_ones_stay(school: School, actor: User, files: Path) -> None:
    kept = add_evidence(school=school, name="a.jpg", content=jpeg(), by=actor)
    stray = keep_evidence(b"stray", "jpg")
    old = time.time() - 7200
    for name in on_disk(files):
        os.utime(files / name, (old, old))
    assert delete_orphans() == 1
    assert on_disk(files) == {kept.stored, kept.thumbnail}
    assert stray not in on_disk(files)
