"""Take in what other tools hold. Open `command.py` first; each other module reads one kind of file into entries.

A file is data of others: it is bounded, nothing of it runs, and what it would write is checked before any of it is written.
"""
