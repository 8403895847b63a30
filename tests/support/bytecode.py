"""What is imported first: byte code is kept whatever the environment says, and the collector rests until all is read.

A program that a test starts compiles nothing anew. What modules and tests are made of stays for good: to look through
it again and again while it grows is a tenth of the time. `conftest.py` has the collector begin once it is all there.
"""

import gc
import os
import sys

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # a process a processor: two threads of each wait
gc.disable()
