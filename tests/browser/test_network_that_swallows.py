"""A network in which every packet is lost, as many an office has one, cannot slow a page that asks nothing of it."""

import socket
import threading
from collections.abc import Iterator

import pytest


@pytest.fixture
def swallower() -> Iterator[tuple[str, list[bytes]]]:
    """A proxy that takes every connection and never answers: its address, and what it was asked."""
    server, asked, held = socket.create_server(("127.0.0.1", 0)), [], []

    def swallow() -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            held.append(connection)
            asked.append(connection.recv(4096))

    thread = threading.Thread(target=swallow, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.getsockname()[1]}", asked
    server.shutdown(socket.SHUT_RDWR)
    server.close()
    for connection in held:
        connection.close()
    thread.join()


@pytest.mark.parametrize("name", ["2024", *(pytest.param(name, marks=pytest.mark.slow) for name in ("sheets", "bodies"))])
def test_a_page_is_ready_without_asking_the_network_for_anything(browser, pages, swallower, name):
    address, asked = swallower
    context = browser.new_context(proxy={"server": address, "bypass": "<-loopback>"})
    page = context.new_page()
    page.goto(pages[name].as_uri(), wait_until="load")
    page.evaluate("document.fonts.ready")
    assert page.evaluate("document.fonts.check('16px \"Selfeval Sans\"', '绩效')")
    assert page.evaluate("document.readyState") == "complete"
    assert asked == []
    context.close()


def test_the_network_would_have_been_seen_had_it_been_asked(browser, swallower):
    address, asked = swallower
    context = browser.new_context(proxy={"server": address, "bypass": "<-loopback>"})
    page = context.new_page()
    page.set_content("<img src=http://evil.invalid/x>", wait_until="commit")
    while not asked:
        page.wait_for_timeout(50)
    assert b"evil.invalid" in asked[0]
    context.close()
