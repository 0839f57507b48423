package io.foundling.bench.ledger;

/** Ends the run with a sentence. */
final class BenchFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BenchFailure(String message) {
        super(message);
    }
}
