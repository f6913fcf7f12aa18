from django.urls import path

from events.programme.registration import certificate_views as views

app_name = "certificates"

urlpatterns = [
    path("", views.check, name="check"),
    path("<slug:code>/", views.one, name="one"),
]
