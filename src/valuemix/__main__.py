"""``python -m valuemix`` is the command ``valuemix``."""

from valuemix.cli import main

if __name__ == "__main__":
    main(prog_name="valuemix")
