"""Starts the interface: ``streamlit run app.py``."""

from valuemix.ui.main import main

main()
