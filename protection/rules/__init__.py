"""The rules of what may not be kept of what people write, one room for each sort; their words stand in words.toml."""
