"""Files in and out: strict YAML with errors that name file and line."""
