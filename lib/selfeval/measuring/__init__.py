"""Measuring: metrics and points from records; frames in, frames out."""
