"""Byte code is kept, whatever the environment says: a program that a test starts compiles nothing anew."""

import os
import sys

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
