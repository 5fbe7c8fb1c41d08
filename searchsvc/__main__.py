"""`python -m searchsvc` is `searchsvc`."""

from searchsvc.cli import main

main()
