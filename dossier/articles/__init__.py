"""Read the texts of articles: encodings, paragraphs, noise, and the names, dates and leads found in them.

Begin with `source_text`: the paragraphs and pieces to which every place in a text refers.

- `captures` decodes originals, with `kinds` for files that are no text, read in a process apart by `extraction`; `source_text` cuts texts, `noise` marks what is not the article;
- `names` compiles what is sought, `mentions` finds actors, `candidates` those without a page who are sure to be some;
- `article` is what a reader hands on; `words`, `spans` and `lexicon` are what names are found with, `mojibake` mends wrong encodings, `differences`
  compares two captures;
- `leads` gathers what helps the editor who takes an article in: `strangers` (`persons`, `bodies`), `signatures`, `date_phrases`, `defects`.

May import `language` and `errors`; never `content`: what was captured and what is written by hand meet in
`linking`. Nothing is re-exported.
"""
