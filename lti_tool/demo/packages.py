"""SCORM 1.2 packages, read straight out of their zip files (Content Packaging 1.1.2; SCORM 1.2 CAM, section 2)."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from lxml import etree

from lti_tool.demo.errors import NotHere, PackageUnreadable

MANIFEST = "imsmanifest.xml"
IMSCP = "{http://www.imsproject.org/xsd/imscp_rootv1p1p2}"
ADLCP = "{http://www.adlnet.org/xsd/adlcp_rootv1p2}"
XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"

# The machine's own table differs from machine to machine.
CONTENT_TYPES = {
    ".css": "text/css",
    ".gif": "image/gif",
    ".htm": "text/html",
    ".html": "text/html",
    ".ico": "image/x-icon",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript",
    ".json": "application/json",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".vtt": "text/vtt",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
    ".xsd": "application/xml",
}


@dataclass(frozen=True)
class Sco:
    """One thing to play; `mastery_score` decides passed or failed when the package names one."""

    id: str
    title: str
    href: str
    mastery_score: str = ""
    launch_data: str = ""
    time_limit: str = ""


@dataclass(frozen=True)
class Package:
    """A package with at least one SCO; `key` is the zip's name without its ending."""

    key: str
    path: Path
    title: str
    scos: tuple[Sco, ...]

    def sco(self, sco_id: str) -> Sco:
        """One SCO by its item identifier, the first for "". Raises NotHere."""
        for sco in self.scos:
            if sco_id in {"", sco.id}:
                return sco
        raise NotHere("This package has no such part.")

    def read(self, name: str) -> tuple[bytes, str]:
        """A file's bytes and content type. Raises NotHere; only names that stand in the zip are found."""
        with zipfile.ZipFile(self.path) as zipped:
            try:
                data = zipped.read(name)
            except KeyError:
                raise NotHere("This package has no such file.") from None
        return data, CONTENT_TYPES.get(PurePosixPath(name).suffix.lower(), "application/octet-stream")


def find_packages(folder: Path) -> tuple[list[Package], list[str]]:
    """The packages of a folder by name, and a sentence for each zip that could not be read."""
    found, problems = [], []
    for path in sorted(folder.glob("*.zip")):
        try:
            found.append(_cached(path, path.stat().st_mtime_ns))
        except PackageUnreadable as problem:
            problems.append(str(problem))
    return found, problems


def find_package(folder: Path, key: str) -> Package:
    """One package by its key. Raises NotHere."""
    for package in find_packages(folder)[0]:
        if package.key == key:
            return package
    raise NotHere("There is no such package any more.")


@lru_cache(maxsize=64)
def _cached(path: Path, _changed_at: int) -> Package:
    """Read again only when the file has changed."""
    return read_package(path)


def read_package(path: Path) -> Package:
    """Read the manifest of a zip. Raises PackageUnreadable with what is wrong."""
    try:
        with zipfile.ZipFile(path) as zipped:
            source = zipped.read(MANIFEST)
        root = etree.fromstring(source, etree.XMLParser(resolve_entities=False, no_network=True))
    except (OSError, zipfile.BadZipFile):
        raise PackageUnreadable(f"{path.name} is no zip file.") from None
    except KeyError:
        raise PackageUnreadable(f"{path.name} has no {MANIFEST} at its root.") from None
    except etree.XMLSyntaxError as problem:
        raise PackageUnreadable(f"{path.name}: {MANIFEST} is no XML: {problem.msg}") from None
    organisation = root.find(f"{IMSCP}organizations/{IMSCP}organization")
    if organisation is None:
        raise PackageUnreadable(f"{path.name} is no SCORM 1.2 package.")
    scos = tuple(_scos(organisation, _hrefs(root)))
    if not scos:
        raise PackageUnreadable(f"{path.name} has nothing to play.")
    return Package(path.stem, path, organisation.findtext(f"{IMSCP}title", path.stem).strip(), scos)


def _hrefs(root: etree._Element) -> dict[str, str]:
    """Resource identifier to the file's name in the zip."""
    resources = root.find(f"{IMSCP}resources")
    if resources is None:
        return {}
    base = root.get(XML_BASE, "") + resources.get(XML_BASE, "")
    return {
        resource.get("identifier", ""): base + resource.get(XML_BASE, "") + resource.get("href", "")
        for resource in resources.iterfind(f"{IMSCP}resource")
        if resource.get("href")
    }


def _scos(organisation: etree._Element, hrefs: dict[str, str]) -> Iterator[Sco]:
    for item in organisation.iter(f"{IMSCP}item"):
        href = hrefs.get(item.get("identifierref", ""))
        if href is None or urlsplit(href).scheme:
            continue
        parameters = item.get("parameters", "")
        if parameters and not parameters.startswith(("?", "#")):
            parameters = f"?{parameters}"
        yield Sco(
            id=item.get("identifier", ""),
            title=item.findtext(f"{IMSCP}title", "").strip() or unquote(href),
            href=href + parameters,
            mastery_score=item.findtext(f"{ADLCP}masteryscore", "").strip(),
            launch_data=item.findtext(f"{ADLCP}datafromlms", ""),
            time_limit=item.findtext(f"{ADLCP}maxtimeallowed", "").strip(),
        )
