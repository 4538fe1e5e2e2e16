"""Running: how all of it comes about, safely: stages, kernels, batches, publishing."""
