"""reportgen: official budget disclosures (部门预算公开) as DOCX, PDF and XLSX from one canonical JSON document."""

__version__ = "0.1.0"
