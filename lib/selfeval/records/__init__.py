"""Records: what was read or typed, as tidy rows, each with its evidence."""
