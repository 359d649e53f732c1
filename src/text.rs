//! Untrusted text made harmless, folded for search, and measured in columns.
