package io.foundling.image;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Assumptions;

/** The image, built twice at once in two directories, for all tests of this JVM. */
final class BuiltImages {

    private static final Path MODULE = Path.of("").toAbsolutePath();
    private static final CompletableFuture<Image> FIRST = build("first", Architecture.AMD64);
    private static final CompletableFuture<Image> SECOND = build("second-in-another-directory", Architecture.AMD64);

    private static final CompletableFuture<ImageContent> CONTENT =
            FIRST.thenApply(image -> ImageContent.of(image.archive(), MODULE.resolve("target/it/content")));

    private BuiltImages() {}

    static Image first() {
        return get(FIRST);
    }

    /** What the first says of itself, and its files, unpacked. */
    static ImageContent content() {
        return get(CONTENT);
    }

    static Image second() {
        return get(SECOND);
    }

    /** Builds an image that no other test needs. */
    static ImageContent content(Architecture architecture) {
        Image image = get(build(architecture.label(), architecture));
        return ImageContent.of(image.archive(), MODULE.resolve("target/it/content-" + architecture.label()));
    }

    /** Skips the test, or lets it fail on CI, which has to have everything. */
    static void missing(String reason) {
        if ("true".equals(System.getenv("CI"))) {
            throw new AssertionError("CI must test the image: " + reason);
        }
        Assumptions.abort(reason);
    }

    private static <T> T get(CompletableFuture<T> built) {
        try {
            return built.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof BaseUnavailableException unavailable) {
                missing(unavailable.getMessage());
            }
            throw e;
        }
    }

    private static CompletableFuture<Image> build(String name, Architecture architecture) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        Path directory = MODULE.resolve("target/it").resolve(name);
                        Shell.run("rm", "-rf", directory.toString());
                        return new ImageBuild(MODULE, "", architecture).build(Files.createDirectories(directory));
                    } catch (RuntimeException e) {
                        throw e;
                    } catch (Exception e) {
                        throw new CompletionException(e);
                    }
                },
                task -> new Thread(task, "build-" + name).start());
    }
}
