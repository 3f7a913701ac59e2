"""`python -m dossier`: the command `dossier`."""

from dossier.commands.cli import main

if __name__ == "__main__":
    main()
