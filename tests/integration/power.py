"""A disk whose power can be cut: what was not synced is lost.

A file system in user space over a plain folder. As on ext4, names (created, renamed, removed) come
to the disk in their order, with the next sync at the latest; what stands in a file comes there
when that file is synced. ``cut`` takes back the rest: of names all behind a moment drawn at random,
of files everything since their last sync.
"""

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_CUT = "user.cut"
_SETTLE = "user.settle"


def is_possible() -> bool:
    """Whether this machine lets a program be a file system."""
    try:
        import mfusepy  # noqa: F401
    except (ImportError, OSError):  # it loads libfuse at once
        return False
    return os.access("/dev/fuse", os.R_OK | os.W_OK)


@contextmanager
def disk(folder: Path) -> Iterator[Path]:
    """Mounts one whose files lie below a folder."""
    behind, lost, mounted = (folder / name for name in ("behind", "lost", "disk"))
    for path in (behind, lost, mounted):
        path.mkdir(parents=True)
    command = [sys.executable, __file__, str(behind), str(lost), str(mounted)]
    server = subprocess.Popen(command)
    try:
        until = time.monotonic() + 30
        while not mounted.is_mount():
            assert server.poll() is None and time.monotonic() < until, "it was not mounted"
            time.sleep(0.05)
        yield mounted
    finally:
        subprocess.run(["fusermount3", "-u", "-z", str(mounted)], check=False)
        server.wait(30)


def cut(mounted: Path, seed: int) -> None:
    """Cuts the power; nobody may have a file open."""
    os.setxattr(mounted, _CUT, str(seed).encode())


def settle(mounted: Path) -> None:
    """Brings everything to the disk, as minutes without any writing do."""
    os.setxattr(mounted, _SETTLE, b"")


def _serve(behind: str, lost: str, mounted: str) -> None:
    import mfusepy

    class Disk(mfusepy.Operations):  # type: ignore[misc]
        """Passes everything on, and keeps what would undo it."""

        use_ns = True

        def __init__(self) -> None:
            self.undo: list[Callable[[], None]] = []
            self.unsynced: dict[int, tuple[int, Path]] = {}
            self.kept = 0

        def at(self, path: str) -> Path:
            return Path(behind + path)

        def keep(self) -> Path:
            self.kept += 1
            return Path(lost, str(self.kept))

        def before_writing(self, path: str, fh: int | None = None) -> None:
            """Keeps what a file holds on the disk, where nothing was written to it since."""
            own = os.open(self.at(path), os.O_RDWR) if fh is None else os.dup(fh)
            inode = os.fstat(own).st_ino
            if inode in self.unsynced:
                os.close(own)
                return
            content = self.keep()
            shutil.copyfile(f"/proc/self/fd/{own}", content)
            self.unsynced[inode] = (own, content)

        def synced(self, fh: int) -> None:
            self.undo.clear()
            if kept := self.unsynced.pop(os.fstat(fh).st_ino, None):
                self.forget(*kept)

        def forget(self, own: int, content: Path) -> None:
            os.close(own)
            content.unlink()

        def cut(self, seed: int) -> None:
            for own, content in self.unsynced.values():
                os.ftruncate(own, 0)
                os.pwrite(own, content.read_bytes(), 0)
            reached = random.Random(seed).randint(0, len(self.undo))
            for undo in reversed(self.undo[reached:]):
                undo()

        def settle(self) -> None:
            self.undo.clear()
            for kept in self.unsynced.values():
                self.forget(*kept)
            self.unsynced.clear()

        # Names

        def create(self, path: str, mode: int, fi: Any = None) -> int:
            handle = os.open(self.at(path), os.O_RDWR | os.O_CREAT | os.O_EXCL, mode)
            self.undo.append(lambda: self.at(path).unlink())
            self.before_writing(path)
            return handle

        def mkdir(self, path: str, mode: int) -> None:
            self.at(path).mkdir(mode)
            self.undo.append(lambda: shutil.rmtree(self.at(path)))

        def symlink(self, target: str, source: str) -> None:
            self.at(target).symlink_to(source)
            self.undo.append(lambda: self.at(target).unlink())

        def link(self, target: str, source: str) -> None:
            os.link(self.at(source), self.at(target))
            self.undo.append(lambda: self.at(target).unlink())

        def unlink(self, path: str) -> None:
            kept = self.keep()
            self.at(path).rename(kept)
            self.undo.append(lambda: kept.rename(self.at(path)))

        def rmdir(self, path: str) -> None:
            self.at(path).rmdir()
            self.undo.append(lambda: self.at(path).mkdir())

        def rename(self, old: str, new: str) -> None:
            kept = None
            if os.path.lexists(self.at(new)):
                kept = self.keep()
                self.at(new).rename(kept)
            self.at(old).rename(self.at(new))

            def undo() -> None:
                self.at(new).rename(self.at(old))
                if kept:
                    kept.rename(self.at(new))

            self.undo.append(undo)

        # Contents

        def open(self, path: str, flags: int) -> int:
            if flags & os.O_TRUNC:
                self.before_writing(path)
            return os.open(self.at(path), flags & ~os.O_EXCL)

        def read(self, path: str, size: int, offset: int, fh: int) -> bytes:
            return os.pread(fh, size, offset)

        def write(self, path: str, data: bytes, offset: int, fh: int) -> int:
            self.before_writing(path, fh)
            return os.pwrite(fh, data, offset)

        def truncate(self, path: str, length: int, fh: int | None = None) -> None:
            self.before_writing(path, fh)
            os.truncate(self.at(path) if fh is None else fh, length)

        def fsync(self, path: str, datasync: int, fh: int) -> int:
            self.synced(fh)
            return 0

        def fsyncdir(self, path: str, datasync: int, fh: int) -> int:
            self.undo.clear()
            return 0

        def release(self, path: str, fh: int) -> int:
            os.close(fh)
            return 0

        # What asks only

        def getattr(self, path: str, fh: int | None = None) -> dict[str, Any]:
            found = os.lstat(self.at(path))
            return {name: getattr(found, name) for name in dir(found) if name.startswith("st_")}

        def readdir(self, path: str, fh: int) -> list[str]:
            return [".", "..", *(found.name for found in self.at(path).iterdir())]

        def readlink(self, path: str) -> str:
            return str(self.at(path).readlink())

        def access(self, path: str, mode: int) -> int:
            return 0

        def chmod(self, path: str, mode: int) -> None:
            self.at(path).chmod(mode)

        def utimens(self, path: str, times: tuple[int, int] | None = None) -> None:
            os.utime(self.at(path), ns=times, follow_symlinks=False)

        def statfs(self, path: str) -> dict[str, int]:
            found = os.statvfs(self.at(path))
            return {
                name: getattr(found, name)
                for name in ("f_bavail", "f_bfree", "f_blocks", "f_bsize", "f_files", "f_frsize")
            }

        def setxattr(
            self, path: str, name: str, value: bytes, options: int, position: int = 0
        ) -> int:
            if name == _CUT:
                self.cut(int(value))
            assert name in (_CUT, _SETTLE), name
            self.settle()
            return 0

    mfusepy.FUSE(Disk(), mounted, foreground=True, nothreads=True, attr_timeout=0, entry_timeout=0)


if __name__ == "__main__":
    _serve(*sys.argv[1:])
