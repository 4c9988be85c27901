"""The comment desk 意见工作台: comments on drafts, from the expert who writes to what became of each."""
