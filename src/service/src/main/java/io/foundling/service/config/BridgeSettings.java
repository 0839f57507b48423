package io.foundling.service.config;

import java.nio.file.Path;

/**
 * One bridge: which topic is turned into audit events, how, and where they go.
 *
 * @param name unique; part of the name of its group of consumers
 * @param input topic that others write
 * @param output one of the sources
 */
public record BridgeSettings(String name, String input, Format format, Path mappingFile, String output) {

    /** How the values of the input are written. */
    public enum Format {
        /** One JSON object in UTF-8 each. */
        JSON,
        /** Avro records in the registry's wire format. */
        AVRO
    }
}
