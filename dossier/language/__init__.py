"""Read Arabic as it is written, and the dates and Markdown that people write in it. Pure: text in, text out.

Begin with `arabic`: folding, on which search, mentions and noise rest.

- `arabic` folds, collates and cuts text; `characters` decodes bytes and names what cannot be seen;
- `lookalikes` knows the doubles of YAML's signs; `direction` sets text of two directions; `markdown` renders briefs and notes;
- `dates` reads EDTF, `date_words` says it in Arabic, `date_guesses` what may have been meant, `hijri` converts.

May import `dossier.errors` alone. Nothing is re-exported: `markdown` loads a parser that few commands need.
"""
