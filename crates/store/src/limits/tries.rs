//! What follows from a submission that was tried, accepted or not: tries are counted, bans earned, the breaker looked
//! at. All of it runs in the transaction of the submission.

use flow_catalog::{TestId, Tier};
use flow_limits::{Ban, BanLevel, Moment, NewBan, Policy, Refusal, Standing, Usage};

use super::{Alert, Subject, usage::Counted};
use crate::{Database, Error, Rules, Store, UserId};

/// A submission that is tried.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Try<'a> {
    pub user: &'a UserId,
    pub test: TestId,
    pub tier: Tier,
    pub rules: &'a Rules,
    /// An id that no ban has yet.
    pub fresh_id: &'a str,
}

impl<D: Database> Store<D> {
    /// What follows from an accepted submission: what is used now, and what an operator should hear of.
    pub(crate) async fn after_accepted(&self, tried: Try<'_>) -> Result<(Usage, Vec<Alert>), Error> {
        let Counted {
            mut usage,
            breaker_open_for,
        } = self.counted(tried.user, tried.rules).await?;
        let mut alerts = Vec::new();
        if let Some(new) = NewBan::for_tries(usage.tries(), tried.tier)
            && let Some(ban) = self.ban_user(tried, new, &mut alerts).await?
        {
            usage.ban = Some(ban);
        }
        self.tell_breaker(
            breaker_open_for.as_deref(),
            &usage.signals,
            tried.rules,
            &mut alerts,
        )
        .await?;
        Ok((usage, alerts))
    }

    /// What follows from a submission that no limit had room for: why, and what an operator should hear of.
    pub(crate) async fn after_refused(&self, tried: Try<'_>) -> Result<(Refusal, Vec<Alert>), Error> {
        let counted = self.counted(tried.user, tried.rules).await?;
        let Rules {
            limits,
            breaker,
            moment,
            ..
        } = tried.rules;
        let refusal = counted
            .usage
            .refusal(tried.test, tried.tier, limits, breaker, moment)
            .ok_or_else(|| Error::Damaged("a submission was refused that no limit refuses".into()))?;
        self.count_refusal(tried, counted, refusal).await
    }

    /// What follows from a video that must not wait to be scored. It was admitted before: it is no new try.
    pub(crate) async fn after_unwanted_video(&self, tried: Try<'_>) -> Result<(Refusal, Vec<Alert>), Error> {
        let Counted { usage, .. } = self.counted(tried.user, tried.rules).await?;
        let standing = usage
            .unscored_refusal(tried.test, &tried.rules.limits, &tried.rules.moment)
            .ok_or_else(|| Error::Damaged("a video was refused that no limit refuses".into()))?;
        let mut refusal = refusal(tried, standing);
        let mut alerts = Vec::new();
        if standing.policy == Policy::Waiting {
            let earned = self
                .ban_user(tried, NewBan::for_flooded_queue(), &mut alerts)
                .await?;
            refusal.ban = earned.or(usage.ban);
        }
        Ok((refusal, alerts))
    }

    async fn count_refusal(
        &self,
        tried: Try<'_>,
        counted: Counted,
        mut refusal: Refusal,
    ) -> Result<(Refusal, Vec<Alert>), Error> {
        let Counted {
            mut usage,
            breaker_open_for,
        } = counted;
        let policy = refusal.standing.policy;
        let mut alerts = Vec::new();
        // Who is banned for good has nothing left to earn, and a system that has too much to do writes nothing down.
        let for_good = refusal
            .ban
            .as_ref()
            .is_some_and(|ban| ban.level == BanLevel::Permanent);
        if policy.counts_as_try() && !for_good {
            self.write_refusal(tried, policy).await?;
            usage.refused_today = usage.refused_today.saturating_add(1);
            usage.signals.refused = usage.signals.refused.saturating_add(1);
            usage.signals.too_many = usage.signals.too_many.saturating_add(policy.is_too_many().into());
            let by_tries = NewBan::for_tries(usage.tries(), tried.tier);
            let by_queue = (policy == Policy::Waiting).then(NewBan::for_flooded_queue);
            let earned = by_tries.into_iter().chain(by_queue).max_by_key(|new| new.level);
            if let Some(new) = earned
                && let Some(ban) = self.ban_user(tried, new, &mut alerts).await?
            {
                refusal.ban = Some(ban);
            }
            if policy == Policy::AddressHour && usage.address_blocked_until.is_none() {
                let blocked = self.block_address(tried, &mut alerts).await?;
                refusal.standing.resets_at =
                    blocked.and_then(|ban| ban.ends_at).or(refusal.standing.resets_at);
            }
        }
        self.tell_breaker(
            breaker_open_for.as_deref(),
            &usage.signals,
            tried.rules,
            &mut alerts,
        )
        .await?;
        Ok((refusal, alerts))
    }

    async fn write_refusal(&self, tried: Try<'_>, policy: Policy) -> Result<(), Error> {
        let moment = &tried.rules.moment;
        self.database
            .run(
                "INSERT INTO refused_submissions (user_id, quarter, count) VALUES (?, ?, 1) \
                 ON CONFLICT (user_id, quarter) DO UPDATE SET count = count + 1",
                &[tried.user.into(), Moment::quarter_of(moment.now).into()],
            )
            .await?;
        self.database
            .run(
                "INSERT INTO refused_minutes (minute, refused, too_many) VALUES (?1, 1, ?2) \
                 ON CONFLICT (minute) DO UPDATE SET refused = refused + 1, too_many = too_many + ?2",
                &[moment.minute().into(), u32::from(policy.is_too_many()).into()],
            )
            .await
            .map(drop)
    }

    /// Bans the user unless a ban as hard holds already.
    async fn ban_user(
        &self,
        tried: Try<'_>,
        new: NewBan,
        alerts: &mut Vec<Alert>,
    ) -> Result<Option<Ban>, Error> {
        let ban = new.from(tried.fresh_id.to_owned(), tried.rules.moment.now);
        self.place_ban(Subject::User(tried.user.clone()), ban, alerts)
            .await
    }

    async fn block_address(&self, tried: Try<'_>, alerts: &mut Vec<Alert>) -> Result<Option<Ban>, Error> {
        let Some(mark) = &tried.rules.address else {
            return Ok(None);
        };
        // The same try may earn the user a ban, which has the id as it is.
        let id = format!("{}-address", tried.fresh_id);
        let ban = NewBan::for_flooding_address().from(id, tried.rules.moment.now);
        self.place_ban(Subject::Address(mark.clone()), ban, alerts).await
    }
}

fn refusal(tried: Try<'_>, standing: Standing) -> Refusal {
    Refusal {
        standing,
        ban: None,
        test: tried.test,
        tier: tried.tier,
        at: tried.rules.moment.now,
    }
}
