"""Who does the work of a run: processes on this machine (``local``) or workers of a Dask cluster (``dask``)."""
