//! Passages: the units that are indexed, ranked and shown.
