package io.foundling.service.config;

import java.nio.file.Path;

/**
 * One instance of the application: its names and the part of its machine that it may use.
 *
 * @param name never empty: the host name unless configured
 */
public record InstanceSettings(
        String application, String name, Path stateDirectory, int threads, long rocksdbMemoryInBytes) {}
