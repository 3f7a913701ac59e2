"""Read the kinds of files that desks have, each in a module of its own; all of it runs in a process with limits.

Begin with `table`: every kind, how it is recognised by its bytes, and what reads it or why nothing does. A reader takes a file's
bytes and returns an `Article`, or one of `parts` where a file holds several.
"""
