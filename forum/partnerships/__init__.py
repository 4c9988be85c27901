"""City partnerships 城市伙伴关系: from the invitation through review and signature to the final report."""
