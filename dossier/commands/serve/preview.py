"""Run the preview: hear of changes, have `LastGood` take them up in one thread, and tell those who wait."""

from __future__ import annotations

import asyncio
import contextlib
import os
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Hashable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import ParamSpec, TypeVar

from dossier.commands.pipeline import corpus_of
from dossier.commands.reporting import Tell
from dossier.commands.serve.inputs import Inputs, read_inputs, refresh_inputs, watched_folders
from dossier.commands.serve.last_good import LastGood
from dossier.commands.serve.news import Message, Shown, news
from dossier.commands.serve.watch import Change, Debouncer, Watch
from dossier.engine.memo import Memo, Results, gc_paused
from dossier.errors import DossierError, Problem
from dossier.linking.advice import advise
from dossier.linking.linked import LinkedDossier
from dossier.search.apart import Indexer, IndexingEnded

Show = Callable[[tuple[Problem, ...]], None]
P = ParamSpec("P")
T = TypeVar("T")
# Seconds of rest after which everything is looked at anew, whatever was heard: what no event told of is found then.
# A walk takes at most a fiftieth of the time.
REST, REST_FACTOR = 2.0, 50
INDEX_REST = 1.0  # seconds without an edit before search is indexed anew
HEARTBEAT = 15.0
PAUSE = 1.0  # seconds after something failed
PATIENCE = 5.0  # seconds that a request waits for an edit to be taken up


