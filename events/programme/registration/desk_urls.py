from django.urls import path

from events.programme.registration import desk_views as views

app_name = "event_desk"

urlpatterns = [
    path("", views.home, name="home"),
    path("<uuid:key>/", views.event, name="event"),
    path("<uuid:key>/counts/", views.counts, name="counts"),
    path("<uuid:key>/look-up/", views.look_up, name="look_up"),
    path("<uuid:key>/walk-in/", views.walk_in, name="walk_in"),
    path("<uuid:key>/excel/", views.excel, name="excel"),
    path("<uuid:key>/invite/", views.invite, name="invite"),
    path("<uuid:key>/certificates/", views.certificates, name="certificates"),
    path("<uuid:key>/certificates/issue/", views.issue, name="issue"),
    path("certificates/<slug:number>/revoke/", views.revoke, name="revoke"),
    path("ticket/<slug:code>/", views.ticket, name="ticket"),
    path("ticket/<slug:code>/admit/", views.admit, name="admit"),
    path("ticket/<slug:code>/undo/", views.take_back, name="take_back"),
    path("ticket/<slug:code>/cancel/", views.cancel, name="cancel"),
    path("ticket/<slug:code>/approve/", views.approve, name="approve"),
    path("ticket/<slug:code>/decline/", views.decline, name="decline"),
]
