"""The script of the interface, away from the folder ``pages``, which Streamlit would take for its own."""
