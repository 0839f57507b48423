package io.foundling.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every relative link of every page in the repository leads to a file that is there, and to a heading in it. */
class LinksTest {

    private static final Pattern ELSEWHERE = Pattern.compile("[a-z]+:.*");

    @ParameterizedTest
    @MethodSource("io.foundling.service.Page#all")
    void shouldLeadSomewhere(Page page) {
        assertThat(page.links())
                .filteredOn(link -> !ELSEWHERE.matcher(link).matches())
                .allSatisfy(link -> shouldLeadSomewhere(page, link));
    }

    @Test
    void shouldFindTheLinksOfTheFrontPage() {
        assertThat(Page.FRONT.links()).hasSizeGreaterThan(15);
        assertThat(Page.all()).hasSizeGreaterThan(15);
    }

    @Test
    void shouldKnowHeadingsAsTheyAreLinkedTo() {
        assertThat(new Page(Path.of("docs/operation.md")).anchors())
                .contains("operation", "why-are-there-no-false-alarms")
                .hasSizeGreaterThan(5);
    }

    private static void shouldLeadSomewhere(Page page, String link) {
        List<String> parts = List.of(link.split("#", 2));
        Path target = parts.get(0).isEmpty()
                ? page.file()
                : page.file().resolveSibling(parts.get(0)).normalize();
        assertThat(target).as("%s links to %s", page, link).exists();
        assertThat(target.toAbsolutePath().normalize())
                .as("%s links to %s, which is part of the repository", page, link)
                .startsWith(Page.ROOT.toAbsolutePath().normalize());
        if (parts.size() > 1) {
            assertThat(new Page(target).anchors())
                    .as("%s links to %s", page, link)
                    .contains(parts.get(1));
        }
    }
}
