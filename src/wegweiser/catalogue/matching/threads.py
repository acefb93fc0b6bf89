"""One thread for the numeric libraries; they read this when they are first imported, and more are many times slower."""

import os

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(name, "1")
