"""The real files lie beside the repository; where they don't, their tests aren't collected."""

from pathlib import Path

REAL = Path(__file__).parents[3].parent / "shared" / "real"

collect_ignore = [] if REAL.is_dir() else ["test_real_files.py", "test_real_files_applied.py"]
