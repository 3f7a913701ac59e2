"""Builds the dossier: `python build.py --help` tells how."""

from dossier.commands.cli import main

if __name__ == "__main__":
    main()
