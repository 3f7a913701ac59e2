"""Builds the dossier: `python build.py --help` tells how."""

from pathlib import Path

from dossier.commands.cli import main

if __name__ == "__main__":
    main(Path(__file__).resolve().parent)
