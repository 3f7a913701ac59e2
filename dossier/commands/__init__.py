"""Do what a person types: build, check, serve, archive, verify, new, intake.

Begin with `pipeline.compose` and `pipeline.site_files`, the whole way from files to files without touching the disk; `build`
stands at its two ends. `cli` names the commands and imports what one needs only when it runs, so that `--help` is quick.
`archive` and `offline` make the copy that works without a server, `verify` checks one; `new` and `intake` begin files;
`serve/` is the live preview; `reporting` shows problems.

May import every room. Only this room prints, reads the clock and opens sockets; what a build reads and writes goes through `engine`.
"""
