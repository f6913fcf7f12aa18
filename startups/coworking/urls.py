"""Addresses of people who book, below /workspace/."""

from django.urls import path

from startups.coworking.views import (
    calendars,
    feeds,
    guests,
    here,
    mine,
    new,
    one,
    statement,
    weekly,
)

app_name = "coworking"

urlpatterns = [
    path("bookings/", mine.booking_list, name="list"),
    path("bookings/new/", new.new, name="new"),
    path(
        "bookings/statement/<int:organisation_id>/<int:year>/<int:month>/",
        statement.monthly,
        name="statement",
    ),
    path("bookings/waiting/<int:pk>/leave/", new.leave_waiting, name="leave_waiting"),
    path("bookings/<uuid:key>/", one.booking, name="booking"),
    path("bookings/<uuid:key>/calendar.ics", calendars.booking, name="calendar"),
    path("bookings/<uuid:key>/change/", one.change, name="change"),
    path("bookings/<uuid:key>/cancel/", one.cancel, name="cancel"),
    path("bookings/<uuid:key>/guests/", guests.guests, name="guests"),
    path("bookings/<uuid:key>/guests/<int:pk>/remove/", guests.remove, name="remove_guest"),
    path("bookings/<uuid:key>/answer/", one.answer, name="answer"),
    path("bookings/<uuid:key>/leave/", one.leave, name="leave"),
    path("bookings/<uuid:key>/stay/", one.stay, name="stay"),
    path("bookings/<uuid:key>/again/", one.again, name="again"),
    path("bookings/<uuid:key>/weekly/", weekly.weekly, name="weekly"),
    path("bookings/<uuid:key>/end-weekly/", one.end_habit, name="end_habit"),
    path("calendars/", feeds.feeds, name="feeds"),
    path("calendars/<int:pk>/revoke/", feeds.revoke, name="revoke_feed"),
    path("desk-code/<str:desk_code>/", here.desk_code, name="desk_code"),
]
