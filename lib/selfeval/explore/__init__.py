"""Trying things out in JupyterLab: choose, filter, click, drill down to the sentence, take away what is on the screen.

What is asked of the tables (`material`, `money`, `work`, `meaning`, `context`, `download`) needs no widgets and serves ask.ipynb as
well; the screens with knobs are in `screens`, the only module that knows ipywidgets and itables.
"""

from .context import Context, context
from .download import Download, download
from .material import Material, bodies, material, years

__all__ = ["Context", "Download", "Material", "bodies", "context", "download", "material", "years"]
