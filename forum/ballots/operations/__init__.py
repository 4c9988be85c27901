"""Everything that changes a ballot or its case: change, audit and mail in one transaction."""
