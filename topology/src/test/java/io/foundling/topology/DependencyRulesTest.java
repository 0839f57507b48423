package io.foundling.topology;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import io.foundling.audit.Subject;
import io.foundling.schemas.GeneratedClasses;
import io.foundling.schemas.ParentKinds;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.lifecycle.Announcement;
import io.foundling.topology.lifecycle.Times;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;

/** Which package may know which, and what none of them may do. */
@AnalyzeClasses(packages = "io.foundling.topology", importOptions = DoNotIncludeTests.class)
final class DependencyRulesTest {

    private static final DescribedPredicate<JavaClass> CONTRACT_ENUMS = resideInAPackage("io.foundling.audit")
            .and(describe("are enums", JavaClass::isEnum))
            .as("enums of the contracts");

    private static final DescribedPredicate<JavaClass> JAVA = describe(
            "are of the language", found -> found.isPrimitive() || found.isArray() && isJava(found) || isJava(found));

    private static final DescribedPredicate<JavaClass> SUBJECT_KEYS = belongToAnyOf(SubjectKey.class);

    private static final DescribedPredicate<JavaClass> GENERATED_CLASSES = belongToAnyOf(GeneratedClasses.class);

    @ArchTest
    static final ArchRule LIFECYCLE_IS_PURE = classes()
            .that()
            .resideInAPackage("..topology.lifecycle")
            .should()
            .onlyDependOnClassesThat(
                    JAVA.or(resideInAPackage("..topology.lifecycle")).or(CONTRACT_ENUMS));

    @ArchTest
    static final ArchRule STORE_KNOWS_LIFECYCLE_ONLY = classes()
            .that()
            .resideInAPackage("..topology.store")
            .should()
            .onlyDependOnClassesThat(JAVA.or(resideInAnyPackage(
                            "..topology.store..",
                            "..topology.lifecycle",
                            "org.apache.kafka..",
                            "org.apache.avro..",
                            "org.slf4j.."))
                    .or(CONTRACT_ENUMS)
                    .or(belongToAnyOf(SubjectKey.class, Subject.class))
                    .or(GENERATED_CLASSES));

    @ArchTest
    static final ArchRule ACCOUNTS_ARE_PURE = classes()
            .that()
            .resideInAPackage("..topology.account")
            .and()
            .doNotHaveSimpleName("AccountStore")
            .and()
            .doNotHaveSimpleName("AccountCodec")
            .and()
            .doNotHaveSimpleName("Recount")
            .and()
            .doNotHaveSimpleName("StoredAccounts")
            .and()
            .doNotHaveSimpleName("MemberCountForm")
            .should()
            .onlyDependOnClassesThat(JAVA.or(resideInAPackage("..topology.account"))
                    .or(CONTRACT_ENUMS)
                    .or(belongToAnyOf(Announcement.class))
                    .or(SUBJECT_KEYS));

    @ArchTest
    static final ArchRule ACCOUNTS_KNOW_THE_STORE_ONLY = classes()
            .that()
            .resideInAPackage("..topology.account")
            .should()
            .onlyDependOnClassesThat(JAVA.or(resideInAnyPackage(
                            "..topology.account", "..topology.store..", "org.apache.kafka..", "org.apache.avro.."))
                    .or(CONTRACT_ENUMS)
                    .or(belongToAnyOf(Announcement.class))
                    .or(SUBJECT_KEYS));

    @ArchTest
    static final ArchRule PARENT_KNOWS_NO_ALERTS = classes()
            .that()
            .resideInAPackage("..topology.parent")
            .should()
            .onlyDependOnClassesThat(JAVA.or(resideInAnyPackage(
                            "..topology.parent",
                            "..topology.lifecycle",
                            "..topology.account",
                            "..topology.settings",
                            "..topology.task",
                            "..topology.store..",
                            "io.foundling.audit",
                            "org.apache.kafka..",
                            "org.apache.avro.."))
                    .or(SUBJECT_KEYS)
                    .or(belongToAnyOf(ParentKinds.class)));

