//! Mails to customers.

use klokuur::message::{self, MailPolicy};
use pyo3::prelude::*;
use pyo3::types::PyDate;

use super::rulebook::RulebookCore;
use crate::arguments::{Text, Whole};
use crate::error::OrRaise;
use crate::inside::detached;
use crate::plain::{plain, read};
use crate::time::{Day, date};

const POLICY: &str = "mail policy";

/// The default policy, or that of a rulebook.
#[pyfunction]
#[pyo3(signature = (rules=None))]
pub(crate) fn mail_policy<'py>(py: Python<'py>, rules: Option<&RulebookCore>) -> PyResult<Bound<'py, PyAny>> {
    plain(py, &rules.map_or_else(MailPolicy::default, |rules| MailPolicy::from(&rules.rules().message)))
}

/// A mail as it reaches the customer.
#[pyfunction]
pub(crate) fn clean_html<'py>(
    py: Python<'py>,
    html: Text<'_>,
    policy: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let policy: MailPolicy = read(policy, POLICY)?;
    plain(py, &detached(py, || message::clean_html(html.0, &policy)))
}

/// Whether customers' replies come from an address.
#[pyfunction]
pub(crate) fn is_reply_address(address: Text<'_>, policy: &Bound<'_, PyAny>) -> PyResult<bool> {
    Ok(read::<MailPolicy>(policy, POLICY)?.is_reply_address(address.0))
}

/// The last date on which a mail about an order reaches the customer.
#[pyfunction]
pub(crate) fn last_mail_date<'py>(
    py: Python<'py>,
    ordered: Day,
    within_years: Whole<u32>,
) -> PyResult<Bound<'py, PyDate>> {
    date(py, message::last_mail_date(ordered.0, within_years.0).or_raise()?)
}

/// Whether a mail about an order still reaches the customer.
#[pyfunction]
pub(crate) fn may_mail(ordered: Day, on: Day, policy: &Bound<'_, PyAny>) -> PyResult<bool> {
    message::may_mail(ordered.0, on.0, &read::<MailPolicy>(policy, POLICY)?).or_raise()
}
