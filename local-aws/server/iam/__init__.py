"""Decides on requests as IAM documents it. This package knows only policies and requests: it imports nothing else of the local AWS, and no packages."""
