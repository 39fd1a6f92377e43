//! The HTTP kit of the components: problem documents, identity, JSON.
