"""The WSGI application that the web server loads."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
application = get_wsgi_application()

from django.conf import settings  # noqa: E402

from portal.core.demo_mode import refuse_demo_accounts  # noqa: E402  (models need the set-up above)
from portal.core.page_cache.storing import pages  # noqa: E402

refuse_demo_accounts()
if settings.PAGE_CACHE:
    pages().stamp.renew()  # this process may draw pages with newer code than the one before it
