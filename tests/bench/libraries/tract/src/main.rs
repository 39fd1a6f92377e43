//! tract natively.

fn main() -> Result<(), String> {
    library_adapter::answer::<tract_nn::Library>()
}
