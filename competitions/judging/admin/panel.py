"""Who sits in the panel: invite, send again, give the chair, remove."""

from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages

from competitions.judging import inviting
from competitions.judging.admin.frame import attempt, round_page, show
from competitions.judging.forms import InviteForm, add_refusal
from competitions.judging.models import Judge
from competitions.judging.permissions import JUDGED
from competitions.judging.queries import ACTIVE
from portal.core.text import key_from
from portal.core.verdicts import Refused


@round_page
def panel(request, round_track):
    form = InviteForm(prefix="invite")
    if request.method == "POST":
        action = request.POST.get("action", "")
        if action == "invite":
            form = InviteForm(request.POST, prefix="invite")
            if form.is_valid() and _invite(request, round_track, form):
                return redirect(request.path)
        else:
            _change_seat(request, round_track, action)
            return redirect(request.path)
    judges = (
        Judge.objects.filter(round_track=round_track)
        .select_related("user")
        .annotate(
            load=Count(
                "scorecards",
                filter=Q(scorecards__state__in=ACTIVE, scorecards__entry__state=JUDGED),
            ),
        )
        .order_by("-is_chair", "user__sort_key", "pk")
    )
    seated = [judge for judge in judges if judge.state == Judge.State.ACCEPTED]
    context = {"judges": judges, "seated": len(seated), "form": form}
    return show(request, round_track, "panel", context)


def _invite(request, round_track, form):
    facts = form.cleaned_data
    try:
        judge = inviting.invite(
            round_track,
            facts["email"],
            facts["full_name"],
            facts["title"],
            facts["is_chair"],
            by=request.user,
        )
    except Refused as refused:
        add_refusal(form, refused)
        return False
    messages.success(
        request, _("The invitation to %(judge)s is on its way.") % {"judge": judge.user}
    )
    return True


def _change_seat(request, round_track, action):
    acts = {
        "resend": (inviting.resend, _("The invitation was sent again.")),
        "chair": (inviting.make_chair, _("The chair was given.")),
        "remove": (inviting.remove, _("The judge was removed from the panel.")),
    }
    judge = get_object_or_404(
        Judge.objects.select_related(
            "user", "round_track__round__competition", "round_track__track"
        ),
        pk=key_from(request.POST.get("judge", "")),
        round_track=round_track,
    )
    if action in acts:
        act, done = acts[action]
        attempt(request, lambda: act(judge, by=request.user), done)
