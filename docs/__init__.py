"""The documents, what writes them anew from the code, and what takes their pictures. Nothing here is part of the desk."""