    /** Accounts are all that it knows of the ledger. */
    @ArchTest
    static final ArchRule ALERTS_KNOW_ACCOUNTS_ONLY = classes()
            .that()
            .resideInAPackage("..topology.alert")
            .should()
            .onlyDependOnClassesThat(JAVA.or(resideInAnyPackage(
                            "..topology.alert",
                            "..topology.account",
                            "..topology.store..",
                            "..topology.names",
                            "..topology.settings",
                            "..topology.task",
                            "io.foundling.audit",
                            "org.apache.avro..",
                            "org.apache.kafka.."))
                    .or(belongToAnyOf(Times.class))
                    .or(SUBJECT_KEYS));

    @ArchTest
    static final ArchRule ALERT_RULES_ARE_PURE = noClasses()
            .that()
            .resideInAPackage("..topology.alert")
            .and()
            .haveNameMatching(".*(Rules|Verdict|Summary|AlertRecords)")
            .should()
            .dependOnClassesThat(resideInAPackage("org.apache.kafka.."));

    @ArchTest
    static final ArchRule CLOCK_KNOWS_KAFKA_ONLY = classes()
            .that()
            .resideInAPackage("..topology.clock")
            .should()
            .onlyDependOnClassesThat(JAVA.or(resideInAnyPackage("..topology.clock", "org.apache.kafka..")));

    @ArchTest
    static final ArchRule TOPICS_STAND_ALONE = noClasses()
            .that()
            .resideInAPackage("..topology.topics")
            .should()
            .dependOnClassesThat(resideInAPackage("io.foundling.topology..")
                    .and(DescribedPredicate.not(
                            resideInAnyPackage("..topology.topics", "..topology.names", "..topology.yaml"))));

    @ArchTest
    static final ArchRule YAML_KNOWS_NOTHING_ELSE = classes()
            .that()
            .resideInAPackage("..topology.yaml")
            .should()
            .onlyDependOnClassesThat(JAVA.or(resideInAnyPackage("..topology.yaml", "org.yaml.snakeyaml..")));

    @ArchTest
    static final ArchRule NOBODY_KNOWS_THE_LEDGER_BUT_THE_ASSEMBLY = noClasses()
            .that()
            .resideInAnyPackage(
                    "..topology.lifecycle",
                    "..topology.account",
                    "..topology.store",
                    "..topology.clock",
                    "..topology.parent",
                    "..topology.topics")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..topology.ledger");

    /** Explanations are for other processes. */
    @ArchTest
    static final ArchRule NOBODY_KNOWS_EXPLANATIONS = noClasses()
            .that()
            .resideOutsideOfPackage("..topology.explain")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..topology.explain");

    @ArchTest
    static final ArchRule EXPLANATIONS_KNOW_NO_KAFKA = noClasses()
            .that()
            .resideInAPackage("..topology.explain")
            .should()
            .dependOnClassesThat(resideInAPackage("org.apache.kafka.."));

    /** Every package is a slice of its own, the root with the assembly too. */
    @ArchTest
    static final ArchRule NO_CYCLES = slices().assignedFrom(new SliceAssignment() {
                @Override
                public SliceIdentifier getIdentifierOf(JavaClass found) {
                    return SliceIdentifier.of(found.getPackageName());
                }

                @Override
                public String getDescription() {
                    return "packages";
                }
            })
            .should()
            .beFreeOfCycles();

    @ArchTest
    static final ArchRule NO_CLOCK_AND_NO_ENVIRONMENT_OF_ITS_OWN = noClasses()
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(System.class, "getenv", String.class)
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(Clock.class, "systemDefaultZone")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDate.class, "now")
            .orShould()
            .callMethod(LocalDateTime.class, "now")
            .orShould()
            .callMethod(OffsetDateTime.class, "now")
            .orShould()
            .callMethod(ZonedDateTime.class, "now");

    /** Before a commit, Kafka Streams calls a store only through a class that is not public. */
    @ArchTest
    static final ArchRule ONLY_PUBLIC_KAFKA = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("io.foundling.topology.store.buffer.BufferedStore")
            .should()
            .dependOnClassesThat(resideInAPackage("org.apache.kafka..internals..")
                    .and(describe(
                            "are not headers",
                            found -> !found.getPackageName().equals("org.apache.kafka.common.header.internals"))));

    private static boolean isJava(JavaClass found) {
        return found.getBaseComponentType().isPrimitive()
                || found.getBaseComponentType().getPackageName().startsWith("java.");
    }
}
