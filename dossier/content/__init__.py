"""Turn hand-written files into the model, and back: YAML, its faults, references, beginnings, schemas.

Begin with `model`: the types, with the names of the format. Then `front_matter`, which turns one file into one of them.

- in: `paths` and `addresses` (which ids are taken), `fences`, `yaml_text`, `front_matter`, `parsing` (all files), `references`;
- said of what is wrong: `yaml_faults`, `model_faults`, `findings` (with their places);
- out: `scaffold` begins files, `schema` describes them to editors, both with the words of `field_help`.

May import `language`, `engine` and `errors`; never `articles`: what is written by hand and what was captured meet in
`linking`. Nothing is re-exported.
"""
