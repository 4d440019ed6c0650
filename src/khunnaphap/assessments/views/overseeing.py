"""My work, the board of a round, the colours of a school over all rounds, its history."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from khunnaphap.organisations.models import School

from ..access import assessment_or_404, round_or_404
from ..models import Assessment, Round
from ..pages.board import board_page
from ..pages.colours import colours_page
from ..pages.timeline import timeline_page
from ..pages.work import WAITS, work_page


@login_required
@require_safe
def work(request: HttpRequest) -> HttpResponse:
    """What waits for me, by deadline; who only reads opens on the board."""
    reach = request.user.reach
    if reach.held and not any(map(reach.may, WAITS)):
        return redirect("board")
    return render(
        request, "assessments/work.html", work_page(request.user, timezone.now()) | {"contact": settings.CONTACT}
    )


@login_required
@require_safe
def latest_board(request: HttpRequest) -> HttpResponse:
    """The board of the round that opened last for the schools one sees; a follow-up of some only where there is no other."""
    _not_for_schools(request)
    seen = Round.objects.filter(pk__in=Assessment.objects.visible_to(request.user).order_by().values("round"))
    newest = seen.filter(opens__lte=timezone.now()).order_by("-opens")
    latest = newest.filter(kind=Round.FULL).first() or newest.first() or Round.objects.first()
    if latest is None:
        return render(request, "assessments/no_rounds.html")
    return redirect("board-of", latest.year, latest.number)


@login_required
@require_safe
def board(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """Every school of the round that the person sees."""
    _not_for_schools(request)
    chosen = [request.GET.get(word, "") for word in ("show", "office", "province")]
    context = board_page(round_or_404(year, number), request.user, timezone.now(), *chosen)
    return render(request, "assessments/board.html", context)


def _not_for_schools(request: HttpRequest) -> None:
    if not any(one.place != "school" for one in request.user.reach.held):
        raise PermissionDenied("board")


@login_required
@require_safe
def colours(request: HttpRequest, code: str) -> HttpResponse:
    """A school's colours, round by round: as published and by today's bands."""
    school = School.objects.visible_to(request.user).select_related("office").filter(ministry_code=code).first()
    if school is None:
        raise Http404(code)
    return render(request, "assessments/colours.html", colours_page(school, request.user))


@login_required
@require_safe
def history(request: HttpRequest, year: int, number: int, code: str) -> HttpResponse:
    """Everything that happened to one assessment, newest first."""
    assessment = assessment_or_404(request.user, year, number, code)
    return render(
        request, "assessments/history.html", timeline_page(assessment, request.user, request.GET.get("page", "1"))
    )
