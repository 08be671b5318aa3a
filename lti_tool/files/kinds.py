"""What a file is, by its contents: the kinds that may be taken at all, and the name a file is kept under.

Nothing that a browser would run is among them: no HTML, no SVG, no office document with macros.
"""

import zipfile
from dataclasses import dataclass
from io import BytesIO

from lti_tool.plain_text import in_one_line

LONGEST_NAME = 100
"""Characters, without the ending."""
RESERVED = frozenset('<>:"|?*;')
"""What some computers' disks do not take in names."""
MOST_PARTS = 5_000
"""Files within an office document."""


@dataclass(frozen=True)
class Kind:
    """A kind of file."""

    media_type: str
    ending: str

    @property
    def is_picture(self) -> bool:
        """Whether it can be shown as one, and is written anew before it is kept."""
        return self.media_type.startswith("image/")


JPEG, PNG = Kind("image/jpeg", ".jpg"), Kind("image/png", ".png")
GIF, WEBP = Kind("image/gif", ".gif"), Kind("image/webp", ".webp")
PDF = Kind("application/pdf", ".pdf")
MP3, OGG, WAV = Kind("audio/mpeg", ".mp3"), Kind("audio/ogg", ".ogg"), Kind("audio/wav", ".wav")
M4A, WEBM = Kind("audio/mp4", ".m4a"), Kind("audio/webm", ".webm")
_OOXML = "application/vnd.openxmlformats-officedocument"
DOCX = Kind(f"{_OOXML}.wordprocessingml.document", ".docx")
XLSX = Kind(f"{_OOXML}.spreadsheetml.sheet", ".xlsx")
PPTX = Kind(f"{_OOXML}.presentationml.presentation", ".pptx")
ODT = Kind("application/vnd.oasis.opendocument.text", ".odt")
ODS = Kind("application/vnd.oasis.opendocument.spreadsheet", ".ods")
ODP = Kind("application/vnd.oasis.opendocument.presentation", ".odp")

PICTURES = frozenset({JPEG, PNG, GIF, WEBP})
DOCUMENTS = frozenset({PDF})
AUDIO = frozenset({MP3, OGG, WAV, M4A, WEBM})
OFFICE = frozenset({DOCX, XLSX, PPTX, ODT, ODS, ODP})

_BEGINNINGS = (
    (0, b"\xff\xd8\xff", JPEG),
    (0, b"\x89PNG\r\n\x1a\n", PNG),
    (0, b"GIF87a", GIF),
    (0, b"GIF89a", GIF),
    (8, b"WEBP", WEBP),
    (0, b"%PDF-", PDF),
    (0, b"ID3", MP3),
    (0, b"\xff\xfb", MP3),
    (0, b"\xff\xf3", MP3),
    (0, b"OggS", OGG),
    (8, b"WAVE", WAV),
    (4, b"ftypM4A", M4A),
    (0, b"\x1a\x45\xdf\xa3", WEBM),
)
"""Where each kind says what it is."""
_OFFICE_PARTS = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX, "ppt/presentation.xml": PPTX}
_OPEN_DOCUMENTS = {kind.media_type.encode(): kind for kind in (ODT, ODS, ODP)}


def kind_of(content: bytes) -> Kind | None:
    """What these bytes are; nothing for what is not taken anywhere."""
    for place, mark, kind in _BEGINNINGS:
        if content[place : place + len(mark)] == mark:
            in_riff = kind in {WEBP, WAV}
            return kind if not in_riff or content[:4] == b"RIFF" else None
    return _office_kind(content) if content[:4] == b"PK\x03\x04" else None


def clean_name(given: str, kind: Kind) -> str:
    """What somebody called it, in one line, without folders and unseen signs, and with the ending of what it is."""
    last = in_one_line(given).replace("\\", "/").rsplit("/", 1)[-1]
    whole = in_one_line("".join(" " if letter in RESERVED else letter for letter in last))
    stem = whole.rpartition(".")[0] or whole
    return (stem.strip(". ")[:LONGEST_NAME].strip() or "file") + kind.ending


def _office_kind(content: bytes) -> Kind | None:
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            names = packed.namelist()
            if len(names) > MOST_PARTS or any("vbaproject" in name.lower() for name in names):
                return None
            if "[Content_Types].xml" in names:
                return next((kind for part, kind in _OFFICE_PARTS.items() if part in names), None)
            first = packed.infolist()[0] if names else None
            if first is None or first.filename != "mimetype" or first.file_size > 100:
                return None
            return _OPEN_DOCUMENTS.get(packed.read(first))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError):
        return None
