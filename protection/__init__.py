"""The guard: what may be kept of what people write, and what an audience may see of it."""
