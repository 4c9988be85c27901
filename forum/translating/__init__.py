"""The translation desk 翻译工作台: what lacks its other language, written, compared and reviewed side by side."""
