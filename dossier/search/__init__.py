"""Turn documents into an index of keys, and into the tables with which the browser asks it: keys are indexed, words are shown.

Begin with `build.build_index`. `documents` is what search is given, `reading` finds the words of pages, `analyser` makes words to keys, `pages`
is what is indexed and shown of pages by their keys, `blocks` joins what `pagefind` indexed, `vocabulary` is what the browser must know of
words; `apart` runs all of it in a process of its own; `scripts` joins the browser's half.

- of Arabic: `tables` (in one place, written out for the browser), `plurals`, `lexicon`, `names`, `roots`; of names in Latin letters: `latin`.

May import `language`, `engine` and `errors`.
"""

from dossier.search.documents import Passage, SearchClaim, SearchDocument, Synonym

__all__ = ["Passage", "SearchClaim", "SearchDocument", "Synonym"]
