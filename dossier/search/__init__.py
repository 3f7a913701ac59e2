"""Arabic search: keys are indexed, words are shown."""

from dossier.search.documents import Passage, SearchClaim, SearchDocument, Synonym

__all__ = ["Passage", "SearchClaim", "SearchDocument", "Synonym"]
