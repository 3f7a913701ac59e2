"""Do what a person types: every command of the program.

Begin with `pipeline.compose` and `pipeline.site_files`, the whole way from files to files without touching the disk; `build` stands at
its two ends, with `visits`, `joining`, `keeping` and `unchanged` for what the last build left, `templates` and `trust` for whose
templates make the pages, and `commit_time`.

- `cli`, `cli_beginning`, `cli_desk` and `cli_signing` define the commands and import what one needs only when it runs, so that `--help` is
  quick; `options` are shared, `speech`, `reporting` and `arabic/` say things, `last_words` ends every command with a sentence;
- begin: `new`, `starting` (a whole dossier), `intake`, `importing/`; at the desk: `desk/`, `suggest`, `lsp/`; look: `serve/`;
- copies: `archive`, `offline`, `onefile` and `crate` make them, `copies` and `verify` check them, `signing`, `proving` and `release` say whose they are
  and what changed.

May import every room. Only this room prints, reads the clock and opens sockets; a build reads and writes through `engine`.
"""
