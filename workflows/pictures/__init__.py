"""Uploaded photos: checked, scaled down and stripped of metadata. Pillow is imported only when there is one."""
