"""Arabic search: keys are indexed, words are shown."""

from dossier.search.documents import Passage, SearchDocument, Synonym

__all__ = ["Passage", "SearchDocument", "Synonym"]
