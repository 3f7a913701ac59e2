"""Read the texts of articles: encodings, paragraphs, noise, and the names, dates and leads found in them.

Begin with `source_text`: the paragraphs and pieces to which every place in a text refers.

- `captures` decodes originals, with `kinds` for files that are no text; `source_text` cuts texts, `noise` marks what is not the article;
- `names` compiles what is sought, `mentions` finds actors, `candidates` those without a page who are sure to be some;
- `leads` gathers what helps the editor who takes an article in: `strangers` (`persons`, `bodies`), `signatures`, `date_phrases`, `defects`.

May import `language`, `engine` and `errors`; never `content`: what was captured and what is written by hand meet in
`linking`. Nothing is re-exported.
"""
