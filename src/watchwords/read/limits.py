"""How much one input may be: what is more is rejected by name, and the rest is read.

Sizes are bytes unless the name says otherwise. They are far above what a document is and far
below what stops a machine.
"""

MAX_FILE_BYTES = 50_000_000
"""A text, page or office file."""
MAX_TABLE_BYTES = 500_000_000
"""A table; its rows are read one after the other."""
MAX_ARCHIVE_BYTES = 200_000_000
"""A .zip or .gz file as it lies on disk."""
MAX_INFLATED_BYTES = 200_000_000
"""Everything in one archive or office file, unpacked."""
MAX_RATIO = 100
"""Unpacked to packed size, once `RATIO_FROM` bytes are unpacked."""
RATIO_FROM = 1_000_000
MAX_MEMBERS = 2_000
"""Files in one archive."""
MAX_ARCHIVE_DEPTH = 2
"""An archive, and archives in it."""
MAX_CHARACTERS = 5_000_000
"""The text of one document."""
MAX_LINE_CHARACTERS = 5_000_000
"""A line of JSON lines."""
MAX_FIELD_CHARACTERS = 1_000_000
"""A field of a .csv or .tsv table."""
MAX_JSON_DEPTH = 64
MAX_XML_DEPTH = 100
MAX_OUTPUT_BYTES = 100_000_000
"""What a child process may answer at once."""
CHILD_MEMORY_BYTES = 1_500_000_000
"""Address space of a child process."""
CHILD_SECONDS = 20.0
"""Wall and processor time of one document in a child process."""
