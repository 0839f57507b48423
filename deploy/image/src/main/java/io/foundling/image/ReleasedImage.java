package io.foundling.image;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Images of several architectures under one name: an index, of which an engine takes the one for its processor. */
final class ReleasedImage {

    private ReleasedImage() {}

    /**
     * Writes them into one layout.
     *
     * @param archives of layouts, by architecture
     * @return the digest of the index
     */
    static String write(Map<Architecture, Path> archives, Path directory, String version) throws IOException {
        OciLayout layout = new OciLayout(directory);
        ObjectNode index =
                new ObjectMapper().createObjectNode().put("schemaVersion", 2).put("mediaType", OciLayout.INDEX);
        ArrayNode manifests = index.putArray("manifests");
        for (Map.Entry<Architecture, Path> each : archives.entrySet()) {
            ObjectNode manifest = layout.take(each.getValue());
            manifest.putObject("platform")
                    .put("architecture", each.getKey().label())
                    .put("os", "linux");
            manifests.add(manifest);
        }
        ObjectNode descriptor = layout.write(OciLayout.INDEX, index);
        layout.end(descriptor, version);
        return descriptor.get("digest").textValue();
    }
}
