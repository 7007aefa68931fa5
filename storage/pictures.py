"""Pictures behind a digest: letters that tell nothing which a digest would have to tell anew, so that they may be dropped."""

from storage import deliveries
from storage.transaction import Tx

# Pictures that wait behind a text that is out.
LONELY = """
SELECT letter.id FROM letters AS letter
JOIN pages AS page ON page.id = letter.page
WHERE letter.schedule = :schedule AND letter.state = 'waiting' AND page.chart <> '' AND NOT EXISTS (
  SELECT 1 FROM letters AS before
  WHERE before.delivery = letter.delivery AND before.id < letter.id AND before.state IN ('waiting', 'sending'))
"""

# One letter that will not go out.
DROP = "DELETE FROM letters WHERE id = :id"


def drop_lonely(tx: Tx, schedule: int) -> None:
    """Drops pictures that wait behind a text that is out: with it their digest is told."""
    for row in tx.all(LONELY, schedule=schedule):
        drop(tx, row["id"])


def drop(tx: Tx, letter: int) -> None:
    """Drops the picture of a digest whose text is out, which is noted."""
    deliveries.without_chart(tx, letter)
    tx.run(DROP, id=letter)
