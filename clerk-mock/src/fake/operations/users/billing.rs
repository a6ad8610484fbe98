//! The operations on the subscription and the credit of a user.

use clerk_core::Timestamp;
use clerk_core::models::{CommerceCreditBalance, CommerceCreditLedger, CommerceMoney};
use serde_json::{Map, Value};

use crate::fake::operations::codes;
use crate::fake::operations::form::Form;
use crate::fake::operations::response::{ApiError, ApiResult, value};
use crate::fake::operations::users::lookup::find;
use crate::fake::state::fake_user::FakeUser;
use crate::fake::state::world::World;

pub(crate) fn get_user_billing_subscription(world: &World, id: &str) -> ApiResult {
    match &find(world, id)?.subscription {
        Some(subscription) => Ok(value(&**subscription)),
        None => Err(ApiError::not_found("The user has no subscription.")),
    }
}

pub(crate) fn get_user_billing_credit_balance(world: &World, id: &str) -> ApiResult {
    let account = find(world, id)?;
    let mut balance = CommerceCreditBalance::default();
    if let Some((_, entry)) = account.ledger.last() {
        balance.balance = Some(money(credit(account), &entry.amount.currency));
    }
    Ok(value(&balance))
}

pub(crate) fn adjust_user_billing_credit_balance(
    world: &mut World,
    id: &str,
    body: &Map<String, Value>,
    now: Timestamp,
) -> ApiResult {
    let entry_id = world.new_id("ccl");
    let source_id = world.new_id("grant");
    let account = find(world, id)?;
    let mut form = Form::new(body);
    let amount = form.value("amount", "an integer", Value::as_i64);
    let action = form.text("action");
    let currency = form.text("currency").unwrap_or("USD");
    let note = form.text("note");
    for name in ["amount", "action"] {
        if form.is_null(name) {
            form.refuse(
                codes::FORM_PARAM_MISSING,
                name,
                &format!("{name} must be included."),
            );
        }
    }
    if amount.is_some_and(|amount| amount <= 0) {
        let message = "amount must be greater than zero.";
        form.refuse_unnamed(codes::INVALID_CREDIT_AMOUNT, message);
    }
    if action.is_some_and(|action| !matches!(action, "increase" | "decrease")) {
        let message = "action must be one of increase, decrease.";
        form.refuse_unnamed(codes::INVALID_CREDIT_ACTION, message);
    }
    let mut kept_in = account
        .ledger
        .iter()
        .map(|(_, entry)| &*entry.amount.currency);
    if kept_in.any(|kept_in| kept_in != currency) {
        let message = "currency must be that of the balance.";
        form.refuse(codes::FORM_PARAM_VALUE_INVALID, "currency", message);
    }
    let key = form.required("idempotency_key");
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
        return Err(ApiError::param(codes::CONFLICT, "idempotency_key", message));
    }
    if credit(account).saturating_add(change) < 0 {
        let message = "The credit balance is lower than amount.";
        return Err(ApiError::param(
            codes::INSUFFICIENT_CREDIT_BALANCE,
            "amount",
            message,
        ));
    }
    let mut entry = CommerceCreditLedger::default();
    entry.id = entry_id;
    entry.payer_id = id.into();
    entry.amount = money(change, currency);
    entry.source_type = "grant".into();
    entry.source_id = source_id;
    entry.note = note.map(Into::into);
    entry.created_at = now.to_string();
    let response = value(&entry);
    world.change(id, |account| account.ledger.push((key.to_owned(), entry)));
    Ok(response)
}

/// Returns the sum of the ledger, in cents.
fn credit(account: &FakeUser) -> i64 {
    let amounts = account.ledger.iter().map(|(_, entry)| entry.amount.amount);
    amounts.fold(0, i64::saturating_add)
}

/// Formats an amount as Clerk does.
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
    money.amount_formatted = format!("{sign}{symbol}{whole}.{rest:02}");
    money.currency = currency.into();
    money.currency_symbol = symbol.into();
    money
}
