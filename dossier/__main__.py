"""`python -m dossier`: the command `dossier`."""

import sys

if __name__ == "__main__":
    # Python has put the current folder first on its path: what lies there, in a dossier say, must not pass for a package.
    if not sys.flags.safe_path:
        del sys.path[0]
    from dossier.commands.cli import main

    main()
