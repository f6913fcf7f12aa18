from django.urls import path

from portal.enquiries import views

app_name = "enquiries"

urlpatterns = [
    path("gui-cau-hoi/", views.ask, name="ask"),
    path("gui-cau-hoi/dong-y/", views.consent, name="consent"),
    path("gui-cau-hoi/<uuid:key>/", views.received, name="received"),
    path("yeu-cau-thong-tin/", views.request_information, name="request_information"),
]
