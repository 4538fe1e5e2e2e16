"""Judging: does what the material claims hold?"""
