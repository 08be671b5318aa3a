"""Small packages as other builders write them, and zips with the faults that people's zips have."""

import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path

from scorm_builder.checking import check_package

PAGE = b"<!DOCTYPE html><title>Safety</title><p>Look around." + b" And again." * 50
LOM = """<lom xmlns="http://www.imsglobal.org/xsd/imsmd_rootv1p2p1">
  <general><title><langstring xml:lang="x-none">Safety</langstring></title>
  <description><langstring xml:lang="x-none">What to know</langstring></description></general>
  <lifecycle><version><langstring xml:lang="x-none">1.0</langstring></version></lifecycle>
</lom>"""
PREFIXED = LOM.replace("<lom xmlns=", "<imsmd:lom xmlns:imsmd=").replace("</lom>", "</imsmd:lom>")
for _name in ("general", "title", "langstring", "description", "lifecycle", "version"):
    PREFIXED = PREFIXED.replace(f"<{_name}", f"<imsmd:{_name}").replace(f"</{_name}", f"</imsmd:{_name}")
SCORM12 = """<?xml version="1.0" encoding="utf-8"?>
<manifest identifier="safety" version="1.3" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xsi:schemaLocation="http://www.imsproject.org/xsd/imscp_rootv1p1p2 imscp_rootv1p1p2.xsd"{base}>
  <metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion>{lom}</metadata>
  <organizations default="o"><organization identifier="o"><title>Safety</title>
    <item identifier="i" identifierref="r"><title>Safety</title></item></organization></organizations>
  <resources{resources}>
    <resource identifier="r" type="webcontent" adlcp:scormtype="sco" href="{href}"{resource}>{files}</resource>
  </resources>
</manifest>"""
SCORM2004 = """<?xml version="1.0"?>
<manifest identifier="safety" version="1" xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"
  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" xmlns:adlnav="http://www.adlnet.org/xsd/adlnav_v1p3">
  <metadata><schema>ADL SCORM</schema><schemaversion>2004 4th Edition</schemaversion>
    <lom xmlns="http://ltsc.ieee.org/xsd/LOM">
      <general><title><string language="en">Safety</string></title></general></lom>
  </metadata>
  <organizations default="o"><organization identifier="o"><title>Safety</title>
    <item identifier="i" identifierref="r"><title>Safety</title>
      <adlnav:presentation><adlnav:navigationInterface><adlnav:hideLMSUI>continue</adlnav:hideLMSUI>
      </adlnav:navigationInterface></adlnav:presentation></item></organization></organizations>
  <resources><resource identifier="r" type="webcontent" adlcp:scormType="sco" href="index.html">
    <file href="index.html"/></resource></resources>
</manifest>"""
CMI5 = """<?xml version="1.0"?>
<courseStructure xmlns="https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd">
  <course id="{course}"><title><langstring lang="en">C</langstring></title>
    <description><langstring lang="en">C</langstring></description></course>
  <objectives><objective id="{objective}"><title><langstring lang="en">O</langstring></title>
    <description><langstring lang="en">O</langstring></description></objective></objectives>
  <block id="{block}"><title><langstring lang="en">B</langstring></title>
    <description><langstring lang="en">B</langstring></description>
    <au id="{au}"><title><langstring lang="en">A</langstring></title>
      <description><langstring lang="en">A</langstring></description>
      <objectives><objective idref="{idref}"/></objectives><url>{url}</url></au></block>
</courseStructure>"""
_IDS = {
    "course": "https://school.example/c",
    "objective": "https://school.example/o",
    "block": "urn:uuid:5c1b",
    "au": "https://school.example/a",
    "idref": "https://school.example/o",
    "url": "index.html",
}


def scorm12(href: str = "index.html", files: tuple[str, ...] = ("index.html",), **around: str) -> bytes:
    """A manifest of SCORM 1.2; `base`, `resources`, `resource` are `xml:base`, `lom` is metadata."""
    bases = {
        name: f' xml:base="{around[name]}"' if name in around else "" for name in ("base", "resources", "resource")
    }
    listed = "".join(f'<file href="{name}"/>' for name in files)
    return SCORM12.format(href=href, files=listed, lom=around.get("lom", ""), **bases).encode()


def cmi5(**changed: str) -> bytes:
    """A course structure of one block and unit, right unless something is changed."""
    return CMI5.format(**{**_IDS, **changed}).encode()


def write_zip(path: Path, files: Mapping[str, bytes | str]) -> Path:
    """A plain zip of some files."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def patch(path: Path, name: str, offset_in_local: int, offset_in_central: int, value: int) -> None:
    """Set two bytes of a member's local and central headers (APPNOTE 4.3.7 and 4.3.12)."""
    content = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", offset_in_local), (b"PK\x01\x02", offset_in_central)):
        fixed = 30 if mark == b"PK\x03\x04" else 46
        place = content.find(mark)
        while content[place + fixed : place + fixed + len(name)] != name.encode():
            place = content.find(mark, place + 1)
        content[place + offset : place + offset + 2] = struct.pack("<H", value)
    path.write_bytes(bytes(content))


def with_password(path: Path, name: str) -> None:
    """Mark a member as encrypted."""
    patch(path, name, 6, 8, 1)


def with_method(path: Path, name: str, method: int) -> None:
    """Say that a member is packed by another method."""
    patch(path, name, 8, 10, method)


def with_damage(path: Path, name: str) -> None:
    """Spoil a member's packed bytes."""
    content = bytearray(path.read_bytes())
    place = content.find(name.encode()) + len(name)
    for at in range(place + 2, place + 12):
        content[at] ^= 0xFF
    path.write_bytes(bytes(content))


def errors(path: Path, schemas: Path | None = None) -> list[str]:
    """What `check` finds wrong in a package."""
    return [finding.text for finding in check_package(path, schemas) if finding.verdict == "error"]


def packed(folder: Path, files: Mapping[str, bytes | str]) -> list[str]:
    """What is wrong in a zip of some files."""
    return errors(write_zip(folder / "package.zip", files))
