//! Writes small ONNX files for tests.

/// A protobuf message being written.
#[derive(Clone, Debug, Default)]
pub(super) struct Writer(pub Vec<u8>);

impl Writer {
    fn varint(mut self, mut value: u64) -> Self {
        while value >= 0x80 {
            self.0.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.0.push(value as u8);
        self
    }

    fn int(self, field: u64, value: i64) -> Self {
        self.varint(field << 3).varint(value.cast_unsigned())
    }

    fn bytes(self, field: u64, bytes: &[u8]) -> Self {
        let mut writer = self.varint(field << 3 | 2).varint(bytes.len() as u64);
        writer.0.extend_from_slice(bytes);
        writer
    }

    fn message(self, field: u64, message: Self) -> Self {
        let mut writer = self.varint(field << 3 | 2).varint(message.0.len() as u64);
        writer.0.extend(message.0);
        writer
    }
}

pub(super) fn floats(name: &str, dims: &[i64], values: &[f32]) -> Writer {
    let raw: Vec<u8> = values.iter().flat_map(|value| value.to_le_bytes()).collect();
    let tensor = dims
        .iter()
        .fold(Writer::default(), |tensor, &dim| tensor.int(1, dim));
    tensor.int(2, 1).bytes(8, name.as_bytes()).bytes(9, &raw)
}

pub(super) fn ints(name: &str, values: &[i64]) -> Writer {
    let tensor = Writer::default()
        .int(1, values.len().try_into().unwrap())
        .int(2, 7)
        .bytes(8, name.as_bytes());
    values.iter().fold(tensor, |tensor, &value| tensor.int(7, value))
}

/// A node with attributes that are integers.
pub(super) fn node(operator: &str, inputs: &[&str], output: &str, attributes: &[(&str, &[i64])]) -> Writer {
    let node = inputs
        .iter()
        .fold(Writer::default(), |node, input| node.bytes(1, input.as_bytes()));
    let node = node.bytes(2, output.as_bytes()).bytes(4, operator.as_bytes());
    attributes.iter().fold(node, |node, (name, values)| {
        let attribute = Writer::default().bytes(1, name.as_bytes());
        node.message(
            5,
            match values {
                [value] => attribute.int(3, *value),
                _ => values
                    .iter()
                    .fold(attribute, |attribute, &value| attribute.int(8, value)),
            },
        )
    })
}

/// `node` with an attribute that is a text.
pub(super) fn with_text(node: Writer, name: &str, text: &str) -> Writer {
    let attribute = Writer::default()
        .bytes(1, name.as_bytes())
        .bytes(4, text.as_bytes());
    node.message(5, attribute)
}

pub(super) fn port(name: &str, element: i64, dims: &[i64]) -> Writer {
    let shape = dims.iter().fold(Writer::default(), |shape, &dim| {
        shape.message(1, Writer::default().int(1, dim))
    });
    let tensor = Writer::default().int(1, element).message(2, shape);
    Writer::default()
        .bytes(1, name.as_bytes())
        .message(2, Writer::default().message(1, tensor))
}

/// A file with an input `x` of `dims` and an output `y`.
pub(super) fn file(dims: &[i64], nodes: Vec<Writer>, constants: Vec<Writer>) -> Vec<u8> {
    let graph = nodes
        .into_iter()
        .fold(Writer::default(), |graph, node| graph.message(1, node));
    let graph = constants
        .into_iter()
        .fold(graph, |graph, constant| graph.message(5, constant));
    let graph = graph
        .message(11, port("x", 1, dims))
        .message(12, port("y", 1, &[1]));
    Writer::default().message(7, graph).0
}

/// A file whose `nodes` make the picture of features `q` of the picture of features `p`.
pub(super) fn picture_file(dims: &[i64], nodes: Vec<Writer>, constants: Vec<Writer>) -> Vec<u8> {
    let mut all = vec![node("Transpose", &["x"], "p", &[("perm", &[0, 3, 1, 2])])];
    all.extend(nodes);
    all.push(node("Transpose", &["q"], "y", &[("perm", &[0, 2, 3, 1])]));
    file(dims, all, constants)
}
