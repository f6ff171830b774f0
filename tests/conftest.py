"""The long tests begin first, so that no core waits for one of them at the end."""


def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: "proofs" not in item.path.parts)
