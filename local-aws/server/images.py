"""The images whose program runs in the local AWS, which pulls no images. Any other container must have a command that this machine has.

`command` runs instead of `program`, the name of the program in the image, also if the container has no command. `env` is added to the
environment; a value can be a path in the container.
"""


def known():
    return {}
