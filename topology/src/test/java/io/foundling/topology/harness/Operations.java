package io.foundling.topology.harness;

/** How often entries of one kind were read and written. */
final class Operations {

    private int gets;
    private int ranges;
    private int writes;
    private long writtenBytes;

    void got() {
        gets++;
    }

    void walked() {
        ranges++;
    }

    void wrote(int bytes) {
        writes++;
        writtenBytes += bytes;
    }

    String text(String kind, double events) {
        return "%-12s %.3f gets, %.3f ranges, %.3f writes of %.1f bytes%n"
                .formatted(kind, gets / events, ranges / events, writes / events, writtenBytes / events);
    }
}
