package io.foundling.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A page of the documentation in Markdown: its text, its blocks of code, its headings as anchors, its links. */
public record Page(Path file) {

    /** Of the repository. */
    public static final Path ROOT = Path.of("../..");

    public static final Page FRONT = new Page(ROOT.resolve("README.md"));

    private static final Set<String> GENERATED = Set.of("target", ".git");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```([^\\n]*)\\n(.*?)^ *```$");
    private static final Pattern CODE = Pattern.compile("`[^`]*`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)|(?m)^\\[[^\\]]+\\]: *(\\S+)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.+)$");

    /** A block of code, without the indentation of a list that it stands in. */
    public record Block(String language, String code) {

        /** Returns one command a line: comments removed, continued lines joined. */
        public Stream<String> commands() {
            return code.replace("\\\n", " ")
                    .lines()
                    .map(line -> line.replaceFirst("(^| +)#.*", "").strip().replaceAll(" +", " "))
                    .filter(line -> !line.isEmpty());
        }
    }

    /** Returns the pages that explain the service, whose blocks of code are checked. */
    public static List<Page> ofTheService() {
        return Stream.of("src/service", "topology/docs", "topology/TOPICS.md")
                .map(ROOT::resolve)
                .flatMap(place -> below(place).stream())
                .collect(() -> new ArrayList<>(List.of(FRONT)), List::add, List::addAll);
    }

    /** Returns every page of the repository. */
    public static List<Page> all() {
        return below(ROOT);
    }

    private static List<Page> below(Path place) {
        List<Page> pages = new ArrayList<>();
        try {
            Files.walkFileTree(place, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    return GENERATED.contains(directory.getFileName().toString())
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (file.toString().endsWith(".md")) {
                        pages.add(new Page(file));
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return pages;
    }

    public String text() {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<Block> blocks() {
        return BLOCK.matcher(text())
                .results()
                .map(block -> new Block(block.group(1), block.group(2).stripIndent()))
                .toList();
    }

    public Stream<String> code(String language) {
        return blocks().stream()
                .filter(block -> block.language().equals(language))
                .map(Block::code);
    }

    /** Returns the targets of its links as they are written. */
    public List<String> links() {
        return LINK.matcher(CODE.matcher(prose()).replaceAll(""))
                .results()
                .map(link -> link.group(1) == null ? link.group(2) : link.group(1))
                .toList();
    }

    /** Returns what a link to one of its headings ends with, as GitHub makes it. */
    public Set<String> anchors() {
        Set<String> anchors = new HashSet<>();
        Map<String, Integer> repeated = new HashMap<>();
        HEADING.matcher(prose())
                .results()
                .map(heading -> anchor(heading.group(1)))
                .forEach(anchor -> {
                    int before = repeated.merge(anchor, 1, Integer::sum) - 1;
                    anchors.add(before == 0 ? anchor : anchor + '-' + before);
                });
        return anchors;
    }

    private String prose() {
        return BLOCK.matcher(text()).replaceAll("");
    }

    private static String anchor(String heading) {
        return heading.strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }

    @Override
    public String toString() {
        return ROOT.relativize(file).toString();
    }
}
