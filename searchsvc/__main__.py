"""`python -m searchsvc`, and the command `searchsvc`.

Apart from ``cli``, whose libraries take a moment to load: Ctrl-C may come before.
"""

import sys


def main() -> None:
    """Run the command and end the process with its exit code."""
    try:
        from searchsvc.cli import cli
        from searchsvc.process import run

        code = run(cli, sys.argv[1:])
    except KeyboardInterrupt:
        code = 2
    sys.exit(code)


if __name__ == "__main__":
    main()
