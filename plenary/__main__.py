"""python -m plenary: the command line."""

from plenary.cli import main

main()
