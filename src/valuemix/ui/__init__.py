"""The interface: state, components and pages, and no arithmetic."""
