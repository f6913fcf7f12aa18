"""A copy of the index in an OpenSearch server, where `SEARCH_URL` names one.

Each document stands there with the keys that `postings.keys_of` gives it, and is asked for by them:
no analyser cuts words a second way. The database stays the truth and can always answer.
See docs/decisions/010-opensearch-by-setting.md.
"""

from portal.search.opensearch.asking import hits
from portal.search.opensearch.keeping import mend, write_after_commit
from portal.search.opensearch.server import Away, ask_opensearch, or_the_database, server

__all__ = [
    "Away",
    "ask_opensearch",
    "hits",
    "mend",
    "or_the_database",
    "server",
    "write_after_commit",
]
