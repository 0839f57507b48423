package io.foundling.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** How many components the records of all modules have, tests included. */
final class RecordSizesTest {

    private static final Path REPOSITORY = Path.of("..");
    private static final Set<String> SKIPPED = Set.of("target", "node_modules", ".git");

    /** A call of a constructor with more arguments cannot be read; some of them belong together in a value. */
    private static final int MOST_COMPONENTS = 8;

    @Test
    void shouldHaveNoRecordOfMoreThanEightComponents() throws IOException {
        // When
        Map<String, Integer> sizes = sizes();

        // Then
        assertThat(sizes).hasSizeGreaterThan(100);
        sizes.values().removeIf(components -> components <= MOST_COMPONENTS);
        assertThat(sizes).as("records that are too large").isEmpty();
    }

    private static Map<String, Integer> sizes() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Map<String, Integer> sizes = new TreeMap<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask parsing = (JavacTask)
                    compiler.getTask(null, files, null, null, null, files.getJavaFileObjectsFromPaths(sources()));
            for (CompilationUnitTree file : parsing.parse()) {
                file.accept(new ComponentCount(), sizes);
            }
        }
        return sizes;
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(REPOSITORY)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> StreamSupport.stream(file.spliterator(), false)
                            .noneMatch(part -> SKIPPED.contains(part.toString())))
                    .toList();
        }
    }

    /** Counts the components of records by the name of the record; of records with one name, the largest counts. */
    private static final class ComponentCount extends TreeScanner<Void, Map<String, Integer>> {

        @Override
        public Void visitClass(ClassTree found, Map<String, Integer> sizes) {
            if (found.getKind() == Tree.Kind.RECORD) {
                long components = found.getMembers().stream()
                        .filter(ComponentCount::isComponent)
                        .count();
                sizes.merge(found.getSimpleName().toString(), (int) components, Math::max);
            }
            return super.visitClass(found, sizes);
        }

        /** Only components are fields of an object of a record. */
        private static boolean isComponent(Tree member) {
            return member instanceof VariableTree field
                    && !field.getModifiers().getFlags().contains(Modifier.STATIC);
        }
    }
}
