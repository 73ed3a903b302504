"""What others hand in: workbooks, exports of budget systems and ledgers become documents (``docs/excel-in.md``)."""
