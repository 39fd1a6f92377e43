//! Where a request comes from, without believing what a client can write itself.
//!
//! Spin appends the address of whoever opened the connection to `spin-client-addr`; what stands before it came with the
//! request. Behind a proxy that is the proxy's own, and the client's is the one that the outermost proxy of ours
//! appended to `X-Forwarded-For`. Calls from one component to another show `0.0.0.0:0`: they have no address.

use std::{
    fmt,
    net::{IpAddr, Ipv6Addr, SocketAddr},
};

use flow_identity::{Domain, LookupKey};
use flow_store::AddressMark;
use http::HeaderMap;

use crate::Error;

/// The address of a client, as far as it names one: of IPv6 the first 64 bits, which is what one household or host gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ClientAddress(IpAddr);

impl ClientAddress {
    /// The address behind a request that passed `trusted_proxies` proxies of ours; `None` for calls between components.
    ///
    /// Where fewer proxies left their mark than there should be, the request came around them, and the address of the
    /// connection counts.
    #[must_use]
    pub fn of(headers: &HeaderMap, trusted_proxies: u32) -> Option<Self> {
        let forwarded = || {
            let from_the_right = usize::try_from(trusted_proxies).ok()?.checked_sub(1)?;
            let listed: Vec<&str> = entries(headers, "x-forwarded-for").collect();
            read(listed.iter().rev().nth(from_the_right)?)
        };
        forwarded()
            .or_else(|| read(entries(headers, "spin-client-addr").last()?))
            .filter(|address| !address.is_unspecified())
            .map(Self::from)
    }
}

impl ClientAddress {
    /// What stands in the database for the address.
    pub fn mark(&self, key: &LookupKey) -> Result<AddressMark, Error> {
        key.mark(Domain::Address, self.to_string().as_bytes())
            .parse()
            .map_err(Error::Internal)
    }
}

impl From<IpAddr> for ClientAddress {
    fn from(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V6(address) => {
                let [a, b, c, d, ..] = address.segments();
                Self(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into())
            }
            address @ IpAddr::V4(_) => Self(address),
        }
    }
}

impl fmt::Display for ClientAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            IpAddr::V6(address) => write!(formatter, "{address}/64"),
            IpAddr::V4(address) => address.fmt(formatter),
        }
    }
}

/// The entries of all headers of a name, in order.
fn entries<'a>(headers: &'a HeaderMap, name: &str) -> impl Iterator<Item = &'a str> {
    headers
        .get_all(name)
        .iter()
        .flat_map(|value| value.to_str().unwrap_or("").split(','))
        .map(str::trim)
}

/// An address with or without a port.
fn read(text: &str) -> Option<IpAddr> {
    let with_port = text.parse::<SocketAddr>().ok().map(|address| address.ip());
    let bare = || {
        text.strip_prefix('[')
            .and_then(|text| text.strip_suffix(']'))
            .unwrap_or(text)
            .parse()
            .ok()
    };
    with_port.or_else(bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    type Headers = Vec<(&'static str, &'static str)>;

    fn address(pairs: &[(&'static str, &str)], trusted_proxies: u32) -> Option<String> {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, value.parse().unwrap());
        }
        ClientAddress::of(&headers, trusted_proxies).map(|address| address.to_string())
    }

    #[test]
    fn the_last_address_is_spins_whatever_a_client_sends() {
        let spin = |value| ("spin-client-addr", value);
        let forwarded = |value| ("x-forwarded-for", value);
        let cases: Vec<(Headers, Option<&str>)> = vec![
            (vec![spin("203.0.113.7:49152")], Some("203.0.113.7")),
            (
                vec![spin("10.0.0.1:1"), spin("203.0.113.7:49152")],
                Some("203.0.113.7"),
            ),
            (
                vec![spin("10.0.0.1:1, 10.0.0.2:2"), spin("203.0.113.7:1")],
                Some("203.0.113.7"),
            ),
            (
                vec![spin("203.0.113.7:1"), forwarded("10.0.0.1")],
                Some("203.0.113.7"),
            ),
            (
                vec![spin("[2001:db8:1:2:3:4:5:6]:443")],
                Some("2001:db8:1:2::/64"),
            ),
            (vec![spin("[::ffff:203.0.113.7]:443")], Some("203.0.113.7")),
            (vec![spin("10.0.0.1:1"), spin("0.0.0.0:0")], None),
            (vec![spin("nonsense")], None),
            (vec![], None),
            (vec![forwarded("10.0.0.1")], None),
        ];
        for (headers, expected) in cases {
            assert_eq!(address(&headers, 0).as_deref(), expected, "{headers:?}");
        }
    }

    #[test]
    fn a_mark_stands_for_a_network_and_shows_nothing_of_it() {
        let key =
            |byte| LookupKey::from_variable("lookup_key", &flow_identity::encode_key(&[byte; 32])).unwrap();
        let mark = |address: &str, byte| {
            let address = ClientAddress::from(address.parse::<IpAddr>().unwrap());
            address.mark(&key(byte)).unwrap()
        };
        assert_ne!(mark("203.0.113.7", 1), mark("203.0.113.7", 2));
        assert_ne!(mark("203.0.113.7", 1), mark("203.0.113.8", 1));
        assert_eq!(mark("2001:db8::1", 1), mark("2001:db8::ffff:2", 1), "one network");
        assert_ne!(mark("2001:db8::1", 1), mark("2001:db8:0:1::1", 1));
    }

    #[test]
    fn behind_proxies_the_outermost_of_ours_says_who_came() {
        let cases = [
            (1, "198.51.100.9", "198.51.100.9"),
            (1, "10.6.6.6, 198.51.100.9", "198.51.100.9"),
            (2, "10.6.6.6, 198.51.100.9, 10.0.0.1", "198.51.100.9"),
            (1, "10.6.6.6,[2001:db8:1:2:3:4:5:6]:443", "2001:db8:1:2::/64"),
            (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
            (1, "[2001:db8:1:2::1]", "2001:db8:1:2::/64"),
            // Not what such a proxy writes: the connection's address counts.
            (3, "198.51.100.9, 10.0.0.1", "203.0.113.7"),
            (1, "198.51.100.9, unknown", "203.0.113.7"),
            (1, "", "203.0.113.7"),
            (u32::MAX, "198.51.100.9", "203.0.113.7"),
        ];
        for (trusted_proxies, forwarded, expected) in cases {
            let headers = [
                ("x-forwarded-for", forwarded),
                ("spin-client-addr", "203.0.113.7:5"),
            ];
            assert_eq!(
                address(&headers, trusted_proxies).as_deref(),
                Some(expected),
                "{trusted_proxies} proxies, {forwarded}"
            );
        }
        let twice = [
            ("x-forwarded-for", "10.6.6.6"),
            ("x-forwarded-for", "198.51.100.9"),
            ("spin-client-addr", "203.0.113.7:5"),
        ];
        assert_eq!(address(&twice, 1).as_deref(), Some("198.51.100.9"));
    }
}
