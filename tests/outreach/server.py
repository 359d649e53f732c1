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

After the folder come the ways to it, as many as there are:

    implicit  TLS from the first byte        } with the files `certificate` and `key` in the folder
    starttls  STARTTLS, and nothing without  }
    login     takes mail only from the account whose name and password are the lines of the file `login` in the folder
"""

import asyncio
import logging
import pathlib
import ssl
import sys
import warnings

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

FOLDER = pathlib.Path(sys.argv[1])
WAYS = sys.argv[2:]


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


def is_known(server, session, envelope, mechanism, said):
    name, password = (FOLDER / "login").read_bytes().splitlines()
    # Not handled: the library says 535 itself.
    return AuthResult(success=said == LoginPassword(name, password), handled=False)


def smtp(context):
    ways = {}
    if "starttls" in WAYS:
        ways |= {"tls_context": context, "require_starttls": True}
    if "login" in WAYS:
        ways |= {"auth_required": True, "authenticator": is_known, "auth_require_tls": "starttls" in WAYS}
    return SMTP(House(), hostname="mail.example", **ways)


async def main():
    loop = asyncio.get_running_loop()
    context = None
    if "implicit" in WAYS or "starttls" in WAYS:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(FOLDER / "certificate", FOLDER / "key")
    # It does not know that the line is protected already, and says so at each connection; so it does of what becomes of refused ones.
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    around = context if "implicit" in WAYS else None
    server = await loop.create_server(lambda: smtp(context), "127.0.0.1", 0, ssl=around)
    print(f"listens: {server.sockets[0].getsockname()[1]}", flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    # A text that is held would keep the loop from ending.
    import os

    os._exit(0)


asyncio.run(main())
