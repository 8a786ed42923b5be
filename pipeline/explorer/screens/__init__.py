"""The pages of the explorer, one module each; a folder called pages would be Streamlit's own."""
