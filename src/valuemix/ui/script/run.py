"""What runs for every browser tab and after every click."""

from valuemix.ui.main import main

if __name__ == "__main__":
    main()
