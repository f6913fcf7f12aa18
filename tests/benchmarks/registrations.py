"""`python -m tests.benchmarks registrations`: a rush for the seats of an event, through the verb.

2,000 people for 300 seats through 32 connections that begin together (300 for 50 through 8 on
SQLite), as in tests/events/programme/test_rush.py, and the speed as a ratio to as many bare
inserts of registrations by as many connections in the same run. A verb does far more than an
insert: it reads the rules, keeps the consent, writes the audit log and the notice, queues the mail.
Works on a scratch database beside the configured one and drops it.
"""

import os
import sys

from tests.benchmarks.bookings import scratch_database


def main() -> int:
    with scratch_database("registrations"):
        from tests.events.programme import rushing
        from tests.factories.registration import SignUpFactory, fresh

        sign_up = SignUpFactory(capacity=rushing.SEATS)
        rush = [rushing.register(sign_up, one) for one in rushing.people(rushing.PEOPLE)]
        answers, seconds = rushing.in_a_rush(rush)
        bare = rushing.bare_inserts(rushing.PEOPLE)
        full = rushing.held(sign_up) == fresh(sign_up).taken == rushing.SEATS
        whole = full and not rushing.refusals(answers)
        print(
            f"{rushing.PEOPLE} registrations for {rushing.SEATS} seats through"
            f" {rushing.CONNECTIONS} connections: {rushing.PEOPLE / seconds:.1f} a second,"
            f" {bare / seconds:.3f} of bare inserts ({rushing.PEOPLE / bare:.0f} a second);"
            f" {'exactly full, everybody answered' if whole else 'NOT AS PROMISED'}"
        )
    return 0 if whole else 1


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    import django

    django.setup()
    sys.exit(main())
