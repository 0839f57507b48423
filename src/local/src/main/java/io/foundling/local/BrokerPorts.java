package io.foundling.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The two ports of a broker. They are stored in its directory, so that the broker has the same address after a restart.
 */
record BrokerPorts(int broker, int controller) {

    private static final String FILE = "foundling-ports";

    /** Returns the stored ports, if there are any and they are free. */
    static Optional<BrokerPorts> freeOnesNotedIn(Path directory) {
        try {
            List<String> lines = Files.readAllLines(directory.resolve(FILE));
            BrokerPorts noted = new BrokerPorts(Integer.parseInt(lines.get(0)), Integer.parseInt(lines.get(1)));
            return Optional.of(noted).filter(BrokerPorts::areFree);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
            throw new LocalStartException(
                    "The file " + directory.resolve(FILE) + " should hold two port numbers, one a line: " + e, e);
        }
    }

    void noteIn(Path directory) {
        try {
            Files.write(directory.resolve(FILE), List.of(Integer.toString(broker), Integer.toString(controller)));
        } catch (IOException e) {
            throw new LocalStartException("The broker cannot write to its directory " + directory + ": " + e, e);
        }
    }

    void requireFree() {
        FreePorts.requireFree(broker);
        FreePorts.requireFree(controller);
    }

    private boolean areFree() {
        return FreePorts.isFree(broker) && FreePorts.isFree(controller);
    }
}
