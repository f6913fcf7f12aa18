"""Included at the root: the judge's desk, and the feedback page that belongs to an entry."""

from django.urls import path

from competitions.judging.views import desk, feedback, sheet

app_name = "judging"
urlpatterns = [
    path("judging/", desk.desk, name="desk"),
    path("judging/accept/<int:judge_id>/", desk.accept, name="accept"),
    path("judging/totals/<int:judge_id>/", desk.totals, name="totals"),
    path("judging/<uuid:key>/", sheet.scorecard, name="scorecard"),
    path("judging/<uuid:key>/give-back/", sheet.give_back, name="give_back"),
    path("judging/<uuid:key>/files/<int:file_id>/", sheet.file, name="file"),
    path(
        "judging/<uuid:key>/files/<int:file_id>/pages/<int:number>/", sheet.page, name="file_page"
    ),
    path("workspace/entries/<uuid:key>/feedback/", feedback.feedback, name="feedback"),
]
