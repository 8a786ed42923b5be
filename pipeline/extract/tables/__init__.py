"""Tables to observations: labels matched to a form, cells bound to rows and columns."""
