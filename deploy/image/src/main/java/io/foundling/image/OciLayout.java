package io.foundling.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * An OCI image layout in a directory, which skopeo and oras send to a registry: blobs under their digests, and an index
 * of one entry. The same content gives the same bytes.
 */
final class OciLayout {

    static final String INDEX = "application/vnd.oci.image.index.v1+json";
    static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";

    private static final String BLOBS = "blobs/sha256";

    private final ObjectMapper json = new ObjectMapper();
    private final Path directory;

    /** Begins one in an empty directory. */
    OciLayout(Path directory) throws IOException {
        this.directory = directory;
        Files.createDirectories(directory.resolve(BLOBS));
        Files.writeString(directory.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
    }

    /** Writes a blob and returns its descriptor. */
    ObjectNode write(String mediaType, byte[] content) throws IOException {
        String digest = HexFormat.of().formatHex(sha256().digest(content));
        Files.write(directory.resolve(BLOBS).resolve(digest), content);
        return json.createObjectNode()
                .put("mediaType", mediaType)
                .put("digest", "sha256:" + digest)
                .put("size", content.length);
    }

    /** Writes a document as a blob. */
    ObjectNode write(String mediaType, JsonNode document) throws IOException {
        return write(mediaType, json.writeValueAsBytes(document));
    }

    /** Takes over all blobs of an archive of a layout, and returns the descriptor of its only image. */
    ObjectNode take(Path archive) throws IOException {
        JsonNode index = json.missingNode();
        try (InputStream file = new BufferedInputStream(Files.newInputStream(archive));
                TarArchiveInputStream tar = new TarArchiveInputStream(file)) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path name = Path.of(entry.getName());
                if (name.startsWith(BLOBS) && !entry.isDirectory()) {
                    Files.write(directory.resolve(BLOBS).resolve(name.getFileName()), tar.readAllBytes());
                } else if (name.endsWith("index.json")) {
                    index = json.readTree(tar.readAllBytes());
                }
            }
        }
        JsonNode image = index.at("/manifests/0");
        return json.createObjectNode()
                .put("mediaType", MANIFEST)
                .put("digest", image.get("digest").textValue())
                .put("size", image.get("size").longValue());
    }

    /** Ends the layout: this is what it holds, under this name. */
    void end(ObjectNode descriptor, String name) throws IOException {
        ObjectNode index = json.createObjectNode().put("schemaVersion", 2).put("mediaType", INDEX);
        ObjectNode entry = descriptor.deepCopy();
        entry.putObject("annotations").put("org.opencontainers.image.ref.name", name);
        index.putArray("manifests").add(entry);
        json.writeValue(directory.resolve("index.json").toFile(), index);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
