package digitlab.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The walls between the packages. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("digitlab");

  /** Compiled by TeaVM and used on the JVM. */
  private static final String[] PURE = {
    "digitlab.text",
    "digitlab.math",
    "digitlab.net",
    "digitlab.data",
    "digitlab.ink",
    "digitlab.train"
  };

  private static void check(ArchRule rule) {
    rule.check(CLASSES);
  }

  @Test
  void thereAreClassesToLookAt() {
    assertTrue(CLASSES.size() > 120, "only " + CLASSES.size());
  }

  @Test
  void purePackagesUseLittleOfJava() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat(
                resideInAnyPackage(
                        "java.io..",
                        "java.nio..",
                        "java.sql..",
                        "java.time..",
                        "java.util.concurrent..",
                        "java.lang.reflect..",
                        "java.util.stream..",
                        "java.util.regex..")
                    .as("are not for the browser")));
    check(
        noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Random.class));
  }

  /** {@code java.lang.runtime} and {@code invoke} come with records and switches. */
  @Test
  void purePackagesDependOnNothingElse() {
    check(
        classes()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .onlyDependOnClassesThat(
                resideInAnyPackage(PURE)
                    .or(
                        resideInAnyPackage(
                            "java.lang",
                            "java.lang.invoke",
                            "java.lang.runtime",
                            "java.lang.annotation",
                            "java.util",
                            "org.jspecify.annotations"))
                    .or(
                        resideInAPackage("java.lang..")
                            .and(not(resideInAPackage("java.lang.reflect.."))))));
  }

  @Test
  void purePackagesComputeTheSameEverywhere() {
    for (String method :
        List.of("random", "fma", "tanh", "log1p", "expm1", "exp", "log", "pow", "sin", "cos")) {
      check(
          noClasses()
              .that()
              .resideInAnyPackage(PURE)
              .should()
              .callMethodWhere(target(owner(type(Math.class))).and(target(name(method)))));
    }
  }

  @Test
  void nothingStaticChanges() {
    check(
        fields()
            .that()
            .areStatic()
            .and()
            .areDeclaredInClassesThat(are(resideInAnyPackage(PURE)))
            .should()
            .beFinal());
  }

  @Test
  void theViewsKnowServicesOnly() {
    check(
        noClasses()
            .that()
            .resideInAPackage("digitlab.ui..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "digitlab.engine..",
                "digitlab.store",
                "digitlab.jobs",
                "digitlab.web",
                "digitlab.cli",
                "java.sql.."));
  }

  @Test
  void onlyTheStoreKnowsSql() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("digitlab.store")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "java.sql..",
                "javax.sql..",
                "org.jdbi..",
                "org.flywaydb..",
                "com.zaxxer..",
                "org.h2.."));
  }

  @Test
  void vaadinStaysInItsPlace() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages("digitlab.ui..", "digitlab.web")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.vaadin.."));
  }

  @Test
  void onlyTheBrowsersSideKnowsTeaVm() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("digitlab.browser")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.teavm.."));
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("digitlab.browser")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("digitlab.browser"));
  }

  /** A tool of the build: what it writes is called by name, in the browser. */
  @Test
  void nobodyUsesTheWriterOfVectorKernels() {
    check(
        classes()
            .that()
            .resideInAPackage("digitlab.simd")
            .should()
            .onlyDependOnClassesThat(
                resideInAnyPackage(
                    "digitlab.simd",
                    "java.lang..",
                    "java.util",
                    "java.io",
                    "java.nio..",
                    "org.jspecify.annotations")));
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("digitlab.simd")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("digitlab.simd"));
  }

  @Test
  void foreignMemoryIsForEngines() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("digitlab.engine..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.lang.foreign.."));
  }

  @Test
  void onlyItsEngineKnowsPyTorch() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("digitlab.engine.pytorch")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.bytedeco.."));
  }

  @Test
  void enginesAreNamedByThePackageThatChoosesThem() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("digitlab.engine..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("digitlab.engine.*"));
  }

  /** It turns networks into bytes and back; where these come from and go to is for others. */
  @Test
  void handingOverKnowsNoPlaces() {
    check(
        classes()
            .that()
            .resideInAPackage("digitlab.interop")
            .should()
            .onlyDependOnClassesThat(
                resideInAnyPackage(PURE)
                    .or(
                        resideInAnyPackage(
                            "digitlab.interop",
                            "java.lang..",
                            "java.util..",
                            "java.io",
                            "java.nio.charset",
                            "org.jspecify.annotations",
                            "tools.jackson.."))));
    check(
        noClasses()
            .that()
            .resideInAPackage("digitlab.interop")
            .should()
            .dependOnClassesThat(
                type(java.io.File.class)
                    .or(type(java.io.FileInputStream.class))
                    .or(type(java.io.FileOutputStream.class))));
  }

  @Test
  void noCircles() {
    check(slices().matching("digitlab.(*)..").should().beFreeOfCycles());
  }
}
