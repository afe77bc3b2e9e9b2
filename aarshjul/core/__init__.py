"""Pure rules: they take data and a moment and return data; nothing else decides."""
