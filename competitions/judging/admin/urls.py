from django.urls import path

from competitions.judging.admin import (
    assignment,
    exports,
    outcomes,
    overview,
    panel,
    progress,
    ranking,
    result,
)

app_name = "judging_admin"
urlpatterns = [
    path("", overview.index, name="index"),
    path("<int:round_track_id>/panel/", panel.panel, name="panel"),
    path("<int:round_track_id>/assign/", assignment.assign, name="assign"),
    path("<int:round_track_id>/progress/", progress.progress, name="progress"),
    path("<int:round_track_id>/sheets/<int:scorecard_id>/", progress.sheet, name="sheet"),
    path("<int:round_track_id>/ranking/", ranking.ranking, name="ranking"),
    path("<int:round_track_id>/decide/", outcomes.decide, name="decide"),
    path("<int:round_track_id>/result/", result.result, name="result"),
    path("<int:round_track_id>/result/decision.pdf", result.decision_file, name="decision_file"),
    path("<int:round_track_id>/scores.xlsx", exports.scores, name="export"),
]
