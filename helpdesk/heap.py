"""Large buffers go back to the system when they are freed."""

import ctypes

M_MMAP_THRESHOLD = -3
LARGE = 256 * 1024


def give_back() -> None:
    """Tell glibc's allocator once and for all what is large; elsewhere this does nothing.

    It learns that from what is freed: after the first password (Argon2 takes 7 MB), picture or upload it would
    keep as much in the heap of each thread, for good.
    """
    set_option = getattr(ctypes.CDLL(None), "mallopt", None)
    if set_option is not None:
        set_option(M_MMAP_THRESHOLD, LARGE)
