"""The tools of a desk: other ids, lists, what is left to do, what changed. Begin reading with `renaming`."""
