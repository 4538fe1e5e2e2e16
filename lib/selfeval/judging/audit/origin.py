"""What the source card and the folder say about the raw material."""

from __future__ import annotations

from collections.abc import Iterator

from selfeval.judging.report import Finding, Material, finding


def remarks(material: Material) -> Iterator[Finding]:
    """Every remark of the source card as a flag: the reader of the report has to know it, and it stops nothing."""
    for remark in material.remarks:
        yield finding(material, "source", "flag", remark=remark)
