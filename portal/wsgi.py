"""The WSGI application that the web server loads."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
application = get_wsgi_application()

from portal.core.demo_mode import refuse_demo_accounts  # noqa: E402  (models need the set-up above)

refuse_demo_accounts()
