"""Addresses of the founder, below /workspace/."""

from django.urls import path

from competitions.entries.views import attached, handing_in, listing, team, writing

app_name = "entries"

urlpatterns = [
    path("entries/", listing.entry_list, name="list"),
    path("entries/new/<int:competition_id>/", listing.start_entry, name="start"),
    path("entries/consent/<str:token>/", team.consent, name="consent"),
    path("entries/<uuid:key>/", writing.entry_page, name="entry"),
    path("entries/<uuid:key>/basics/", writing.basics, name="basics"),
    path("entries/<uuid:key>/section/<int:section_id>/", writing.section, name="section"),
    path("entries/<uuid:key>/team/", team.team, name="team"),
    path("entries/<uuid:key>/team/<int:member_id>/", team.member, name="member"),
    path("entries/<uuid:key>/team/<int:member_id>/remove/", team.remove, name="remove_member"),
    path("entries/<uuid:key>/team/<int:member_id>/ask/", team.ask, name="ask_member"),
    path("entries/<uuid:key>/files/add/<int:question_id>/", attached.add, name="add_file"),
    path("entries/<uuid:key>/files/row/<int:question_id>/", attached.row, name="file_row"),
    path("entries/<uuid:key>/files/<int:file_id>/", attached.open_file, name="file"),
    path(
        "entries/<uuid:key>/files/<int:file_id>/pages/<int:number>/",
        attached.open_page,
        name="page",
    ),
    path("entries/<uuid:key>/files/<int:file_id>/remove/", attached.remove, name="remove_file"),
    path("entries/<uuid:key>/files/<int:file_id>/restore/", attached.restore, name="restore_file"),
    path("entries/<uuid:key>/review/", handing_in.review, name="review"),
    path("entries/<uuid:key>/submit/", handing_in.submit_entry, name="submit"),
    path("entries/<uuid:key>/receipt/", handing_in.receipt, name="receipt"),
    path("entries/<uuid:key>/withdraw/", handing_in.withdraw, name="withdraw"),
]
