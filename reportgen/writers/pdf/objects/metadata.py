"""Metadata: the information dictionary, the same values as XMP, the output intent, and the conformance claims.

The claims are PDF/A-2b (ISO 19005-2, 6.6) and PDF/UA-1 (ISO 14289-1, 5); how they are checked: ``docs/pdf.md``.
"""

from __future__ import annotations

from ....tree.nodes import Document
from .file_builder import PdfBuilder
from .icc_profile import srgb
from .syntax import text_string

_PROGRAM = "reportgen"
_SPECIAL = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;"}
_NOT_IN_XML = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])
_ESCAPES = {**_NOT_IN_XML, **_SPECIAL, ord("\r"): "&#13;"}

_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>B</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
{properties}
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""
"""PDF/A accepts a property that XMP does not define, such as PDF/UA's, only with an extension schema."""


def information(document: Document, builder: PdfBuilder) -> str:
    """Add the information dictionary (ISO 32000-1, 14.3.3) and return a reference; empty values are left out."""
    date = f"(D:{document.date:%Y%m%d}000000Z)"
    values = {
        "Title": document.title,
        "Author": document.author,
        "Subject": document.subject,
        "Keywords": _keywords(document),
        "Creator": _PROGRAM,
        "Producer": _PROGRAM,
    }
    entries = "".join(f"/{key} {text_string(value)} " for key, value in values.items() if value)
    return builder.add(f"<< {entries}/CreationDate {date} /ModDate {date} >>")


def metadata_entries(document: Document, builder: PdfBuilder) -> str:
    """Return the catalog's entries for the XMP packet and the output intent (ISO 32000-1, 14.3.2 and 14.11.5)."""
    packet = builder.plain(xmp_packet(document).encode("utf-8"), "/Type /Metadata /Subtype /XML")
    profile = builder.stream(srgb(), "/N 3")
    return (
        f"/Metadata {packet} /OutputIntents [<< /Type /OutputIntent /S /GTS_PDFA1"
        f" /OutputConditionIdentifier (sRGB IEC61966-2.1) /Info (sRGB IEC61966-2.1) /DestOutputProfile {profile} >>]"
    )


def xmp_packet(document: Document) -> str:
    """Return the XMP packet (ISO 16684-1): the values of :func:`information` and the conformance claims."""
    date = f"{document.date:%Y-%m-%d}T00:00:00Z"
    properties = [
        "<dc:format>application/pdf</dc:format>",
        _listed("title", "Alt", ' xml:lang="x-default"', document.title),
        _listed("creator", "Seq", "", document.author),
        _listed("description", "Alt", ' xml:lang="x-default"', document.subject),
        _listed("language", "Bag", "", document.language),
        _simple("pdf:Keywords", _keywords(document)),
        _simple("pdf:Producer", _PROGRAM),
        _simple("xmp:CreatorTool", _PROGRAM),
        *(_simple(f"xmp:{name}", date) for name in ("CreateDate", "ModifyDate", "MetadataDate")),
    ]
    return _PACKET.format(properties="\n".join(filter(None, properties)))


def _keywords(document: Document) -> str:
    return ", ".join(document.keywords)


def _simple(name: str, value: str) -> str:
    return f"<{name}>{value.translate(_ESCAPES)}</{name}>" if value else ""


def _listed(name: str, container: str, attribute: str, value: str) -> str:
    """Return a property of one value in an RDF container, as most of Dublin Core's are."""
    if not value:
        return ""
    item = f"<rdf:li{attribute}>{value.translate(_ESCAPES)}</rdf:li>"
    return f"<dc:{name}><rdf:{container}>{item}</rdf:{container}></dc:{name}>"
