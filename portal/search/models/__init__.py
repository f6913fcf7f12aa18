"""What search keeps: the documents it finds, their words, and what editors tell it."""

from portal.search.models.documents import Document
from portal.search.models.promotions import Promotion
from portal.search.models.synonyms import Synonym, Synonyms
from portal.search.models.vocabulary import Word

__all__ = ["Document", "Promotion", "Synonym", "Synonyms", "Word"]
