"""Addresses that people see; included within i18n_patterns (see `urls_outside` for the rest)."""

from django.urls import path

from portal.core import notice_views as views

app_name = "core"

urlpatterns = [
    path("workspace/notices/", views.NoticeList.as_view(), name="notices"),
    path("workspace/notices/<int:pk>/", views.open_notice, name="open_notice"),
    path(
        "workspace/notices/settings/",
        views.NoticePreferences.as_view(),
        name="notice_preferences",
    ),
    path("demo/hop-thu/", views.Outbox.as_view(), name="outbox"),
    path("demo/hop-thu/<int:pk>/", views.outbox_mail, name="outbox_mail"),
    path("demo/hop-thu/<int:pk>/html/", views.outbox_mail_html, name="outbox_mail_html"),
]
