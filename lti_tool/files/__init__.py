"""Files that people bring: checked by content, kept by digest on disk or in S3, given back to their course."""
