"""``python -m pipeline`` is ``gongkai``."""

from pipeline.first_screen import main

main()
