"""Addresses of the people who write records, below /workspace/. `kind` is a key of `RECORDS`."""

from django.urls import path

from events.techmart.views import confirming, consents, records, searches, standing

app_name = "techmart"

ONE = "market/<slug:kind>/<int:pk>"

urlpatterns = [
    # Before the records: their addresses take any word as a kind.
    path("market/confirm/", confirming.confirm, name="confirm"),
    path("market/searches/", searches.searches, name="searches"),
    path("market/searches/<int:pk>/", searches.change, name="change_search"),
    path("market/", records.records, name="records"),
    path("market/new/", records.new, name="new"),
    path(f"{ONE}/", records.record, name="record"),
    path(f"{ONE}/edit/", records.edit, name="edit"),
    path(f"{ONE}/preview/", records.preview, name="preview"),
    path(f"{ONE}/picture/", records.picture, name="picture"),
    path(f"{ONE}/picture/<int:image_id>/remove/", records.picture_away, name="remove_picture"),
    path(f"{ONE}/ready/", records.ready, name="ready"),
    path(f"{ONE}/send/", records.send_for_review, name="send"),
    path(f"{ONE}/take-back/", records.withdraw, name="take_back"),
    path(f"{ONE}/naming/", standing.naming, name="naming"),
    path(f"{ONE}/close/", standing.closing, name="close"),
    path(f"{ONE}/reopen/", standing.reopening, name="reopen"),
    path("market/expert/<int:pk>/consents/", consents.consents, name="consents"),
]
