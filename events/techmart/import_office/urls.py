"""Addresses below /admin/market-import/."""

from django.urls import path

from events.techmart.import_office import views

app_name = "techmart_import"

urlpatterns = [
    path("", views.runs, name="runs"),
    path("template/<slug:kind>/", views.template, name="template"),
    path("<uuid:key>/", views.run, name="run"),
    path("<uuid:key>/import/", views.carry_out, name="carry_out"),
    path("<uuid:key>/report/", views.report, name="report"),
]
