"""Make what is published of a linked dossier: a pure function from `LinkedDossier` and templates to bytes by address.

Begin with `outline`, which lists every HTML page with its template and its view. `views/` decide what a page shows, one frozen
value each; `render` gives the view to its template, which can see nothing else. Beside the pages: `exports` (dossier.json, tables,
redirects) with `feeds`, `citations`, `charts/` (SVG), `fonts`, `searchable` (what is indexed), `moved` (former addresses).
Addresses themselves are in `content.addresses`, since they decide which ids are taken.

May import every room but `commands`.
"""
