"""Facts about source: what is bound to what, what runs how often, what is done to which container."""

from perfwise_analyzers.facts.facts import Facts

__all__ = ["Facts"]
