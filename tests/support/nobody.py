"""Who runs what is tested: an unprivileged user, where the tests themselves run as root."""
import os

NOBODY = 65534


def as_nobody():
    """In the child."""
    if os.getuid() == 0:
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)


def as_nobody_apart():
    """In the child, which gets a session of its own."""
    os.setsid()
    as_nobody()
