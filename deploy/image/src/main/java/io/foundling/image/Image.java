package io.foundling.image;

import java.nio.file.Path;

/**
 * What was built.
 *
 * @param archive as {@code docker save} writes it
 * @param name repository and tag
 * @param digest of the manifest
 * @param id digest of the configuration: what an engine shows once it has loaded the archive
 */
record Image(Path archive, String name, String digest, String id) {}
