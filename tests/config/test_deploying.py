"""Settings from the environment: https, mail, collected files; what is wrong is told in words."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from khunnaphap.config.https import secure, site_host
from khunnaphap.config.mailing import mail

ROOT = Path(__file__).resolve().parents[2]


def in_a_process(home: Path, code: str, **env: str) -> subprocess.CompletedProcess[str]:
    known = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT / "src"),
        "PYTHONUTF8": "1",
        "KHUNNAPHAP_HOME": str(home),
    }
    given = {**known, "DJANGO_SETTINGS_MODULE": "khunnaphap.config.settings", **env}
    return subprocess.run([sys.executable, "-c", code], env=given, capture_output=True, text=True, check=False)


def test_a_site_behind_https_has_no_deployment_finding(tmp_path: Path) -> None:
    code = "import django; django.setup(); from django.core.management import call_command as c; c('check', deploy=True, fail_level='WARNING')"
    done = in_a_process(tmp_path, code, KHUNNAPHAP_URL="https://q.example.go.th")
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_https_alone_turns_secure_cookies_on() -> None:
    assert secure("http://localhost:8000") == {}
    told = secure("https://q.example.go.th")
    assert told["SESSION_COOKIE_SECURE"]
    assert told["CSRF_COOKIE_SECURE"]
    assert told["CSRF_TRUSTED_ORIGINS"] == ["https://q.example.go.th"]


@pytest.mark.parametrize("url", ["q.example.go.th", "ftp://q", "https://q/x", "https://"])
def test_a_wrong_address_of_the_site_is_told_in_words(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="KHUNNAPHAP_URL"):
        site_host(url)


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("smtp://a:b%40c@mail.go.th", ("mail.go.th", 587, "a", "b@c", True, False)),
        ("smtps://a:b@mail.go.th", ("mail.go.th", 465, "a", "b", False, True)),
        ("smtp://relay:25", ("relay", 25, "", "", False, False)),
    ],
)
def test_mail_leaves_as_its_address_says(url: str, told: tuple) -> None:
    names = ("HOST", "PORT", "HOST_USER", "HOST_PASSWORD", "USE_TLS", "USE_SSL")
    assert tuple(mail(url, Path("x"))[f"EMAIL_{name}"] for name in names) == told


def test_without_an_address_mails_are_kept_as_files() -> None:
    assert mail("", Path("kept"))["EMAIL_FILE_PATH"] == "kept"


@pytest.mark.parametrize("url", ["mail.go.th", "http://x", "smtp://", "smtp://h:abc", "smtp://h/x", "smtp://a:b@h:25"])
def test_a_wrong_mail_address_is_told_in_words_without_its_password(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="KHUNNAPHAP_MAIL"):
        mail(url, Path("x"))


def test_collected_files_bear_their_hash_and_fonts_come_small_with_their_licence(tmp_path: Path) -> None:
    code = (
        "import django; django.setup(); from khunnaphap.web.assets import collect; collect();"
        "from django.templatetags.static import static; print(static('web/look.css'))"
    )
    done = in_a_process(tmp_path, code)
    assert done.returncode == 0, done.stderr
    name = done.stdout.strip().removeprefix("/static/")
    assert name.count(".") == 2
    assert (tmp_path / "static" / f"{name}.br").exists()
    assert "fonts/Sarabun-Regular." in (tmp_path / "static" / name).read_text("utf-8")
    for weight in ("Regular", "Bold"):
        assert (tmp_path / "assets" / "fonts" / f"Sarabun-{weight}.woff2").stat().st_size < 24_000
    assert "SIL Open Font License" in (tmp_path / "assets" / "fonts" / "Sarabun-OFL.txt").read_text("utf-8")
