//! Rust types and traits generated from `wit/host.wit` and, for inference, from the WIT that the components share.

#![expect(
    missing_docs,
    reason = "generated; documented where the interfaces are defined"
)]

mod spin_interfaces {
    wasmtime::component::bindgen!({
        path: "wit",
        world: "flow:host/imports",
        imports: { default: async | trappable },
        with: {
            "spin:key-value/key-value.store": crate::key_value::OpenStore,
            "spin:sqlite/sqlite.connection": crate::sqlite::OpenConnection,
        },
    });
}

mod neural_interfaces {
    wasmtime::component::bindgen!({
        path: "../wit/wasi-nn",
        world: "wasi:nn/user",
        imports: {
            "wasi:nn/inference.[method]graph-execution-context.compute": async | trappable,
            "wasi:nn/graph.load": async | trappable,
            "wasi:nn/graph.load-by-name": async | trappable,
            default: trappable,
        },
        with: {
            "wasi:nn/tensor.tensor": crate::nn::Tensor,
            "wasi:nn/graph.graph": crate::nn::Graph,
            "wasi:nn/inference.graph-execution-context": crate::nn::Context,
            "wasi:nn/errors.error": crate::nn::NnError,
        },
    });
}

pub use neural_interfaces::wasi::nn;
pub use spin_interfaces::spin::key_value::key_value;
pub use spin_interfaces::spin::sqlite::sqlite;
pub use spin_interfaces::spin::variables::variables;
