"""What every browser test is: slow, and over a database that a second thread can see."""

import pytest

in_browser = [
    pytest.mark.browser,
    # The server works in threads of its own, so no transaction can be rolled back afterwards.
    pytest.mark.django_db(transaction=True),
]
