"""Which properties a template can have, and an update can change."""


def changes_only(keys, resource_type, before, properties):
    """Raises NotImplementedError if another property changes, so that no part of an update is silently lost."""
    others = {key for key in before | properties if before.get(key) != properties.get(key)} - keys
    if others:
        raise NotImplementedError(f"the local AWS cannot change {', '.join(sorted(others))} of {resource_type}")


def knows_only(keys, resource_type, properties):
    """Raises NotImplementedError if there is another property, so that none is silently ignored."""
    others = set(properties) - keys
    if others:
        raise NotImplementedError(f"the local AWS does not know {', '.join(sorted(others))} of {resource_type}")
