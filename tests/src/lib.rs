//! What the tests share: the oracle, the strategies and the readers of the vectors.
