package io.foundling.intake;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.foundling.intake", importOptions = DoNotIncludeTests.class)
class PackageRulesTest {

    @ArchTest
    static final ArchRule NO_PACKAGE_CYCLE =
            slices().matching("io.foundling.intake.(**)").should().beFreeOfCycles();
}
