//! The documents of the Retailer API.

use klokuur::exchange::{
    KpiScores, OrderItemCancellations, Orders, PerformanceIndicators, PerformanceStatus, RetailerDocuments,
    Returns, Shipments,
};
use pyo3::prelude::*;

use super::rulebook::RulebookCore;
use crate::arguments::Text;
use crate::error::OrRaise;
use crate::inside::detached;
use crate::plain::{json, plain};
use crate::time::Moment;

macro_rules! documents {
    ($($(#[$doc:meta])* $class:ident = $document:ident),+) => {$(
        $(#[$doc])*
        #[pyclass(frozen, eq, module = "klokuur._klokuur")]
        #[derive(Clone, PartialEq)]
        pub(crate) struct $class($document);

        #[pymethods]
        impl $class {
            #[staticmethod]
            fn from_json(text: Text<'_>) -> PyResult<Self> {
                $document::from_json(text.0).map(Self).or_raise()
            }

            #[staticmethod]
            fn from_dict(document: &Bound<'_, PyAny>) -> PyResult<Self> {
                $document::from_json(&json(document, "Retailer API document")?.to_string()).map(Self).or_raise()
            }

            fn to_json(&self) -> PyResult<String> {
                self.0.to_json().or_raise()
            }

            fn plain<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
                plain(py, &self.0)
            }
        }
    )+};
}

documents! {
    /// The core of `klokuur.PerformanceIndicators`.
    PerformanceIndicatorsCore = PerformanceIndicators,
    /// The core of `klokuur.Returns`.
    ReturnsCore = Returns,
    /// The core of `klokuur.OrderItemCancellations`.
    OrderItemCancellationsCore = OrderItemCancellations,
    /// The core of `klokuur.Orders`.
    OrdersCore = Orders,
    /// The core of `klokuur.Shipments`.
    ShipmentsCore = Shipments,
    /// The core of `klokuur.KpiScores`.
    KpiScoresCore = KpiScores,
    /// The core of `klokuur.PerformanceStatus`.
    PerformanceStatusCore = PerformanceStatus
}

/// The core of `klokuur.RetailerDocuments`.
#[pyclass(frozen, module = "klokuur._klokuur")]
pub(crate) struct RetailerDocumentsCore(RetailerDocuments);

#[pymethods]
impl RetailerDocumentsCore {
    /// Of names and JSON texts, oldest first.
    #[new]
    fn new(py: Python<'_>, documents: Vec<(String, String)>) -> PyResult<Self> {
        detached(py, || {
            let mut merged = RetailerDocuments::new();
            documents.iter().try_for_each(|(name, text)| merged.add(name, text)).map(|()| Self(merged))
        })
        .or_raise()
    }

    fn orders(&self) -> OrdersCore {
        OrdersCore(self.0.orders())
    }

    fn shipments(&self) -> ShipmentsCore {
        ShipmentsCore(self.0.shipments())
    }

    fn returns(&self) -> ReturnsCore {
        ReturnsCore(self.0.returns())
    }

    fn cancellations(&self) -> OrderItemCancellationsCore {
        OrderItemCancellationsCore(self.0.cancellations())
    }

    fn indicators(&self) -> PerformanceIndicatorsCore {
        PerformanceIndicatorsCore(self.0.indicators())
    }

    fn kpi_scores(&self) -> KpiScoresCore {
        KpiScoresCore(self.0.kpi_scores())
    }

    fn status(&self) -> Option<PerformanceStatusCore> {
        self.0.status().cloned().map(PerformanceStatusCore)
    }

    fn order_lines<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        plain(py, &detached(py, || self.0.order_lines()))
    }

    fn numbers<'py>(&self, py: Python<'py>, rules: &RulebookCore) -> PyResult<Bound<'py, PyAny>> {
        plain(py, &self.0.numbers(rules.by_week()))
    }
}

/// The standing that a status document reports.
#[pyfunction]
pub(crate) fn reported_standing<'py>(
    py: Python<'py>,
    document: &PerformanceStatusCore,
) -> PyResult<Bound<'py, PyAny>> {
    plain(py, &document.0.standing())
}

/// The numbers of all scores, by the names of a rulebook.
#[pyfunction]
pub(crate) fn kpi_numbers<'py>(
    py: Python<'py>,
    document: &KpiScoresCore,
    rules: &RulebookCore,
) -> PyResult<Bound<'py, PyAny>> {
    plain(py, &document.0.numbers(rules.by_week()))
}

/// The checks of all indicators of a document.
#[pyfunction]
pub(crate) fn indicator_checks<'py>(
    py: Python<'py>,
    document: &PerformanceIndicatorsCore,
) -> PyResult<Bound<'py, PyAny>> {
    let checks: Vec<_> = document.0.performance_indicators.iter().map(|i| i.check()).collect();
    plain(py, &checks)
}

/// The numbers of all indicators with a score, by the names of a rulebook.
#[pyfunction]
pub(crate) fn indicator_numbers<'py>(
    py: Python<'py>,
    document: &PerformanceIndicatorsCore,
    rules: &RulebookCore,
) -> PyResult<Bound<'py, PyAny>> {
    plain(py, &document.0.numbers(rules.by_week()))
}

/// The reported, the recomputed and the rulebook's verdicts of all indicators.
#[pyfunction]
pub(crate) fn indicator_verdicts<'py>(
    py: Python<'py>,
    document: &PerformanceIndicatorsCore,
    rules: &RulebookCore,
    now: Moment<'py>,
) -> PyResult<Bound<'py, PyAny>> {
    let indicators = document.0.performance_indicators.iter();
    let verdicts: klokuur::Result<Vec<_>> =
        indicators.map(|indicator| indicator.verdicts(rules.by_week(), now.at())).collect();
    plain(py, &verdicts.or_raise()?)
}

/// The clock starts of all returned items.
#[pyfunction]
pub(crate) fn return_starts<'py>(py: Python<'py>, document: &ReturnsCore) -> PyResult<Bound<'py, PyAny>> {
    plain(py, &document.0.starts())
}

/// The events of the cases of all returned items.
#[pyfunction]
pub(crate) fn return_events<'py>(py: Python<'py>, document: &ReturnsCore) -> PyResult<Bound<'py, PyAny>> {
    plain(py, &document.0.events())
}

/// Whether the customer asked for the cancellation of each item.
#[pyfunction]
pub(crate) fn cancelled_by_customer(document: &OrderItemCancellationsCore) -> Vec<bool> {
    document.0.order_items.iter().map(|item| item.reason_code.is_by_customer()).collect()
}
