"""The computer: files in, files out, results kept, work in other processes. Knows nothing of dossiers."""
