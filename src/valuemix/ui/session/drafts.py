"""Unsaved work of one browser tab, kept on disk beside the scenarios and offered on return.

A draft is written in the background, a second after an edit and at most every five seconds,
so that no slider waits for the disk. The address of the tab carries its key while there is
something to come back to.
"""

from __future__ import annotations

import atexit
import hashlib
import re
import secrets
import threading
import time
import weakref

from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from valuemix.errors import StorageError, ValuemixError
from valuemix.files.scenarios.store import Draft, Store
from valuemix.ui.session.browser.person import Person
from valuemix.ui.session.history import Work

__all__ = ["Drafting", "flush_all", "is_in_use", "work_of"]

SOON, EVERY = 1.0, 5.0
"""Seconds from an edit to the first draft, and from one draft to the next."""
_TAB = re.compile(r"[0-9a-f]{16}")
_KEY = re.compile(r"(?P<owner>[0-9a-f]{16}-[0-9a-f]{8})-[0-9a-f]{8}")
_connections: dict[str, str] = {}
"""Owners of drafts, each with the connection that it works on."""
_open: weakref.WeakSet[Drafting] = weakref.WeakSet()


class Drafting:
    """Keeps the unsaved work of one browser tab, one draft for each scenario.

    A tab that is duplicated, or whose address is passed on, shares its key with another one.
    Each writes under an owner of its own, so that neither touches the draft of the other.

    Parameters
    ----------
    store : Store
        Where the drafts go.
    tab : str
        Key of the tab as its address gives it; anything else than sixteen hexadecimal digits is
        taken for none.
    person : Person, optional
        Whose work it is.

    Attributes
    ----------
    offered : list of Draft
        What the tab left behind when it was here last, newest first.
    failed : str
        Why the last draft could not be written; mostly blank.
    holds : bool
        Whether something else is kept for the tab that is to be found again: a decision in the making.
    """

    def __init__(self, store: Store, tab: str = "", person: Person | None = None) -> None:
        self.store = store
        known = _TAB.fullmatch(tab) is not None
        self.tab = tab if known else secrets.token_hex(8)
        self.owner = f"{self.tab}-{secrets.token_hex(4)}"
        self.offered = _left_by(store, self.tab) if known else []
        self.failed, self.holds = "", False
        self.person = person or Person()
        self._works: dict[str, Work] = {}
        self._waiting: set[str] = set()
        self._timer: threading.Timer | None = None
        self._next = 0.0
        self._lock = threading.RLock()
        _connect(self.owner)
        _open.add(self)

    @property
    def address(self) -> str:
        """Key for the address of the tab; blank while there is nothing to come back to."""
        return self.tab if self.offered or self._works or self.holds else ""

    def follow(self, work: Work, *, unsaved: bool) -> None:
        """Keep the present work if it is not saved; drop its draft if it is. Never waits for the disk twice."""
        key = self._key(work)
        if not unsaved:
            self.drop(work)
        elif self._works.get(key) is not work:
            with self._lock:
                self._works[key] = work
                self._waiting.add(key)
                self._start()

    def drop(self, work: Work) -> None:
        """Forget the draft of a work that is saved now, or was given up."""
        key = self._key(work)
        with self._lock:
            self._waiting.discard(key)
            if self._works.pop(key, None) is not None:
                self._drop(key)

    def set_aside(self, work: Work) -> None:
        """Write unsaved work at once and offer it, so that another one can be opened; errors as `save_draft`."""
        key = self._key(work, f"{self.tab}-{secrets.token_hex(4)}")
        if work.saved is None:
            self.store.make_folder()
        self.store.save_draft(key, work.scenario, work.saved, self.person.name)
        self.drop(work)
        self.offered = [*(each for each in self.store.drafts() if each.session == key), *self.offered]

    def settle(self, draft: Draft) -> None:
        """Offer a draft no longer; move it to the trash, unless another tab is at work on it."""
        self.offered = [each for each in self.offered if each.session != draft.session]
        if not is_in_use(draft):
            self.store.discard_draft(draft.session, self.person.name)

    def took(self, draft: Draft) -> None:
        """Let go of a draft whose work this tab goes on with: one's own is deleted, another's goes to the trash."""
        if self._is_own(draft) and not is_in_use(draft):
            self.offered = [each for each in self.offered if each.session != draft.session]
            self._drop(draft.session)
        else:
            self.settle(draft)

    def _is_own(self, draft: Draft) -> bool:
        """Whether the same person did the work; where nobody is known, whether this tab did."""
        return draft.by == self.person.name and (draft.by != "" or draft in self.offered)

    def flush(self) -> None:
        """Write what waits; a failure is noted and tried again at the next edit."""
        with self._lock:
            self._timer, self._next = None, time.monotonic() + EVERY
            waiting, self._waiting = self._waiting, set()
            for key in waiting:
                self._write(key, self._works[key])

    def _write(self, key: str, work: Work) -> None:
        try:
            if work.saved is None:
                self.store.make_folder()
            self.store.save_draft(key, work.scenario, work.saved, self.person.name)
            self.failed = ""
        except StorageError as error:
            self.failed = str(error)

    def _drop(self, key: str) -> None:
        try:
            self.store.drop_draft(key)
        except StorageError as error:
            self.failed = str(error)

    def _start(self) -> None:
        if self._timer is None:
            self._timer = threading.Timer(max(SOON, self._next - time.monotonic()), self.flush)
            self._timer.daemon = True
            self._timer.start()

    def _key(self, work: Work, owner: str = "") -> str:
        base = work.saved.id if work.saved else ""
        return f"{owner or self.owner}-{hashlib.sha256(base.encode()).hexdigest()[:8]}"


def _left_by(store: Store, tab: str) -> list[Draft]:
    try:
        return [draft for draft in store.drafts() if draft.session.startswith(f"{tab}-")]
    except StorageError:
        return []


def work_of(store: Store, draft: Draft) -> Work:
    """The work in a draft, on the very version that it started from; as a new scenario where that is gone."""
    try:
        saved = store.open(draft.id)
        if saved.hash != draft.hash:
            older = (each.revision for each in store.history(draft.id) if each.hash == draft.hash)
            saved = store.open_version(draft.id, next(older, draft.revision))
    except ValuemixError:
        return Work(draft.scenario, None, draft.scenario)
    if saved.hash != draft.hash:
        return Work(draft.scenario, None, draft.scenario)
    return Work(draft.scenario, saved, saved.scenario)


def is_in_use(draft: Draft) -> bool:
    """Whether a tab that is connected now works on a draft."""
    found = _KEY.fullmatch(draft.session)
    connection = _connections.get(found["owner"]) if found else None
    return connection is not None and _is_active(connection)


def _connect(owner: str) -> None:
    for other, connection in list(_connections.items()):
        if not _is_active(connection):
            _connections.pop(other, None)
    context = get_script_run_ctx(suppress_warning=True)
    if context is not None:
        _connections[owner] = context.session_id


def _is_active(connection: str) -> bool:
    return runtime.exists() and runtime.get_instance().is_active_session(connection)


@atexit.register
def flush_all() -> None:
    """Write what waits, when the server is stopped."""
    for drafting in list(_open):
        drafting.flush()
