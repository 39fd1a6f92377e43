//! Satisfies imports of a component with another component, as `dependencies` in the manifest says and as Spin does it.

use crate::manifest::{Component, Inherit};
use wac_graph::types::Package;
use wac_graph::{CompositionGraph, EncodeOptions, NodeId};

/// A component that provides imports of another.
#[derive(Clone, Debug)]
pub struct Provider {
    /// Which imports: `package:name`, with `/interface` and `@version` when given.
    pub import: String,
    /// Name of the export to use, when it differs from the import's.
    pub export: Option<String>,
    /// What of the parent's configuration it may use.
    pub inherit: Inherit,
    /// Its bytes.
    pub wasm: Vec<u8>,
}

/// Why two components do not fit together.
#[derive(Debug, thiserror::Error)]
pub enum ComposeError {
    /// A dependency is named that the component does not import.
    #[error("the dependency {import:?} matches no import of component {component:?}")]
    Unmatched {
        /// The component.
        component: String,
        /// The dependency's name.
        import: String,
    },
    /// The provider lacks an export.
    #[error("the dependency {import:?} exports no {export:?}")]
    MissingExport {
        /// The dependency's name.
        import: String,
        /// What it should export.
        export: String,
    },
    /// The provider would reach something that the manifest does not let it inherit.
    #[error(
        "the dependency {import:?} imports {interface}, but its inherit_configuration lacks {key:?}: this host cannot hide \
         the parent's {key} from it"
    )]
    NotInherited {
        /// The dependency's name.
        import: String,
        /// The interface.
        interface: String,
        /// The key of `inherit_configuration`.
        key: &'static str,
    },
    /// The bytes are no component, or the types differ.
    #[error("component {component:?} cannot be composed: {reason}")]
    Graph {
        /// The component.
        component: String,
        /// What the composer says.
        reason: String,
    },
}

/// Composes `providers` into the component `id` with the given bytes.
pub fn compose(
    id: &str,
    manifest: &Component,
    wasm: Vec<u8>,
    providers: Vec<Provider>,
) -> Result<Vec<u8>, ComposeError> {
    let failed = |reason: String| ComposeError::Graph {
        component: id.to_owned(),
        reason,
    };
    let mut graph = CompositionGraph::new();
    let (imports, exports, main) = register(&mut graph, "main", wasm).map_err(failed)?;
    for (number, provider) in providers.into_iter().enumerate() {
        let matched: Vec<&String> = imports
            .iter()
            .filter(|name| matches(&provider.import, name))
            .collect();
        if matched.is_empty() {
            return Err(ComposeError::Unmatched {
                component: id.to_owned(),
                import: provider.import,
            });
        }
        let (needs, offers, instance) =
            register(&mut graph, &format!("provider-{number}"), provider.wasm).map_err(failed)?;
        check_inherited(&provider.import, &provider.inherit, manifest, &needs)?;
        for import in matched {
            let export = provider.export.as_ref().unwrap_or(import);
            if !offers.contains(export) {
                return Err(ComposeError::MissingExport {
                    import: provider.import,
                    export: export.clone(),
                });
            }
            let alias = graph
                .alias_instance_export(instance, export)
                .map_err(|error| failed(error.to_string()))?;
            graph
                .set_instantiation_argument(main, import, alias)
                .map_err(|error| failed(chain(&error.into())))?;
        }
    }
    for export in &exports {
        let alias = graph
            .alias_instance_export(main, export)
            .map_err(|error| failed(error.to_string()))?;
        graph
            .export(alias, export)
            .map_err(|error| failed(error.to_string()))?;
    }
    graph
        .encode(EncodeOptions::default())
        .map_err(|error| failed(chain(&error.into())))
}

fn chain(error: &anyhow::Error) -> String {
    format!("{error:#}")
}

type Registered = (Vec<String>, Vec<String>, NodeId);

fn register(graph: &mut CompositionGraph, name: &str, wasm: Vec<u8>) -> Result<Registered, String> {
    let package = Package::from_bytes(name, None, wasm, graph.types_mut()).map_err(|error| chain(&error))?;
    let world = package.ty();
    let id = graph
        .register_package(package)
        .map_err(|error| error.to_string())?;
    let world = &graph.types()[world];
    let imports = world.imports.keys().cloned().collect();
    let exports = world.exports.keys().cloned().collect();
    Ok((imports, exports, graph.instantiate(id)))
}

/// Whether the dependency name `dependency` covers the import `import`.
fn matches(dependency: &str, import: &str) -> bool {
    let split = |name: &str| {
        let (path, version) = name.split_once('@').map_or((name.to_owned(), None), |(p, v)| {
            (p.to_owned(), Some(v.to_owned()))
        });
        let (package, interface) = path
            .split_once('/')
            .map_or((path.clone(), None), |(p, i)| (p.to_owned(), Some(i.to_owned())));
        (package, interface, version)
    };
    let (package, interface, version) = split(dependency);
    let (import_package, import_interface, import_version) = split(import);
    package == import_package
        && (interface.is_none() || interface == import_interface)
        && (version.is_none() || version == import_version)
}

/// Spin denies a dependency what it does not inherit. This host has no deny adapter: it refuses the combination instead, unless the parent
/// has nothing of the kind.
fn check_inherited(
    dependency: &str,
    inherit: &Inherit,
    parent: &Component,
    imports: &[String],
) -> Result<(), ComposeError> {
    let capabilities: [(&str, &str, bool); 6] = [
        ("wasi:filesystem/preopens", "files", !parent.files.is_empty()),
        (
            "wasi:cli/environment",
            "environment",
            !parent.environment.is_empty(),
        ),
        (
            "wasi:http/client",
            "allowed_outbound_hosts",
            !parent.allowed_outbound_hosts.is_empty(),
        ),
        (
            "spin:key-value/key-value",
            "key_value_stores",
            !parent.key_value_stores.is_empty(),
        ),
        (
            "spin:sqlite/sqlite",
            "sqlite_databases",
            !parent.sqlite_databases.is_empty(),
        ),
        (
            "spin:variables/variables",
            "variables",
            !parent.variables.is_empty(),
        ),
    ];
    for (interface, key, parent_has) in capabilities {
        if parent_has && !inherit.allows(key) && imports.iter().any(|import| matches(interface, import)) {
            return Err(ComposeError::NotInherited {
                import: dependency.to_owned(),
                interface: interface.to_owned(),
                key,
            });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn dependency_names_cover_imports_as_in_spin() {
        let cases = [
            ("foo:bar/baz@0.1.0", "foo:bar/baz@0.1.0", true),
            ("foo:bar/baz", "foo:bar/baz@0.1.0", true),
            ("foo:bar", "foo:bar/baz@0.1.0", true),
            ("foo:bar", "foo:bar/baz", true),
            ("foo:bar@0.1.0", "foo:bar/baz@0.1.0", true),
            ("foo-bar", "foo-bar", true),
            (
                "wasi:nn@0.2.0-rc-2024-10-28",
                "wasi:nn/graph@0.2.0-rc-2024-10-28",
                true,
            ),
            ("foo:bar/baz@0.1.0", "foo:bar/baz", false),
            ("foo:bar/baz", "foo:bar/bub", false),
            ("foo:bar", "foo:bub/bib", false),
            ("foo:bar@0.1.0", "foo:bar/baz@0.2.0", false),
            ("foo:bar/baz", "foo-bar", false),
        ];
        let wrong: Vec<_> = cases
            .iter()
            .filter(|(name, import, fits)| matches(name, import) != *fits)
            .collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }
}
