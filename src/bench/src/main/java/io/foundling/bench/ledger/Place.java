package io.foundling.bench.ledger;

import java.nio.file.Path;
import java.util.List;

/**
 * Where one run of a contender reads and writes.
 *
 * @param name its group; every topic of it begins with the name
 * @param output the compacted topic with its changes
 * @param directory for its state and its log, of its own
 */
record Place(String bootstrapServers, String registryUrl, String name, String output, Path directory) {

    /** How many words {@link #arguments()} has. */
    static final int ARGUMENTS = 5;

    static Place of(LedgerLab lab, LedgerContender contender, int round) {
        // Foundling insists on names of which none begins with another one and a hyphen.
        String name = contender.label() + '.' + round;
        String topic = contender == LedgerContender.FOUNDLING ? ".dispositions" : ".output";
        return new Place(
                lab.bootstrapServers(),
                lab.registryUrl(),
                name,
                name + topic,
                lab.directory().resolve(name));
    }

    /** Reads what {@link #arguments()} made. */
    static Place parse(String[] arguments) {
        return new Place(arguments[0], arguments[1], arguments[2], arguments[3], Path.of(arguments[4]));
    }

    List<String> arguments() {
        return List.of(bootstrapServers, registryUrl, name, output, directory.toString());
    }

    Path log() {
        return directory.resolve("process.log");
    }

    Path state() {
        return directory.resolve("state");
    }

    /** Whether a topic belongs to this run. */
    boolean owns(String topic) {
        return topic.startsWith(name + '.') || topic.startsWith(name + '-');
    }

    static boolean isChangelog(String topic) {
        return topic.endsWith("-changelog");
    }
}
