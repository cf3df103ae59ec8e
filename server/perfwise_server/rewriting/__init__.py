"""Rewrites by a model, or by the rules: asked for here, checked elsewhere."""
