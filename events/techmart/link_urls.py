"""Addresses that mails carry, public behind a signature."""

from django.urls import path

from events.techmart.views import confirming, searches

app_name = "techmart_links"

urlpatterns = [
    path("xac-nhan/<str:token>/", confirming.by_link, name="confirm"),
    path("dung-nhan-tin/<str:token>/", searches.stop_by_link, name="stop"),
]
