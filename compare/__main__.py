"""`python -m compare` and the `parallax` command."""

import gc
import sys

INTERRUPTED = 130
# Importing and reading make hundreds of thousands of objects that stay: looking through them for garbage
# as often as Python does by itself (700 new ones, 10, 10) is a tenth of what a short command takes.
THRESHOLD = (20_000, 20, 20)


def main() -> None:
    """Run the command line; a mistake of the user's ends as one line and its exit code."""
    gc.set_threshold(*THRESHOLD)
    try:
        from compare.cli import run

        sys.exit(run())
    except KeyboardInterrupt:
        print("parallax: interrupted; nothing half written was left behind", file=sys.stderr)
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