class Preview:
    """A running preview: the last good site and all that goes on around it. To be used in one event loop."""

    def __init__(self, root: Path, last_good: LastGood, inputs: Inputs, *, show: Show, tell: Tell) -> None:
        """Begin with inputs that `last_good` has taken up. `show` is given problems, `tell` progress."""
        self.last_good = last_good
        self._root, self._inputs = root, inputs
        self._show, self._tell = show, tell
        self._worker, self._walker = ThreadPoolExecutor(1), ThreadPoolExecutor(1)
        self._gathering = Debouncer()
        self._heard, self._still, self._closing = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self._followers: set[asyncio.Event] = set()
        self._edited = asyncio.Event()
        self._indexer = Indexer()
        self._advised = Memo()
        self._indexes: Mapping[Hashable, Mapping[str, bytes]] = last_good.known_indexes

    async def run(self) -> None:
        """Keep up with the folders until cancelled."""
        loop = asyncio.get_running_loop()

        def hear(change: Change) -> None:
            with contextlib.suppress(RuntimeError):  # the loop has ended
                loop.call_soon_threadsafe(self._hear, change)

        watch = Watch(watched_folders(self._root), hear, self._say)
        watch.start()
        self._edited.set()
        indexing = asyncio.create_task(self._go_on(self._index_behind))
        try:
            await self._go_on(partial(self._keep_up, watch))
        finally:
            self._indexer.stop()
            indexing.cancel()
            watch.stop()

    async def _go_on(self, work: Callable[[], Awaitable[None]]) -> None:
        """Do work without end: what fails is said, and begun again with everything looked at anew."""
        while True:
            try:
                await work()
            except Exception as error:
                self._say(f"the preview stumbled and goes on: {type(error).__name__}: {error}")
                await asyncio.sleep(PAUSE)
                self._hear(Change(os.path.realpath(self._root), 0.0, folder=True))
                self._edited.set()

    def _say(self, line: str) -> None:
        with contextlib.suppress(OSError, ValueError):  # nobody reads it any more
            self._tell(line)

    async def do(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do work with the last good site in its thread, after what was begun before."""
        return await asyncio.get_running_loop().run_in_executor(self._worker, lambda: work(*args, **kwargs))

    async def ask(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Ask something of the last good site once all changes that were heard of have been taken up."""
        if self._gathering.wait(time.monotonic()) is not None:
            self._still.clear()
            with contextlib.suppress(TimeoutError):  # rather an old page than none
                async with asyncio.timeout(PATIENCE):
                    await self._still.wait()
        return await self.do(work, *args, **kwargs)

    async def follow(self, shown: Shown) -> AsyncIterator[Message | None]:
        """Yield the messages to one open page as they come up; None now and then, as a sign of life."""
        seen = -1
        while not self._closing.is_set():
            if seen != self.last_good.version:
                seen = self.last_good.version
                messages, shown = await self.do(news, self.last_good, shown)
                for message in messages:
                    yield message
            else:
                await self._next_change(seen)
                yield None

    async def _next_change(self, seen: int) -> None:
        changed = asyncio.Event()
        self._followers.add(changed)
        try:
            if self.last_good.version == seen and not self._closing.is_set():
                # Not `wait_for`: it forgets that it was cancelled where its time comes at the same moment.
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(HEARTBEAT):
                        await changed.wait()
        finally:
            self._followers.discard(changed)

    def close(self) -> None:
        """End all that wait for messages."""
        self._closing.set()
        self._notify()

    def _hear(self, change: Change) -> None:
        self._gathering.add(change, time.monotonic())
        self._heard.set()

    async def _keep_up(self, watch: Watch) -> None:
        rest = REST
        while True:
            wait = self._gathering.wait(time.monotonic())
            if wait is None:
                self._still.set()
                if not await self._hears_within(rest):
                    rest = await self._reread(watch)
            elif wait > 0:
                await self._hears_within(wait)  # what is heard may be that the file is finished
            else:
                await self._read_changed(*self._gathering.take())
                rest = REST

    async def _hears_within(self, seconds: float) -> bool:
        """Wait for the next change and return whether one came in time."""
        self._heard.clear()
        try:
            async with asyncio.timeout(seconds):
                await self._heard.wait()
        except TimeoutError:
            return False
        return True

    async def _read_changed(self, paths: frozenset[str], folders: bool) -> None:
        """Read what changed, or everything where that is not enough, and have it taken up."""
        before = self._inputs
        found = None if folders else await self.do(refresh_inputs, before, self._root, paths)
        if found is None:
            found = await self.do(read_inputs, self._root, before)
        await self._take_up(found)

    async def _reread(self, watch: Watch) -> float:
        """Look at everything beside the other work. Return the seconds until the next time."""
        before, begun = self._inputs, time.monotonic()
        found = await asyncio.get_running_loop().run_in_executor(self._walker, read_inputs, self._root, before)
        watch.renew()
        if self._inputs is before:
            await self._take_up(found)
        walked = time.monotonic() - begun
        return max(REST, 2 * walked if watch.is_deaf else REST_FACTOR * walked)

    async def _take_up(self, inputs: Inputs) -> None:
        if inputs == self._inputs:
            self._inputs = inputs
            self.last_good.settle(inputs)
            return
        begun = time.monotonic()
        with gc_paused(freeze=False):
            well = await self.do(self.last_good.take, inputs)
        self._inputs = inputs
        self._notify()
        milliseconds = 1000 * (time.monotonic() - begun)
        self._say(f"taken up in {milliseconds:.0f} ms" if well else "the last good pages stay until this is mended:")
        with contextlib.suppress(OSError, ValueError):
            self._show(self.last_good.problems)
        if well:
            self._edited.set()

    def _notify(self) -> None:
        for follower in self._followers:
            follower.set()

    async def _index_behind(self) -> None:
        """Index for search when edits rest, in a process of its own."""
        while True:
            await self._edited.wait()
            while self._edited.is_set():
                self._edited.clear()
                await asyncio.sleep(INDEX_REST)
            built, inputs = self.last_good.built, self._inputs
            if built is None:
                continue
            if not self.last_good.errors:
                advice = await asyncio.to_thread(self._advise, built.site, inputs)
                await self.do(self.last_good.take_advice, advice)
                self._notify()
            begun = time.monotonic()
            try:
                index = await asyncio.to_thread(self._index, built.site)
            except (DossierError, IndexingEnded, OSError) as error:
                self._say(f"search could not be indexed: {error}")
                continue
            await self.do(self.last_good.take_index, index)
            self._notify()
            self._say(f"search indexed in {time.monotonic() - begun:.1f} s")

    def _advise(self, site: LinkedDossier, inputs: Inputs) -> tuple[Problem, ...]:
        """Return what a careful editor wants to know of a site: it takes longer than a page, and waits until edits rest."""
        self._advised = self._advised.next()
        return advise(site, inputs.snapshot, self._advised)

    def _index(self, site: LinkedDossier) -> Mapping[str, bytes]:
        """Return a site's index: the last where it would be the same."""
        corpus = corpus_of(site)
        key = corpus.digest
        if key not in self._indexes:
            self._indexes = {key: self._indexer.index(corpus)}
        return self._indexes[key]

    def results(self) -> Results:
        """Return what may be kept for the next time. To be asked for when it has ended."""
        indexes: Results = {} if self._indexes is self.last_good.known_indexes else {"search": dict(self._indexes)}
        return {**self.last_good.kept(), **indexes}
