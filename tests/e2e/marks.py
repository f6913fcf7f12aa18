"""What every browser test is: slow, and over a database that a second thread can see."""

import pytest

in_browser = [
    pytest.mark.browser,
    # They tell what people see; what is covered is measured by the quick tests. Tracing costs a
    # third more, and these are the slowest.
    pytest.mark.no_cover,
    # The server works in threads of its own, so no transaction can be rolled back afterwards.
    pytest.mark.django_db(transaction=True),
]
