"""Turn hand-written files into the model, and back: YAML, its faults, references, beginnings, schemas.

Begin with `model`: the types, with the names of the format. Then `front_matter`, which turns one file into one of them.

- in: `paths` and `addresses` (which ids are taken), `fences`, `yaml_text`, `front_matter`, `parsing` (all files), `references`;
- said of what is wrong: `yaml_faults`, `model_faults`, `value_checks`, `entry_faults`, `near_words` (what was meant), `findings` (with their places);
  `unsound` reads the rest of a file in which something is;
- out: `scaffold` begins files, `schema` and `snippets` describe them to editors, all with the words of `field_help`; `edits` changes single values;
- ids: `catalogue` names what can be referred to, `id_fields` finds where ids stand in a text.

May import `language`, `engine` and `errors`; never `articles`: what is written by hand and what was captured meet in
`linking`. Nothing is re-exported.
"""
