//! The wasmtime engine, with the features that components of this app use, and its epochs.

use std::time::Duration;
use wasmtime::{Config, Engine, InstanceAllocationStrategy, PoolingAllocationConfig};

/// How often running guests are interrupted to look at their time and to let others run. Spin's tick.
pub const EPOCH_TICK: Duration = Duration::from_millis(10);

/// Instances that may live at once, over all components. Each reserves 4 GiB of address space, not memory.
const MAX_INSTANCES: u32 = 200;

/// Memory kept mapped per freed instance, so that the next one starts without page faults. Spin's value.
const KEEP_RESIDENT: usize = 2 << 20;

fn config(pooling: bool) -> Config {
    let mut config = Config::new();
    config.wasm_component_model(true);
    config.wasm_component_model_async(true);
    config.epoch_interruption(true);
    if pooling {
        let mut pool = PoolingAllocationConfig::default();
        pool.total_component_instances(MAX_INSTANCES)
            // A composed component has a memory per part, and adapters have their own instances.
            .total_memories(2 * MAX_INSTANCES)
            .total_tables(4 * MAX_INSTANCES)
            .total_core_instances(10 * MAX_INSTANCES)
            .total_stacks(2 * MAX_INSTANCES)
            .max_memory_size(4 << 30)
            .table_elements(100_000)
            .linear_memory_keep_resident(KEEP_RESIDENT)
            .table_keep_resident(KEEP_RESIDENT / 4);
        config.allocation_strategy(InstanceAllocationStrategy::Pooling(pool));
    }
    config
}

/// Builds the engine. Falls back to allocating instances one by one where the address space for a pool is not to be had.
pub fn new_engine() -> wasmtime::Result<Engine> {
    Engine::new(&config(true)).or_else(|error| {
        tracing::debug!(%error, "no instance pool");
        Engine::new(&config(false))
    })
}

/// Starts the thread that ticks `engine`'s epoch; it ends when the engine is gone.
pub fn start_epochs(engine: &Engine) {
    let engine = engine.weak();
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(EPOCH_TICK);
            match engine.upgrade() {
                Some(engine) => engine.increment_epoch(),
                None => break,
            }
        }
    });
}
