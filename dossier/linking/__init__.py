"""Link the dossier: hand-written content and captured articles meet here, and nowhere else.

Begin with `linked`: `LinkedDossier` is what this room makes and all that `pages` is given. Then, in the order of a build:
`entries` reads reports with their texts, `checks` finds what is wrong between files, `parts` finds actors in each report's
texts, `link` puts everything together, `origins` traces where claims come from, `origin_checks` finds what is wrong with that;
`advice/` holds the warnings that only the command `check` asks for.

- checks of their own: `file_checks`, `copied` (seeds that are the publisher's text), `attachments`, `targets` (what can be referred to), `drafts`;
- what follows from claims: `confidence`, `survival` (what remains without a speaker), `ledger` (what was corrected), `suggest` with `passages`.

May import `content`, `articles`, `language`, `engine` and `errors`. Nothing here knows a page or a template.
"""
