"""What search keeps: the documents it finds, and what editors tell it."""

from portal.search.models.documents import Document
from portal.search.models.synonyms import Synonym, Synonyms

__all__ = ["Document", "Synonym", "Synonyms"]
