"""How fast derivgen is, as ratios within one run: ``python -m benchmarks``."""
