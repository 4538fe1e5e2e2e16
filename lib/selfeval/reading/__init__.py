"""Reading: what stands in the material, as text, tables and figures, and whose report it is."""
