from django.urls import path

from portal.enquiries import admin_views as views

app_name = "enquiries_admin"

urlpatterns = [
    path("", views.enquiries, name="list"),
    path("<int:pk>/", views.enquiry, name="enquiry"),
]
