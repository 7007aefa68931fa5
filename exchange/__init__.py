"""Tables in files: CSV, XLSX, HXL and JSON, read and written. A file from outside is hostile until it has been read here.

Nothing here knows a kind, a person or the database; what a column means is said in `records/`.
"""
