"""The mail server of the tests.

It keeps each mail it takes as a file NUMBER.eml in a folder, prints the port it listens on, and ends when its standard input does. Before
each recipient and each text it reads the file `mood` in the folder:

    take      takes everything (also without the file)
    defer     451 for each recipient
    refuse    550 for each recipient
    spoil     554 after the text
    vanish    keeps the text, and breaks the line without a word
    hold      keeps the text, and answers only once the mood is another
    dropped   forgets the text, and breaks the line without a word
"""

import asyncio
import pathlib
import sys

from aiosmtpd.smtp import SMTP

FOLDER = pathlib.Path(sys.argv[1])


def mood():
    try:
        return (FOLDER / "mood").read_text().strip()
    except FileNotFoundError:
        return "take"


class House:
    count = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        if mood() == "defer":
            return "451 4.3.2 Come back later"
        if mood() == "refuse":
            return "550 5.1.1 Nobody of that name here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        now = mood()
        if now == "spoil":
            return "554 5.7.1 Not with that text"
        if now != "dropped":
            House.count += 1
            part = FOLDER / f".{House.count}.part"
            part.write_bytes(envelope.original_content)
            part.rename(FOLDER / f"{House.count}.eml")
        if now in ("vanish", "dropped"):
            server.transport.abort()
            await asyncio.Event().wait()
        while mood() == "hold":
            await asyncio.sleep(0.01)
        return "250 OK"


async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(House(), hostname="mail.example"), "127.0.0.1", 0)
    print(f"listens: {server.sockets[0].getsockname()[1]}", flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    # A text that is held would keep the loop from ending.
    import os

    os._exit(0)


asyncio.run(main())
