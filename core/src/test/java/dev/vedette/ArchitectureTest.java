package dev.vedette;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.Timer;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The layers and habits of docs/design.md, 3 and 5. */
class ArchitectureTest {
  private static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.vedette");

  private static void check(ArchRule rule) {
    rule.check(CORE);
  }

  /**
   * What everything may use: the interfaces every detector implements, and the checks at the door.
   */
  private static boolean isGround(JavaClass type) {
    return Stream.of(
            Attribution.class,
            DataException.class,
            Detector.class,
            Forecast.class,
            Forecaster.class,
            LabelledDetector.class,
            Model.class,
            Online.class,
            OnlineDetector.class,
            OnlineState.class,
            Progress.class,
            Reading.class,
            Require.class,
            RowDetector.class,
            RowModel.class,
            SeriesDetector.class,
            SeriesModel.class,
            SeriesState.class,
            SeriesStream.class,
            StreamingDetector.class)
        .anyMatch(type::isEquivalentTo);
  }

  /** The catalogue, what is put together, and what is kept in files. */
  private static boolean isTop(JavaClass type) {
    return type.getPackageName().equals("dev.vedette")
        && !isGround(type)
        && !type.getSimpleName().equals("package-info")
        && !type.isEquivalentTo(OptionText.class);
  }

  @Test
  void layersAreKept() {
    check(
        layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("top")
            .definedBy(describe("the catalogue and the model files", ArchitectureTest::isTop))
            .layer("ground")
            .definedBy(describe("the ground", ArchitectureTest::isGround))
            .layer("text")
            .definedBy(describe("option text", t -> t.isEquivalentTo(OptionText.class)))
            .layer("row")
            .definedBy("dev.vedette.row")
            .layer("neural")
            .definedBy("dev.vedette.neural")
            .layer("online")
            .definedBy("dev.vedette.online")
            .optionalLayer("series")
            .definedBy("dev.vedette.series")
            .optionalLayer("azure")
            .definedBy("dev.vedette.azure")
            .layer("explain")
            .definedBy("dev.vedette.explain")
            .layer("evaluate")
            .definedBy("dev.vedette.evaluate")
            .layer("threshold")
            .definedBy("dev.vedette.threshold")
            .layer("data")
            .definedBy("dev.vedette.data")
            .layer("math")
            .definedBy("dev.vedette.math")
            .optionalLayer("report")
            .definedBy("dev.vedette.report")
            .layer("onnx")
            .definedBy("dev.vedette.onnx")
            .layer("ensemble")
            .definedBy("dev.vedette.ensemble")
            .layer("auto")
            .definedBy("dev.vedette.auto")
            .layer("labelled")
            .definedBy("dev.vedette.labelled")
            .whereLayer("labelled")
            .mayOnlyBeAccessedByLayers("top")
            .whereLayer("onnx")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("row")
            .mayOnlyBeAccessedByLayers("top", "onnx")
            .whereLayer("neural")
            .mayOnlyBeAccessedByLayers("top", "onnx")
            .whereLayer("online")
            .mayOnlyBeAccessedByLayers("top")
            .whereLayer("series")
            .mayOnlyBeAccessedByLayers("top", "azure")
            .whereLayer("azure")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("ensemble")
            .mayOnlyBeAccessedByLayers("top", "auto", "onnx", "labelled")
            .whereLayer("auto")
            .mayOnlyBeAccessedByLayers("top")
            .whereLayer("explain")
            .mayOnlyBeAccessedByLayers("top", "report")
            .whereLayer("evaluate")
            .mayOnlyBeAccessedByLayers("top", "report")
            .whereLayer("threshold")
            .mayOnlyBeAccessedByLayers("top", "evaluate", "report", "onnx", "ensemble")
            .whereLayer("text")
            .mayOnlyBeAccessedByLayers("top", "ground", "threshold", "ensemble", "auto", "series")
            .whereLayer("top")
            .mayOnlyBeAccessedByLayers("report", "onnx", "ensemble", "auto", "series", "azure"));
  }

  private static DescribedPredicate<JavaClass> describe(String what, Predicate<JavaClass> test) {
    return DescribedPredicate.describe(what, type -> test.test(outermost(type)));
  }

  private static JavaClass outermost(JavaClass type) {
    return type.getEnclosingClass().map(ArchitectureTest::outermost).orElse(type);
  }

  @Test
  void theArithmeticKnowsMatricesOnly() {
    check(
        classes()
            .that()
            .resideInAPackage("dev.vedette.math")
            .should()
            .onlyDependOnClassesThat(
                describe(
                    "are Matrix, Require, DataException, of math or from outside",
                    type ->
                        !type.getPackageName().startsWith("dev.vedette")
                            || type.getPackageName().equals("dev.vedette.math")
                            || List.of("Matrix", "Require", "DataException")
                                .contains(type.getSimpleName()))));
  }

