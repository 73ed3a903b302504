"""What a file says about itself: its information, the same as XMP, and what it claims to conform to.

The claims are PDF/A-2b (ISO 19005-2, 6.6) and PDF/UA-1 (ISO 14289-1, 5). ``docs/pdf.md`` says how they are checked.
"""

from __future__ import annotations

from ....tree.nodes import Document
from .file import Store, text
from .icc_profile import srgb

_BY = "reportgen"
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
"""The extension is there because PDF/A takes no property that XMP does not know, such as PDF/UA's, without one."""


def information(document: Document, store: Store) -> str:
    """The dictionary of information (ISO 32000-1, 14.3.3); a reference. What is empty is left out, as in XMP."""
    date = f"(D:{document.date:%Y%m%d}000000Z)"
    said = {
        "Title": document.title,
        "Author": document.author,
        "Subject": document.subject,
        "Keywords": _keywords(document),
        "Creator": _BY,
        "Producer": _BY,
    }
    entries = "".join(f"/{key} {text(value)} " for key, value in said.items() if value)
    return store.add(f"<< {entries}/CreationDate {date} /ModDate {date} >>")


def claims(document: Document, store: Store) -> str:
    """The entries of the catalog that hold the XMP and what the colours are meant to be (ISO 32000-1, 14.11.5)."""
    packet = store.plain(packet_of(document).encode("utf-8"), "/Type /Metadata /Subtype /XML")
    profile = store.stream(srgb(), "/N 3")
    return (
        f"/Metadata {packet} /OutputIntents [<< /Type /OutputIntent /S /GTS_PDFA1"
        f" /OutputConditionIdentifier (sRGB IEC61966-2.1) /Info (sRGB IEC61966-2.1) /DestOutputProfile {profile} >>]"
    )


def packet_of(document: Document) -> str:
    """The XMP packet (ISO 16684-1): the values of :func:`information` and the claims."""
    date = f"{document.date:%Y-%m-%d}T00:00:00Z"
    properties = [
        "<dc:format>application/pdf</dc:format>",
        _listed("title", "Alt", ' xml:lang="x-default"', document.title),
        _listed("creator", "Seq", "", document.author),
        _listed("description", "Alt", ' xml:lang="x-default"', document.subject),
        _listed("language", "Bag", "", document.language),
        _simple("pdf:Keywords", _keywords(document)),
        _simple("pdf:Producer", _BY),
        _simple("xmp:CreatorTool", _BY),
        *(_simple(f"xmp:{name}", date) for name in ("CreateDate", "ModifyDate", "MetadataDate")),
    ]
    return _PACKET.format(properties="\n".join(filter(None, properties)))


def _keywords(document: Document) -> str:
    return ", ".join(document.keywords)


def _simple(name: str, value: str) -> str:
    return f"<{name}>{value.translate(_ESCAPES)}</{name}>" if value else ""


def _listed(name: str, kind: str, look: str, value: str) -> str:
    """A property of one value in a list, as most of Dublin Core's are."""
    if not value:
        return ""
    return f"<dc:{name}><rdf:{kind}><rdf:li{look}>{value.translate(_ESCAPES)}</rdf:li></rdf:{kind}></dc:{name}>"
