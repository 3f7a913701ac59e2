"""Deal with the computer: files in, files out, results kept, work in other processes. Knows nothing of dossiers.

Begin with `snapshot`: the one read of all inputs, by which everything after it depends on bytes alone.

- `snapshot` reads the inputs, `write` replaces a folder or a file in one step, `manifest` lists digests;
- `memo` keeps results for the next run, `cache` keeps them on disk, packed by `packing`, `forks` shares work out to processes.

May import `dossier.errors` alone. Nothing is re-exported.
"""
