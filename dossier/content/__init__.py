"""Hand-written files to the model, and back: YAML, its faults, references, beginnings, schemas."""
