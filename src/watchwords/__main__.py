"""The command line as ``python -m watchwords``."""

from watchwords.cli import main

if __name__ == "__main__":
    main()
