"""Deal with the computer: files in, files out, results kept, work in other processes.

Knows which folders a dossier has and by which file an output of ours is recognised, and nothing of what files say.

Begin with `snapshot`: the one read of all inputs, by which everything after it depends on bytes alone.

- `snapshot` reads the inputs, `write` replaces a folder or a file in one step, `manifest` lists digests;
- `places` says where may be written, `together` replaces several files or none, `temporary` has folders for a while;
- `memo` keeps results for the next run, `cache` keeps them on disk, packed by `packing`, `forks` shares work out to processes;
- `minisign` has keys and signatures.

May import `dossier.errors` alone. Nothing is re-exported.
"""
