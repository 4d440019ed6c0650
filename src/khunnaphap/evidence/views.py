"""A piece of evidence's file, for who may see its school; never a live page, whatever is in it."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Final
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from khunnaphap.core.problems import Refusal

from .models import Evidence
from .preparing import PHOTO
from .queries import evidence_shown
from .storing import evidence_files

POLICY: Final = "sandbox; default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
"""Nothing runs and nothing is fetched; the style is the browser's own around a picture."""


@require_safe
@login_required
def file(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """The file as it is kept: a photo in the page, anything else to be saved."""
    evidence = _found(request, public_id)
    return _answer(request, evidence, evidence.stored, evidence.sha256, evidence.content_type)


@require_safe
@login_required
def thumbnail(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """The small picture of a photo."""
    evidence = _found(request, public_id)
    return _answer(request, evidence, evidence.thumbnail, evidence.thumbnail_sha256, "image/jpeg")


def _found(request: HttpRequest, public_id: UUID) -> Evidence:
    evidence = evidence_shown(request.user, public_id)  # type: ignore[arg-type]
    if evidence is None:
        raise Http404
    return evidence


def _answer(request: HttpRequest, evidence: Evidence, stored: str, sha256: str, content_type: str) -> HttpResponseBase:
    if not stored:
        raise Http404
    etag = f'"{sha256}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        try:
            opened = evidence_files().open(stored)
        except FileNotFoundError as error:
            raise Refusal(
                "evidence-file-lacking", f"แฟ้มของหลักฐาน “{evidence.title}” หายไป", "แจ้งผู้ดูแลระบบให้กู้จากสำเนาสำรอง"
            ) from error
        response = FileResponse(opened, content_type=content_type)
        name = f"{PurePosixPath(evidence.title).stem}{PurePosixPath(stored).suffix}"
        response["Content-Disposition"] = content_disposition_header(evidence.kind != PHOTO, name)
    response["ETag"] = etag
    response["Cache-Control"] = "private, max-age=3600, immutable"
    response["Content-Security-Policy"] = POLICY
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    patch_vary_headers(response, ["Cookie"])
    return response
