"""Addresses of the front desk, below /workspace/desk/."""

from django.urls import path

from startups.coworking.desk.views import (
    behalf,
    cards,
    closures,
    display,
    importing,
    inbox,
    numbers,
    plan,
    strikes,
    today,
)

app_name = "coworking_desk"

urlpatterns = [
    path("", today.home, name="home"),
    path("booking/<uuid:key>/check-in/", today.check_in, name="check_in"),
    path("booking/<uuid:key>/undo/", today.undo_check_in, name="undo_check_in"),
    path("booking/<uuid:key>/leave/", today.leave, name="leave"),
    path("booking/<uuid:key>/seat/", today.seat, name="seat"),
    path("booking/<uuid:key>/verify/", today.verify, name="verify"),
    path("booking/<uuid:key>/approve/", inbox.approve, name="approve"),
    path("booking/<uuid:key>/decline/", inbox.decline, name="decline"),
    path("closure/<int:pk>/", closures.closure, name="closure"),
    path("closure/<int:pk>/lift/", closures.lift, name="lift"),
    path("no-show/<int:pk>/pardon/", strikes.pardon, name="pardon"),
    path("<slug:space>/", today.today, name="today"),
    path("<slug:space>/list/", today.day_list, name="day_list"),
    path("<slug:space>/walk-in/", today.walk_in, name="walk_in"),
    path("<slug:space>/requests/", inbox.inbox, name="inbox"),
    path("<slug:space>/import/", importing.import_bookings, name="import"),
    path("<slug:space>/import/empty/", importing.import_template, name="import_template"),
    path("<slug:space>/book/", behalf.book, name="book"),
    path("<slug:space>/closures/", closures.closures, name="closures"),
    path("<slug:space>/no-shows/", strikes.strikes, name="strikes"),
    path("<slug:space>/plan/", plan.plan, name="plan"),
    path("<slug:space>/wall/", display.display, name="display"),
    path("<slug:space>/cards/", cards.cards, name="cards"),
    path("<slug:space>/numbers/", numbers.numbers, name="numbers"),
    path("<slug:space>/numbers/excel/", numbers.excel, name="numbers_excel"),
]
