"""What ``valuemix app`` starts: the same as app.py, from wherever the package is installed."""

from valuemix.ui.main import main

if __name__ == "__main__":
    main()
