"""Addresses of a platform's services, made from those that it gave (AGS 2.0, 3.1; NRPS 2.0, 2.4)."""

from urllib.parse import urlencode, urlsplit, urlunsplit


def beside(url: str, service: str, **parameters: str) -> str:
    """A further part of the path, such as a line item's scores, before the query."""
    address = urlsplit(url)
    return with_query(urlunsplit(address._replace(path=f"{address.path.rstrip('/')}/{service}")), **parameters)


def with_query(url: str, **parameters: str | int | None) -> str:
    """The address with these parameters beside those that it has; None leaves one out."""
    address = urlsplit(url)
    added = urlencode({name: value for name, value in parameters.items() if value is not None})
    return urlunsplit(address._replace(query="&".join(filter(None, (address.query, added))), fragment=""))


def origin(url: str) -> tuple[str, str | None, int | None]:
    """Scheme, host and port, with the usual port where none is named; raises ValueError for no address."""
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or {"https": 443, "http": 80}.get(parts.scheme)
