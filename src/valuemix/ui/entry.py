"""What ``valuemix app`` serves: the same as app.py, from wherever the package is installed."""

import streamlit as st

from valuemix.ui import server

app = st.App(server.SCRIPT, **server.options())
