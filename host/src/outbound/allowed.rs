//! `allowed_outbound_hosts`: `scheme://host[:port]` with `*` for each part, `self`, `*.domain`, and address ranges.

use http::Uri;
use std::net::IpAddr;

/// The destinations that one component may reach.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AllowedHosts(Vec<Entry>);

/// Why an entry is not a destination.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{entry:?} is not an allowed outbound host: {reason}")]
pub struct AllowedHostError {
    /// The entry.
    pub entry: String,
    /// What is wrong.
    pub reason: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    /// `None` is any.
    scheme: Option<String>,
    host: Host,
    /// `None` is any; the end is exclusive, as in Spin.
    ports: Option<std::ops::Range<u32>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Host {
    Any,
    ToSelf,
    /// With the leading dot.
    Subdomain(String),
    Name(String),
    Network {
        address: IpAddr,
        prefix: u8,
    },
}

impl AllowedHosts {
    /// Parses the entries, whose variables are already filled in.
    pub fn parse<'e>(entries: impl IntoIterator<Item = &'e str>) -> Result<Self, AllowedHostError> {
        entries
            .into_iter()
            .map(|entry| {
                Entry::parse(entry.trim()).map_err(|reason| AllowedHostError {
                    entry: entry.to_owned(),
                    reason,
                })
            })
            .collect::<Result<_, _>>()
            .map(Self)
    }

    /// Whether a request to `uri`, which names a host, may go out.
    #[must_use]
    pub fn allows(&self, uri: &Uri) -> bool {
        let (Some(host), scheme) = (uri.host(), uri.scheme_str().unwrap_or("https")) else {
            return false;
        };
        let port = uri.port_u16().or_else(|| known_port(scheme));
        self.0.iter().any(|entry| {
            entry.allows_scheme(scheme)
                && entry.host.allows(host)
                && entry
                    .ports
                    .as_ref()
                    .is_none_or(|ports| port.is_some_and(|port| ports.contains(&u32::from(port))))
        })
    }

    /// Whether the component may call its own app by a path alone.
    #[must_use]
    pub fn allows_self(&self) -> bool {
        self.0.iter().any(|entry| {
            matches!(entry.host, Host::Any | Host::ToSelf)
                && (entry.allows_scheme("http") || entry.allows_scheme("https"))
        })
    }
}

impl Entry {
    fn parse(entry: &str) -> Result<Self, &'static str> {
        let (scheme, rest) = entry
            .split_once("://")
            .ok_or("write scheme://host[:port], each part may be `*`")?;
        if scheme != "*" && (scheme.is_empty() || !scheme.chars().all(char::is_alphabetic)) {
            return Err("the scheme may only have letters");
        }
        let (host, port) = split_port(rest);
        let port = port.strip_suffix('/').unwrap_or(port);
        if port.contains('/') {
            return Err("a path is not allowed");
        }
        let ports = match port {
            "" => {
                let port = known_port(scheme).ok_or("this scheme has no default port: name one")?;
                Some(u32::from(port)..u32::from(port) + 1)
            }
            "*" => None,
            port => Some(parse_ports(port)?),
        };
        let host = Host::parse(host)?;
        Ok(Self {
            scheme: (scheme != "*").then(|| scheme.to_owned()),
            host,
            ports,
        })
    }

    fn allows_scheme(&self, scheme: &str) -> bool {
        self.scheme.as_deref().is_none_or(|allowed| allowed == scheme)
    }
}

/// Splits `host[:port]`; a bare or bracketed IPv6 address keeps its colons.
fn split_port(rest: &str) -> (&str, &str) {
    match rest.rsplit_once(':') {
        Some((host, port)) if !(port.contains(']') || (host.contains(':') && !host.ends_with(']'))) => {
            (host, port)
        }
        _ => (rest, ""),
    }
}

fn parse_ports(port: &str) -> Result<std::ops::Range<u32>, &'static str> {
    let number = |text: &str| {
        text.parse::<u16>()
            .map(u32::from)
            .map_err(|_| "the port is not a number")
    };
    match port.split_once("..") {
        Some((start, end)) => Ok(number(start)?..number(end)?),
        None => number(port).map(|port| port..port + 1),
    }
}

fn known_port(scheme: &str) -> Option<u16> {
    match scheme {
        "http" => Some(80),
        "https" => Some(443),
        "redis" => Some(6379),
        "postgres" => Some(5432),
        "mysql" => Some(3306),
        "mqtt" => Some(1883),
        _ => None,
    }
}

impl Host {
    fn parse(host: &str) -> Result<Self, &'static str> {
        let host = host.trim();
        match host {
            "*" => return Ok(Self::Any),
            "self" | "self.alt" => return Ok(Self::ToSelf),
            "" => return Err("the host is empty"),
            _ => {}
        }
        let bare = host
            .strip_prefix('[')
            .and_then(|host| host.strip_suffix(']'))
            .unwrap_or(host);
        let (address, prefix) = bare.split_once('/').unwrap_or((bare, ""));
        if let Ok(address) = address.parse::<IpAddr>() {
            let bits = if address.is_ipv4() { 32 } else { 128 };
            let prefix = if prefix.is_empty() {
                bits
            } else {
                prefix
                    .parse()
                    .map_err(|_| "the network's prefix is not a number")?
            };
            return if prefix <= bits {
                Ok(Self::Network { address, prefix })
            } else {
                Err("the network's prefix is too long")
            };
        }
        let host = host.strip_suffix('/').unwrap_or(host);
        if host.contains('/') {
            return Err("a path is not allowed");
        }
        let (name, wildcard) = host.strip_prefix("*.").map_or((host, false), |name| (name, true));
        if name.contains('*') {
            return Err("`*` may only stand for the first part of a name");
        }
        if !name
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '-' | '.' | '_'))
        {
            return Err("the host is not a name");
        }
        let name = name.to_ascii_lowercase();
        Ok(if wildcard {
            Self::Subdomain(format!(".{name}"))
        } else {
            Self::Name(name)
        })
    }

    fn allows(&self, host: &str) -> bool {
        let host = host
            .strip_prefix('[')
            .and_then(|host| host.strip_suffix(']'))
            .unwrap_or(host);
        let address = host.parse::<IpAddr>().ok();
        match self {
            Self::Any => true,
            Self::ToSelf => false,
            Self::Subdomain(suffix) => address.is_none() && host.to_ascii_lowercase().ends_with(suffix),
            Self::Name(name) => address.is_none() && host.eq_ignore_ascii_case(name),
            Self::Network {
                address: network,
                prefix,
            } => address.is_some_and(|address| in_network(address, *network, *prefix)),
        }
    }
}

fn in_network(address: IpAddr, network: IpAddr, prefix: u8) -> bool {
    let bits = |address: IpAddr| match address {
        IpAddr::V4(v4) => (u128::from(v4.to_bits()) << 96, true),
        IpAddr::V6(v6) => (v6.to_bits(), false),
    };
    let ((address, address_is_v4), (network, network_is_v4)) = (bits(address), bits(network));
    let differing = address ^ network;
    address_is_v4 == network_is_v4 && (prefix == 0 || differing >> (128 - u32::from(prefix)) == 0)
}
