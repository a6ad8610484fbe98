//! Subscriptions, and credit with its ledger.

use clerk_core::Timestamp;
use clerk_core::http::StatusCode;
use clerk_core::models::{CommerceCreditBalance, CommerceCreditLedger, CommerceMoney};
use serde_json::{Map, Value};

use super::account::{find, find_mut};
use super::answer::{Outcome, Refusal, value};
use super::fake_user::FakeUser;
use super::form::Form;
use super::world::World;

pub(super) fn subscription(world: &World, id: &str) -> Outcome {
    match &find(world, id)?.subscription {
        Some(subscription) => Ok(value(subscription)),
        None => Err(Refusal::not_found("The user has no subscription.")),
    }
}

pub(super) fn credit_balance(world: &World, id: &str) -> Outcome {
    let account = find(world, id)?;
    let mut balance = CommerceCreditBalance::default();
    if let Some((_, entry)) = account.ledger.last() {
        balance.balance = Some(money(credit(account), &entry.amount.currency));
    }
    Ok(value(&balance))
}

pub(super) fn adjust_credit(
    world: &mut World,
    id: &str,
    body: &Map<String, Value>,
    now: Timestamp,
) -> Outcome {
    let entry_id = world.new_id("ccl");
    let source_id = world.new_id("grant");
    let account = find_mut(world, id)?;
    let mut form = Form::new(body);
    let amount = form.count("amount").filter(|amount| *amount > 0);
    let action = form.text("action");
    let key = form.text("idempotency_key").filter(|key| !key.is_empty());
    let currency = form.text("currency").unwrap_or("USD");
    let note = form.text("note");
    for name in ["amount", "action"] {
        if !form.has(name) {
            form.refuse(
                "form_param_missing",
                name,
                &format!("{name} must be included."),
            );
        }
    }
    if form.has("amount") && amount.is_none() {
        let message = "amount must be greater than zero.";
        form.refuse("form_param_value_invalid", "amount", message);
    }
    if form.has("action") && !matches!(action, Some("increase" | "decrease")) {
        let message = "action must be one of increase, decrease.";
        form.refuse("form_param_value_invalid", "action", message);
    }
    let mut kept_in = account
        .ledger
        .iter()
        .map(|(_, entry)| &*entry.amount.currency);
    if kept_in.any(|kept_in| kept_in != currency) {
        let message = "currency must be that of the balance.";
        form.refuse("form_param_value_invalid", "currency", message);
    }
    if key.is_none() {
        let message = "idempotency_key must be included.";
        form.refuse("form_param_missing", "idempotency_key", message);
    }
    form.finish()?;
    let (amount, key) = (amount.unwrap_or_default(), key.unwrap_or_default());

    let change = if action == Some("decrease") {
        -amount
    } else {
        amount
    };
    if let Some((_, entry)) = account.ledger.iter().find(|(known, _)| known == key) {
        if entry.amount == money(change, currency) {
            return Ok(value(entry));
        }
        let message = "idempotency_key was used before, for another adjustment.";
        return Err(Refusal::with_status(
            StatusCode::CONFLICT,
            "idempotency_key_conflict",
            "idempotency_key",
            message,
        ));
    }
    if credit(account).saturating_add(change) < 0 {
        let message = "The credit balance is lower than amount.";
        return Err(Refusal::param(
            "form_param_value_invalid",
            "amount",
            message,
        ));
    }
    let mut entry = CommerceCreditLedger::default();
    entry.id = entry_id.into();
    entry.payer_id = id.into();
    entry.amount = money(change, currency);
    entry.source_type = "grant".into();
    entry.source_id = source_id.into();
    entry.note = note.map(Into::into);
    entry.created_at = now.to_string().into();
    let answer = value(&entry);
    account.ledger.push((key.to_owned(), entry));
    Ok(answer)
}

/// What the ledger's entries come to.
fn credit(account: &FakeUser) -> i64 {
    let amounts = account.ledger.iter().map(|(_, entry)| entry.amount.amount);
    amounts.fold(0, i64::saturating_add)
}

fn money(cents: i64, currency: &str) -> CommerceMoney {
    let symbol = match currency {
        "USD" => "$",
        "EUR" => "€",
        "GBP" => "£",
        other => other,
    };
    let sign = if cents < 0 { "-" } else { "" };
    let (whole, rest) = (cents.unsigned_abs() / 100, cents.unsigned_abs() % 100);
    let mut money = CommerceMoney::default();
    money.amount = cents;
    money.amount_formatted = format!("{sign}{symbol}{whole}.{rest:02}").into();
    money.currency = currency.into();
    money.currency_symbol = symbol.into();
    money
}
