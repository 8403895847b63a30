"""Serves the interface: ``streamlit run app.py``."""

import streamlit as st

from valuemix.ui import server

app = st.App(server.SCRIPT, **server.options())
