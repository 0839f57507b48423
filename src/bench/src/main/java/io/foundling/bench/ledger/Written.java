package io.foundling.bench.ledger;

/**
 * What was written to some topics.
 *
 * @param records without the marks of transactions
 * @param bytes of keys and values, not compressed
 */
record Written(long records, long bytes) {

    static final Written NOTHING = new Written(0, 0);

    Written plus(int size) {
        return new Written(records + 1, bytes + size);
    }
}
