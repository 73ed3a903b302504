"""The ground floor: money, findings, errors, paths, the policies of printing. Knows no budget and no document."""
