"""The register of kinds, in the order digests tell of them; always handed on as a parameter, so that one can be added."""

from records.flight import FLIGHT
from records.session import SESSION

KINDS = (FLIGHT, SESSION)
