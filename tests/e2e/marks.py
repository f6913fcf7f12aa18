"""What every browser test is: slow, and over a database that a second thread can see."""

import pytest

in_browser = [
    pytest.mark.browser,
    # The server works in threads of its own, so no transaction can be rolled back afterwards: the
    # database is emptied after each test, and before the next one what migrations wrote is put
    # back (roles, consent texts, the root of the page tree).
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
