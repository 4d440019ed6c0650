"""The guide, the privacy notice, the components, the service worker."""

from __future__ import annotations

import pytest
from django.test import Client

from khunnaphap.web import guides
from tests.people import People
from tests.signing import signed_in


def test_guides_open_by_name_and_no_other_name_does(db: None, client: Client) -> None:
    assert "ใครแต่งตั้งใคร" in client.get("/help/people/").content.decode()
    assert "/help/people/" in client.get("/help/").content.decode()
    for name in ("none", "__init__", "..", "people.md"):
        assert client.get(f"/help/{name}/").status_code == 404


def test_markdown_lets_no_html_through() -> None:
    from markdown_it import MarkdownIt

    assert "<script" not in MarkdownIt("commonmark", {"html": False}).enable("table").render("<script>x</script>")
    assert "<table>" in guides.guide("people").html  # type: ignore[union-attr]


def test_a_page_links_the_guide_that_helps_there(people: People, client: Client) -> None:
    assert "/help/people/" in signed_in(people.administrator).get("/people/").content.decode()
    assert "/help/signing-in/" in client.get("/accounts/login/").content.decode()
    assert {guides.helping(name) for name in guides.HELPS} <= {"", *(one.name for one in guides.all_guides())}


def test_the_notice_names_whom_to_ask(db: None, client: Client, settings: object) -> None:
    settings.CONTACT = "กลุ่ม ICT สพป.ลำปาง เขต 3 โทร 054-000-000"  # type: ignore[attr-defined]
    page = client.get("/privacy/").content.decode()
    assert "สพป.ลำปาง เขต 3 โทร 054-000-000" in page
    assert "GPS" in page


@pytest.mark.parametrize(("debug", "demo", "status"), [(False, False, 404), (True, False, 200), (False, True, 200)])
def test_components_are_shown_in_development_and_in_the_demo_only(
    db: None, client: Client, settings: object, debug: bool, demo: bool, status: int
) -> None:
    settings.DEBUG, settings.DEMO = debug, demo  # type: ignore[attr-defined]
    answer = client.get("/parts/")
    assert answer.status_code == status
    if status == 200:
        assert "&lt;fieldset&gt;" in answer.content.decode()


def test_the_service_worker_keeps_one_page_and_names_nobody(people: People, client: Client) -> None:
    script = client.get("/sw.js")
    assert script["Service-Worker-Allowed"] == "/"
    assert script["Content-Type"].startswith("text/javascript")
    assert '"/offline/"' in script.content.decode()
    assert "ไม่มีเครือข่าย" in client.get("/offline/").content.decode()
    assert "web/offline.js" in signed_in(people.head).get("/me/").content.decode()
    assert "web/offline.js" not in client.get("/").content.decode()
