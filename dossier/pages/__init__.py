"""Make what is published of a linked dossier: a pure function from `LinkedDossier` and templates to bytes by address.

Begin with `outline`, which lists every HTML page with its template and its view. `views/` decide what a page shows, one frozen
value each; `render` gives the view to its template, which can see nothing else. `reads` notes what a page reads, so that it is made again only where that changed.

- files for machines: `pieces` (dossier.json, tables), `exports` (redirects, data package), `feeds`, `citations`, `json_ld`, `ftm`, `nanopubs`,
  `annotations`, `argdown`, `searchable` (what is indexed);
- for the eye: `charts/` (SVG), `pictures` (of links), `fonts`, `icons`; for the browser: `worker`; `moved` has former addresses.

Addresses themselves are in `content.addresses`, since they decide which ids are taken.

May import every room but `commands`.
"""
