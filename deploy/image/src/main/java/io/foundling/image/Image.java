package io.foundling.image;

import java.nio.file.Path;

/**
 * What was built.
 *
 * @param archive an OCI image layout
 * @param name repository and tag
 * @param digest of the manifest
 * @param id digest of the configuration: what engines show as the image
 */
record Image(Path archive, String name, String digest, String id) {}
