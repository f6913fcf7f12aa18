"""Addresses of the connection desk, below /workspace/market-desk/."""

from django.urls import path

from events.techmart.desk import connections, home, needs, numbers, outcomes

app_name = "techmart_desk"

urlpatterns = [
    path("", home.home, name="home"),
    path("requests/<uuid:key>/", connections.connection, name="connection"),
    path("requests/<uuid:key>/receive/", connections.receive, name="receive"),
    path("requests/<uuid:key>/pass-on/", connections.pass_on, name="pass_on"),
    path("requests/<uuid:key>/accept/", connections.accept, name="accept"),
    path("requests/<uuid:key>/decline/", connections.decline, name="decline"),
    path("requests/<uuid:key>/next/", connections.go_on, name="go_on"),
    path("requests/<uuid:key>/end/", connections.fail, name="fail"),
    path("requests/<uuid:key>/officer/", connections.assign, name="assign"),
    path("requests/<uuid:key>/plan/", connections.plan, name="plan"),
    path("requests/<uuid:key>/remind/", connections.remind, name="remind"),
    path("requests/<uuid:key>/write/", connections.write, name="write"),
    path("requests/<uuid:key>/relay/<uuid:message>/", connections.relay, name="relay"),
    path("needs/new/", needs.enter, name="enter_need"),
    path("needs/<uuid:key>/", needs.need, name="need"),
    path("needs/<uuid:key>/take/", needs.take, name="take_need"),
    path("needs/<uuid:key>/suggest/", needs.suggest, name="suggest"),
    path("needs/<uuid:key>/demand/", needs.become_demand, name="become_demand"),
    path("needs/<uuid:key>/close/", needs.close, name="close_need"),
    path("numbers/", numbers.numbers, name="numbers"),
    path("numbers/excel/", numbers.excel, name="numbers_excel"),
    path("numbers/one-page/", numbers.one_page, name="numbers_sheet"),
    path("outcomes/", outcomes.outcome_list, name="outcomes"),
    path("outcomes/new/", outcomes.record, name="record_outcome"),
    path("outcomes/<uuid:key>/", outcomes.outcome, name="outcome"),
    path("outcomes/<uuid:key>/correct/", outcomes.correct, name="correct_outcome"),
    path("outcomes/<uuid:key>/approve/", outcomes.approve, name="approve_outcome"),
    path("outcomes/<uuid:key>/annul/", outcomes.annul, name="annul_outcome"),
    path("outcomes/<uuid:key>/evidence/", outcomes.evidence, name="evidence"),
]
