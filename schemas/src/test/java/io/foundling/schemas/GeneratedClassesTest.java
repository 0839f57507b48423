package io.foundling.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Disposition;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.avro.util.ClassSecurityValidator.ClassSecurityPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Avro's list of trusted classes belongs to the process, and others write it too. */
class GeneratedClassesTest {

    private final ClassSecurityPredicate before = ClassSecurityValidator.getGlobal();

    @BeforeEach
    void startAsANewProcess() {
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.DEFAULT);
    }

    @AfterEach
    void restore() {
        ClassSecurityValidator.setGlobal(before);
    }

    @Test
    void shouldLetForeignSerdesFindOurClasses() {
        assertThatThrownBy(() -> new SpecificData().getClass(AuditEvent.getClassSchema()))
                .isInstanceOf(SecurityException.class);

        GeneratedClasses.trust();

        assertThat(new SpecificData().getClass(AuditEvent.getClassSchema())).isEqualTo(AuditEvent.class);
    }

    @Test
    void shouldLeaveToOthersWhatTheyHaveDeclared() {
        ClassSecurityValidator.setGlobal(
                ClassSecurityValidator.builder().add(Thread.class).build());

        GeneratedClasses.trust();
        ClassSecurityPredicate all = ClassSecurityValidator.getGlobal();
        GeneratedClasses.trust();

        assertThat(ClassSecurityValidator.getGlobal()).as("declared once").isSameAs(all);
        assertThat(all.isTrusted(Thread.class)).isTrue();
        assertThat(all.isTrusted(AuditEvent.class)).isTrue();
        assertThat(all.isTrusted(String.class)).isFalse();
        assertThat(all.isTrusted(GeneratedClasses.class))
                .as("ours, not generated")
                .isFalse();
    }

    @Test
    void shouldGoOnWhenSomebodyReplacesTheListLater() {
        // Given
        AuditEvent event = Records.deferredEvent();
        SpecificData model = GeneratedClasses.model(AuditEvent.class);

        // When
        ClassSecurityValidator.setGlobal(type -> false);

        // Then
        assertThat(model.deepCopy(AuditEvent.getClassSchema(), event)).isEqualTo(event);
        assertThat(AuditEvent.newBuilder(event).build()).isEqualTo(event);
    }

    @Test
    void shouldFindEveryClassOfEveryContract() {
        for (Contract contract : Contract.values()) {
            SpecificData model = GeneratedClasses.model(contract.type());

            assertThat(model.getClass(model.getSchema(contract.type()))).isEqualTo(contract.type());
        }
        assertThat(GeneratedClasses.model(Disposition.class)).isSameAs(SpecificData.getForClass(Disposition.class));
    }

    @Test
    void shouldNotTrustAClassBecauseASchemaNamesIt() {
        Schema foreign = SchemaBuilder.record("java.lang.Thread").fields().endRecord();

        assertThatThrownBy(() -> GeneratedClasses.model(AuditEvent.class).getClass(foreign))
                .isInstanceOf(SecurityException.class)
                .hasMessageContaining("java.lang.Thread");
    }

    @Test
    void shouldDoNothingWhereAvroIsOlder() throws ReflectiveOperationException, IOException {
        try (URLClassLoader older = new OlderAvro()) {
            older.loadClass(GeneratedClasses.class.getName()).getMethod("trust").invoke(null);
        }
    }

    /** Loads the classes under test anew, and finds for them nothing that Avro has had since 1.12.2 only. */
    private static final class OlderAvro extends URLClassLoader {

        OlderAvro() {
            super(
                    new URL[] {
                        GeneratedClasses.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                    },
                    GeneratedClassesTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("org.apache.avro.util.ClassSecurity")) {
                throw new ClassNotFoundException(name);
            }
            if (!name.matches("io\\.foundling\\.schemas\\.(Generated|Trusted)Classes(\\$.*)?")) {
                return super.loadClass(name, resolve);
            }
            Class<?> known = findLoadedClass(name);
            return known == null ? findClass(name) : known;
        }
    }
}
