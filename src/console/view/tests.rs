//! What every pane and state looks like, what its colours mean, and where the cursor stands.

mod colours;
mod screens;
mod states;
