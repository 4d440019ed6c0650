"""The people one appoints: who holds which role where; inviting, ending, erasing."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from khunnaphap.accounts.actions import (
    Post,
    assign_components,
    erase_person,
    give_reset_link,
    invite,
    revoke_appointment,
    revoke_invitation,
)
from khunnaphap.accounts.mailing import mail_leaves
from khunnaphap.accounts.models import PLACES, Appointment, User
from khunnaphap.accounts.queries import in_force, may_give, may_reset, require, roles_to_give
from khunnaphap.assessments.forms import status_of
from khunnaphap.core.text_checks import whole_number
from khunnaphap.organisations.models import School

from .. import people as shown
from ..forms import ComponentsForm, FindPlaceForm, InviteForm, doubts_of_days
from ..inviting import link_of, mail_link, reset_link_of


@login_required
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Who holds a role in one's reach, by place; the invitations that are open."""
    if not roles_to_give(request.user):
        raise PermissionDenied
    words, ended = request.GET.get("q", "")[:80], "ended" in request.GET
    page, rows = shown.people_page(request.user, words=words, ended=ended, page=request.GET.get("page", "1"))
    context = {
        "rows": rows,
        "page": page,
        "q": words,
        "ended": ended,
        "invitations": shown.open_invitations(request.user),
        "may_erase": request.user.reach.may("see_all_people"),
    }
    return render(request, "people/people.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def send_invitation(request: HttpRequest) -> HttpResponse:
    """Choose a role, find its place, say whom; the link is shown once."""
    roles = roles_to_give(request.user)
    if not roles:
        raise PermissionDenied
    looked = {"role": request.GET.get("role", roles[0][0]), "q": request.GET.get("q", "")[:80]}
    finder = FindPlaceForm(roles, looked)
    if not finder.is_valid():
        raise PermissionDenied
    role, words = finder.cleaned_data["role"], finder.cleaned_data["q"]
    places, more = shown.place_choices(request.user, role, words)
    components = shown.component_choices() if role == "teacher" else []
    if request.method != "POST":
        form = InviteForm(places, components)
    else:
        form = InviteForm(_asked_for(request, role), components, request.POST)
        if form.is_valid():
            return _invited(request, role, form)
        form.fields["place"].choices = places  # type: ignore[attr-defined]
    page = {"finder": finder, "form": form, "more": more, "places": places}
    return render(request, "people/invite.html", page, status=status_of(form))


def _asked_for(request: HttpRequest, role: str) -> list[tuple[str, str]]:
    """The place that was chosen, if it is one in which this person gives the role: whatever the page listed."""
    found, chosen = shown.places_for(request.user, role, ""), request.POST.get("place", "")
    if found is None:
        return [(shown.NATION, shown.NATION)]
    return [(chosen, chosen)] if whole_number(chosen) is not None and found.filter(pk=chosen).exists() else []


def _invited(request: HttpRequest, role: str, form: InviteForm) -> HttpResponse:
    given = form.cleaned_data
    found = shown.places_for(request.user, role, "")
    place = None if found is None else found.get(pk=given["place"])
    post = Post(role, place, tuple(given.get("components", ())), given["starts"], given["ends"])
    for doubt in doubts_of_days(given):
        messages.warning(request, doubt)
    made, token = invite(post=post, name=given["name"], email=given["email"], by=request.user)
    link = link_of(token)
    unsent = bool(made.email) and not mail_leaves()
    sent = mail_link(made, link) if made.email and not unsent else None
    context = {"invitation": made, "link": link, "sent": sent, "unsent": unsent}
    return render(request, "people/invited.html", context)


@login_required
@require_POST
def cancel_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """End an open invitation of one's own (any, for the administrator)."""
    revoke_invitation(invitation=get_object_or_404(shown.open_invitations(request.user), pk=pk), by=request.user)
    messages.success(request, gettext("ยกเลิกคำเชิญแล้ว ลิงก์ใช้ไม่ได้อีก"))
    return redirect("people")


@login_required
@require_http_methods(["GET", "POST"])
def end_role(request: HttpRequest, pk: int) -> HttpResponse:
    """End a role, after a look at what it is."""
    visible = Appointment.objects.visible_to(request.user).select_related("person", *PLACES)
    held = get_object_or_404(visible, pk=pk, revoked_at=None)
    if not may_give(request.user, held):
        raise PermissionDenied
    if request.method == "POST":
        revoke_appointment(appointment=held, by=request.user)
        messages.success(request, gettext("สิ้นสุดบทบาทแล้ว มีผลทันที"))
        return redirect("people")
    return render(request, "people/end_role.html", {"held": held})


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def reset_link(request: HttpRequest, username: str) -> HttpResponse:
    """A link for a new password, for one who can get none by mail; by those who may give all of their roles."""
    seen = Appointment.objects.visible_to(request.user).filter(person__username=username)
    person = get_object_or_404(User, username=username, is_system=False)
    if not (seen.exists() or request.user.reach.may("see_all_people")):
        raise Http404(username)
    if not may_reset(request.user, person):
        raise PermissionDenied
    context = {"person": person}
    if request.method == "POST":
        context["link"] = reset_link_of(give_reset_link(person=person, by=request.user))
    return render(request, "people/reset_link.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def erase(request: HttpRequest, username: str) -> HttpResponse:
    """Erase a person's data at their wish; the administrator only, after a look at what goes and what stays."""
    require(request.user, "see_all_people")
    person = get_object_or_404(User, username=username, is_system=False)
    if request.method == "POST":
        erase_person(person=person, by=request.user)
        messages.success(request, gettext("ลบข้อมูลส่วนบุคคลแล้ว"))
        return redirect("people")
    return render(request, "people/erase.html", {"person": person, "held": in_force(person)})


@login_required
@require_http_methods(["GET", "POST"])
def teachers(request: HttpRequest, code: str) -> HttpResponse:
    """A school's teachers and the components each answers; the head assigns."""
    school = get_object_or_404(School.objects.visible_to(request.user), ministry_code=code)
    require(request.user, "appoint_teacher", school)
    held = shown.teachers_of(school)
    components = shown.component_choices()
    if request.method == "POST":
        asked = request.POST.get("teacher", "")
        one = get_object_or_404(held, pk=whole_number(asked) or 0)
        form = ComponentsForm(components, request.POST)
        if form.is_valid():
            assign_components(appointment=one, components=form.cleaned_data["components"], by=request.user)
            messages.success(request, gettext("บันทึกองค์ประกอบที่รับผิดชอบแล้ว"))
            return redirect("teachers", code)
    context = {"school": school, "teachers": held, "components": components}
    return render(request, "people/teachers.html", context)
