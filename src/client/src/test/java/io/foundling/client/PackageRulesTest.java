package io.foundling.client;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.conditions.ArchConditions.not;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import io.foundling.client.internal.delivery.EventPipeline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which package of the client may know which, and what a service can see of them. */
@AnalyzeClasses(packages = "io.foundling.client", importOptions = DoNotIncludeTests.class)
final class PackageRulesTest {

    private static final String ROOT = "io.foundling.client";
    private static final String INTERNAL = "io.foundling.client.internal..";

    /**
     * One dependency is left out: a recorder starts its pipeline. The pipeline returns tickets, counts into metrics and
     * loses events for a reason. Services use these types, and the factory methods that start the pipeline, in the root
     * package. So this dependency cannot be avoided without moving a public type.
     */
    @ArchTest
    static final ArchRule NO_PACKAGE_CYCLE = slices().assignedFrom(new ByPackage())
            .should()
            .beFreeOfCycles()
            .ignoreDependency(type(KafkaAuditRecorder.class), type(EventPipeline.class));

    @ArchTest
    static final ArchRule ONE_CLASS_OF_THE_ROOT_STARTS_THE_PIPELINE = noClasses()
            .that()
            .resideInAPackage(ROOT)
            .and()
            .areNotAssignableTo(KafkaAuditRecorder.class)
            .should()
            .dependOnClassesThat(resideInAPackage(INTERNAL)
                    .and(resideInAnyPackage("..internal.event").negate()));

    @ArchTest
    static final ArchRule A_RECORDER_KNOWS_NOTHING_ELSE_OF_THE_DELIVERY = noClasses()
            .that()
            .areAssignableTo(KafkaAuditRecorder.class)
            .should()
            .dependOnClassesThat(resideInAPackage(INTERNAL)
                    .and(resideInAnyPackage("..internal.event").negate())
                    .and(type(EventPipeline.class).negate()));

    @ArchTest
    static final ArchRule EVENTS_AND_FILES_KNOW_NO_OTHER_PACKAGE = noClasses()
            .that()
            .resideInAnyPackage("..internal.event", "..internal.spool")
            .should()
            .dependOnClassesThat(resideInAPackage("io.foundling.client..")
                    .and(resideInAnyPackage("..internal.event", "..internal.spool")
                            .negate()))
            .orShould()
            .dependOnClassesThat(resideInAPackage("org.apache.kafka.."));

    @ArchTest
    static final ArchRule THE_ROOT_IS_THE_PUBLIC_API = classes()
            .that()
            .resideInAPackage(ROOT)
            .and()
            .areTopLevelClasses()
            .and()
            .doNotHaveSimpleName("package-info")
            .should()
            .bePublic();

    @ArchTest
    static final ArchRule PUBLIC_SIGNATURES_HAVE_NO_INTERNAL_TYPE =
            classes().that().resideInAPackage(ROOT).and().arePublic().should(not(new ShowInternalTypes()));

    /** Also where the class path of these tests does not reach. */
    @Test
    void shouldUseNothingInternalOutsideTheClient() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("../.."))) {
            assertThat(files.filter(file -> file.toString().endsWith(".java"))
                            .filter(file -> !file.toString().startsWith("../../src/client/"))
                            .filter(PackageRulesTest::namesInternal))
                    .isEmpty();
        }
    }

    private static boolean namesInternal(Path file) {
        try {
            return Files.readString(file).contains("io.foundling.client.internal");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Each package is a slice of its own, the root too. */
    private static final class ByPackage implements SliceAssignment {

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass found) {
            return SliceIdentifier.of(found.getPackageName());
        }

        @Override
        public String getDescription() {
            return "every package";
        }
    }

    /** Looks at supertypes and at the types of public and protected members. */
    private static final class ShowInternalTypes extends ArchCondition<JavaClass> {

        ShowInternalTypes() {
            super("show internal types");
        }

        @Override
        public void check(JavaClass found, ConditionEvents events) {
            Stream<JavaClass> supertypes =
                    Stream.concat(found.getAllRawSuperclasses().stream(), found.getAllRawInterfaces().stream());
            Stream<JavaClass> members = found.getMembers().stream()
                    .filter(ShowInternalTypes::isVisible)
                    .flatMap(ShowInternalTypes::typesOf);
            boolean shows = Stream.concat(supertypes, members).anyMatch(resideInAPackage(INTERNAL));
            events.add(new SimpleConditionEvent(found, shows, found.getName() + " shows internal types"));
        }

        private static boolean isVisible(JavaMember member) {
            return member.getModifiers().stream()
                    .anyMatch(modifier -> modifier.name().matches("PUBLIC|PROTECTED"));
        }

        private static Stream<JavaClass> typesOf(JavaMember member) {
            return member.getAllInvolvedRawTypes().stream();
        }
    }
}
