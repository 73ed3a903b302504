"""What every other package may import: money, findings, errors, files, paths, settings of printing."""
