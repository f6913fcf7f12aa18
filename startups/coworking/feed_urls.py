"""Calendars that programs follow, public behind a secret token."""

from django.urls import path

from startups.coworking.views import feeds

app_name = "coworking_feeds"

urlpatterns = [path("<slug:token>.ics", feeds.feed, name="feed")]
