//! Passwords as they are stored: Argon2id with OWASP's parameters, as PHC strings.

use argon2::{
    Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version,
    password_hash::{self, phc::PasswordHash},
};

use crate::Password;

/// Memory, passes, lanes: OWASP's Password Storage Cheat Sheet, the first of its equivalent settings that needs less than
/// 20 MiB (an instance has 16 requests at once at most, one of which computes).
const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// Why a password could not be hashed or compared. Neither is the fault of who typed it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HashError {
    /// The parameters are refused or there is no memory for them.
    #[error("a password could not be hashed: {0}")]
    Failed(String),
    /// What is stored is no hash.
    #[error("a stored password hash cannot be read: {0}")]
    Damaged(String),
}

/// What came of comparing a password with a stored hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is the password.
    Right {
        /// The stored hash has other parameters than new ones get: hash the password anew while it is known.
        outdated: bool,
    },
    /// It is not.
    Wrong,
}

fn argon2() -> Result<Argon2<'static>, HashError> {
    let parameters = Params::new(MEMORY_KIB, PASSES, LANES, None);
    let parameters = parameters.map_err(|error| HashError::Failed(error.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, parameters))
}

/// The PHC string to store for a password; `salt` is fresh randomness.
pub fn hash(password: &Password, salt: [u8; 16]) -> Result<String, HashError> {
    argon2()?
        .hash_password_with_salt(password.bytes(), &salt)
        .map(|hash| hash.to_string())
        .map_err(|error| HashError::Failed(error.to_string()))
}

/// Compares a password with a stored PHC string, with the parameters that the string names.
pub fn verify(password: &Password, stored: &str) -> Result<Verdict, HashError> {
    let damaged = |error: password_hash::phc::Error| HashError::Damaged(error.to_string());
    let stored = PasswordHash::new(stored).map_err(damaged)?;
    let argon2 = argon2()?;
    match argon2.verify_password(password.bytes(), &stored) {
        Ok(()) => Ok(Verdict::Right {
            outdated: is_outdated(&argon2, &stored),
        }),
        Err(password_hash::Error::PasswordInvalid) => Ok(Verdict::Wrong),
        Err(error) => Err(HashError::Damaged(error.to_string())),
    }
}

/// Takes as long as [`verify`] does, for addresses that have no account: how long an answer takes must not tell which do.
pub fn verify_nobody(password: &Password) -> Result<(), HashError> {
    let hash = hash(password, [0; 16])?;
    // Nothing reads the hash, and the compiler must not see that.
    std::hint::black_box(hash);
    Ok(())
}

fn is_outdated(argon2: &Argon2<'_>, stored: &PasswordHash) -> bool {
    let current = argon2.params();
    let same_parameters = Params::try_from(stored).is_ok_and(|params| {
        (params.m_cost(), params.t_cost(), params.p_cost())
            == (current.m_cost(), current.t_cost(), current.p_cost())
    });
    let same_algorithm = stored.algorithm == Algorithm::Argon2id.ident();
    let same_version = stored.version == Some(Version::V0x13.into());
    !(same_parameters && same_algorithm && same_version)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn password() -> Password {
        Password::typed("lamp six")
    }

    #[test]
    fn a_stored_hash_names_its_parameters_and_knows_its_password() {
        let stored = hash(&password(), [7; 16]).unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        assert_eq!(
            verify(&password(), &stored),
            Ok(Verdict::Right { outdated: false })
        );
        assert_eq!(verify(&Password::typed("lamp siX"), &stored), Ok(Verdict::Wrong));
        assert_ne!(hash(&password(), [8; 16]).unwrap(), stored, "the salt counts");
    }

    #[test]
    fn a_hash_with_other_parameters_is_known_and_called_outdated() {
        for (algorithm, version, parameters) in [
            (Algorithm::Argon2id, Version::V0x13, (1024, 1, 1)),
            (Algorithm::Argon2i, Version::V0x13, (MEMORY_KIB, PASSES, LANES)),
            (Algorithm::Argon2id, Version::V0x10, (MEMORY_KIB, PASSES, LANES)),
        ] {
            let (memory, passes, lanes) = parameters;
            let parameters = Params::new(memory, passes, lanes, None).unwrap();
            let stored = Argon2::new(algorithm, version, parameters)
                .hash_password_with_salt(password().bytes(), &[1; 16])
                .unwrap()
                .to_string();
            assert_eq!(
                verify(&password(), &stored),
                Ok(Verdict::Right { outdated: true }),
                "{stored}"
            );
            assert_eq!(
                verify(&Password::typed("other one"), &stored),
                Ok(Verdict::Wrong),
                "{stored}"
            );
        }
    }

    /// From `src/test.c` of the reference implementation (phc-winner-argon2), Argon2id, version 0x13.
    #[test]
    fn hashes_of_the_reference_implementation_are_known() {
        let stored = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
        assert_eq!(
            verify(&Password::typed("password"), stored),
            Ok(Verdict::Right { outdated: true })
        );
    }

    #[test]
    fn what_is_no_hash_is_damage_and_no_wrong_password() {
        for stored in [
            "",
            "x",
            "$argon2id$v=19$m=19456,t=2,p=1$",
            "$2b$12$abcdefghijklmnopqrstuu",
        ] {
            assert!(
                matches!(verify(&password(), stored), Err(HashError::Damaged(_))),
                "{stored}"
            );
        }
        assert_eq!(verify_nobody(&password()), Ok(()));
    }
}