  @Test
  void theDataKnowsNoModels() {
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.vedette.data")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(
                Detector.class, Model.class, RowDetector.class, RowModel.class, Attribution.class));
  }

  @Test
  void thresholdsAndMetricsSeeOnlyScores() {
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.vedette.threshold")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(Detector.class, Model.class, RowModel.class, RowDetector.class));
  }

  @Test
  void nobodyBelowTheCatalogueSeesAConcreteDetector() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(
                "dev.vedette.threshold..",
                "dev.vedette.evaluate..",
                "dev.vedette.explain..",
                "dev.vedette.report..",
                "dev.vedette.data..",
                "dev.vedette.math..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.vedette.row", "dev.vedette.online"));
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.vedette")
            .and(describe("are not the catalogue", t -> !t.isEquivalentTo(Detectors.class)))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.vedette.row", "dev.vedette.online"));
  }

  @Test
  void nothingIsSerializedByJava() {
    check(
        noClasses()
            .should()
            .dependOnClassesThat()
            .haveNameMatching("java\\.io\\.(Object(In|Out)putStream|Externalizable).*"));
    check(
        noClasses()
            .that()
            .areNotAssignableTo(Throwable.class)
            .and()
            .areNotEnums()
            .and()
            .areNotAnonymousClasses() // those of enum constants
            .should()
            .implement(Serializable.class));
  }

  @Test
  void nothingIsLoggedOrPrinted() {
    check(
        noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.util.logging..", "org.slf4j..", "java.lang.System$Logger"));
    check(noClasses().should().accessField(System.class, "out"));
    check(noClasses().should().accessField(System.class, "err"));
    check(noClasses().should().callMethod(Throwable.class, "printStackTrace"));
  }

  @Test
  void nothingDependsOnTheMoment() {
    check(noClasses().should().callMethod(Math.class, "random"));
    check(noClasses().should().callConstructor(Random.class));
    check(
        noClasses()
            .that() // the name of a draft, which is gone when the file is whole
            .doNotHaveFullyQualifiedName("dev.vedette.data.Draft")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(ThreadLocalRandom.class, UUID.class));
    check(noClasses().should().callMethod(System.class, "currentTimeMillis"));
    check(noClasses().should().callMethod(System.class, "nanoTime"));
    check(noClasses().should().callMethod(Instant.class, "now"));
    check(
        noClasses()
            .should()
            .callMethodWhere(
                DescribedPredicate.describe(
                    "the clock or the zone of the machine is asked",
                    call ->
                        call.getTargetOwner().getPackageName().equals("java.time")
                            && (call.getName().equals("now")
                                || call.getName().startsWith("system")
                                || call.getName().equals("tick"))
                            && !(call.getOriginOwner().isEquivalentTo(Models.class)
                                && call.getTargetOwner().isEquivalentTo(InstantSource.class)))));
  }

  @Test
  void nothingStartsThreads() {
    check(
        noClasses()
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(Thread.class, ExecutorService.class, Timer.class));
  }

  @Test
  void namesAreNounsOfTheField() {
    check(
        noClasses()
            .should()
            .haveNameMatching(".*(Impl|Util|Utils|Helper|Helpers|Manager)")
            .orShould()
            .haveSimpleNameStartingWith("Abstract"));
  }

  @Test
  void nothingMutableIsStatic() {
    check(fields().that().areStatic().and().doNotHaveName("$VALUES").should().beFinal());
  }

  @Test
  void everyRowDetectorIsInTheCatalogue() {
    List<String> detectors =
        CORE.stream()
            .filter(type -> type.isAssignableTo(RowDetector.class) && !type.isInterface())
            .filter(type -> type.getPackageName().startsWith("dev.vedette."))
            .map(JavaClass::getName)
            .toList();
    assertThat(
            Stream.concat(
                Detectors.standard().entries().stream(),
                Detectors.standard().labelledEntries().stream()))
        .extracting(entry -> entry.defaults().getClass().getName())
        .containsExactlyInAnyOrderElementsOf(detectors);
    assertThat(
            CORE.stream()
                .filter(type -> type.isAssignableTo(RowDetector.class) && !type.isInterface()))
        .allMatch(JavaClass::isRecord);
  }

  @Test
  void everyOnlineDetectorIsInTheCatalogue() {
    assertThat(Detectors.standard().onlineEntries())
        .extracting(entry -> entry.defaults().getClass().getName())
        .containsExactlyInAnyOrderElementsOf(
            CORE.stream()
                .filter(type -> type.isAssignableTo(OnlineDetector.class) && !type.isInterface())
                .map(JavaClass::getName)
                .toList());
    assertThat(
            CORE.stream()
                .filter(type -> type.isAssignableTo(OnlineState.class) && !type.isInterface()))
        .isNotEmpty()
        .allMatch(JavaClass::isRecord);
  }

  @Test
  void everyModelIsARecord() {
    assertThat(
            CORE.stream().filter(type -> type.isAssignableTo(Model.class) && !type.isInterface()))
        .isNotEmpty()
        .allMatch(JavaClass::isRecord);
  }

  @Test
  void everyPackageIsNullMarked() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      List<Path> packages =
          files
              .filter(f -> f.toString().endsWith(".java"))
              .map(Path::getParent)
              .distinct()
              .toList();
      for (Path folder : packages) {
        assertThat(folder.resolve("package-info.java")).content().contains("@NullMarked");
      }
    }
  }

  @Test
  void filesAreShort() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        try (Stream<String> lines = Files.lines(file)) {
          assertThat(lines.count()).as("lines of %s", file).isLessThanOrEqualTo(500);
        }
      }
    }
  }
}
