"""A hundred mistakes as editors make them, each with where it should be told, what is wrong and what to do: written before they were tried."""
