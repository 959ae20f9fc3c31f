//! Counts its messages, keeps each one and knows the notes in its workspace.

mod agent;

fn main() {
    fieldwork::run(agent::agent("/workspace"));
}
