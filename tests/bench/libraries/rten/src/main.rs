//! rten natively.

fn main() -> Result<(), String> {
    library_adapter::answer::<rten_nn::Library>()
}
