from django.urls import path

from events.programme.registration import certificate_views, views

app_name = "registrations"

urlpatterns = [
    path("cua-toi/", views.mine, name="mine"),
    path("dong-y/<slug:purpose>/", views.consent, name="consent"),
    path("su-kien/<uuid:key>/", views.register, name="register"),
    path("<uuid:key>/", views.one, name="one"),
    path("<uuid:key>/ma/", views.prove, name="prove"),
    path("<uuid:key>/tra-loi/", views.answers, name="answers"),
    path("<uuid:key>/nhan-cho/", views.answer_offer, name="answer_offer"),
    path("<uuid:key>/huy/", views.cancel, name="cancel"),
    path("<uuid:key>/ve.pdf", views.ticket, name="ticket"),
    path("<uuid:key>/ve.png", views.image, name="image"),
    path("<uuid:key>/chung-nhan.pdf", certificate_views.document, name="certificate"),
    path("<uuid:key>/lich.ics", views.calendar, name="calendar"),
]
