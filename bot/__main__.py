"""`python -m bot …` is `wayhome …`."""

from bot.cli import main

main()
