"""The budget document: its contract (``model``, ``schema``), reading it (``json_input``, ``load``), the code books."""
