//! How an answer may be compressed (RFC 9110, section 12.5.3).

use flow_edge::Call;
use http::header::ACCEPT_ENCODING;

/// Encodings of which the build lays copies beside the files, the smallest first.
#[derive(Clone, Copy, Debug)]
pub enum Encoding {
    /// Brotli.
    Brotli,
    /// gzip.
    Gzip,
}

impl Encoding {
    const ALL: [Self; 2] = [Self::Brotli, Self::Gzip];

    /// Its name in headers.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
        }
    }

    /// What the names of its copies end with.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Brotli => ".br",
            Self::Gzip => ".gz",
        }
    }

    /// Those that a client names and does not refuse with the weight 0.
    pub fn accepted(call: &Call) -> Vec<Self> {
        let values = call.headers().get_all(ACCEPT_ENCODING).iter();
        let named: Vec<String> = values
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .map(|one| one.to_ascii_lowercase().split_whitespace().collect())
            .collect();
        let accepts = |encoding: &Self| {
            named.iter().any(|one| {
                let (name, parameter) = one.split_once(';').unwrap_or((one, ""));
                let weight = parameter.strip_prefix("q=").map(str::parse::<f32>);
                name == encoding.name() && !matches!(weight, Some(Ok(weight)) if weight <= 0.0)
            })
        };
        Self::ALL.into_iter().filter(accepts).collect()
    }
}
