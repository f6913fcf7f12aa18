"""What search keeps: the documents it finds, their words, what editors tell it, what is asked."""

from portal.search.models.counts import QueryCount
from portal.search.models.documents import Document
from portal.search.models.postings import IndexState, Posting
from portal.search.models.promotions import Promotion
from portal.search.models.synonyms import Synonym, Synonyms
from portal.search.models.vocabulary import Word

__all__ = [
    "Document",
    "IndexState",
    "Posting",
    "Promotion",
    "QueryCount",
    "Synonym",
    "Synonyms",
    "Word",
]
