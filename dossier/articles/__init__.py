"""Read the texts of articles: encodings, paragraphs, noise, and the names, dates and leads found in them.

Begin with `source_text`: the paragraphs and pieces to which every place in a text refers.

- `captures` decodes originals, `source_text` cuts texts, `noise` marks what is not the article;
- `names` compiles what is sought, `mentions` finds actors, `candidates` those without a page;
- `defects`, `date_phrases` and `leads` help the editor who takes an article in.

May import `language`, `engine` and `errors`; never `content`: what was captured and what is written by hand meet in
`linking`. Nothing is re-exported.
"""
