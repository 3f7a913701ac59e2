def build_index(documents, synonyms, labels):
    return {}
